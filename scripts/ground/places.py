"""Where things lie, and the environment that the started programs get.

Rule: everything a command makes lies under `VAR_DIR` or `.venv`; the socket of the database is the
one exception, because its path must be short.
"""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"


def var_dir() -> Path:
    """The folder of this copy's data, made when missing."""
    path = Path(os.path.abspath(os.environ.get("VAR_DIR") or ROOT / "var"))
    path.mkdir(parents=True, exist_ok=True)
    return path


def log_file(name: str) -> Path:
    """The log called `name`; one that grew past 10 MB is set aside first."""
    path = var_dir() / "log" / f"{name}.log"
    path.parent.mkdir(exist_ok=True)
    if path.exists() and path.stat().st_size > 10_000_000:
        path.replace(path.with_suffix(".log.1"))
    return path


def _home() -> str:
    """A home that can be written; one of our own where the user has none."""
    home = os.environ.get("HOME", "")
    if home and os.path.isdir(home) and os.access(home, os.W_OK):
        return home
    own = var_dir() / "home"
    own.mkdir(exist_ok=True)
    return str(own)


def child_environment(**extra: str) -> dict[str, str]:
    """The environment of started programs: the caller's own, settled where it is silent."""
    environment = {
        name: value
        for name, value in os.environ.items()
        # A virtual environment or an import path of the caller must not reach into ours.
        if name not in {"PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__"}
    }
    return (
        environment
        | {"HOME": _home(), "VAR_DIR": str(var_dir()), "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"}
        | ({} if environment.get("APP_MODE") else {"APP_MODE": "local"})
        | extra
    )
