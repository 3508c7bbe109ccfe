"""Everything the environment can set, in one table: name, type, default.

`docs/operasi.md` explains each entry; a test keeps the two lists the same. Nothing else in the
project reads `os.environ` for a setting.
"""

from __future__ import annotations

import os
from pathlib import Path

import environ

ROOT = Path(__file__).resolve().parent.parent

env = environ.Env(
    APP_MODE=(str, "production"),
    SECRET_KEY=(str, ""),
    ALLOWED_HOSTS=(list, []),
    CSRF_TRUSTED_ORIGINS=(list, []),
    TRUST_PROXY=(bool, False),
    HSTS_SECONDS=(int, 31_536_000),
    DATABASE_URL=(str, ""),
    TEST_DATABASE_URL=(str, ""),
    CACHE_URL=(str, ""),
    EMAIL_URL=(str, ""),
    MAIL_FROM=(str, ""),
    CONTACT_EMAIL=(str, ""),
    INQUIRY_KEEP_MONTHS=(int, 12),
    LOG_LEVEL=(str, "INFO"),
    VAR_DIR=(str, str(ROOT / "var")),
    HOST=(str, "127.0.0.1"),
    PORT=(int, 8000),
    WEB_WORKERS=(int, 2),
    TASK_WORKERS=(int, 1),
    SAMPLE_PASSWORD=(str, ""),
)

MODES = ("production", "local", "test")


class SettingMissing(SystemExit):
    """Stops the start with one sentence instead of a traceback."""


def names() -> set[str]:
    """The names of all settings that the environment may carry."""
    return set(env.scheme)


def app_mode() -> str:
    """The mode of this process; production unless said otherwise."""
    mode: str = env("APP_MODE")
    if mode not in MODES:
        raise SettingMissing(
            f"APP_MODE adalah '{mode}', padahal harus salah satu dari: {', '.join(MODES)}."
        )
    return mode


def required(name: str, what_for: str) -> str:
    """The value of `name`, or a stop with a sentence that says what it is for."""
    value = os.environ.get(name, "").strip()
    if not value:
        raise SettingMissing(
            f"{name} belum diisi. {what_for} Isi di lingkungan layanan (lihat docs/operasi.md), "
            "lalu jalankan lagi."
        )
    return value


def local_secret_key(var_dir: Path) -> str:
    """A key made once and kept in VAR_DIR, for a machine that serves only itself."""
    from django.core.management.utils import get_random_secret_key

    path = var_dir / "secret_key"
    if not path.exists():
        var_dir.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(get_random_secret_key())
        # A hard link never replaces: of two processes that start together the first one wins.
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()
