"""Whether the process lives, and whether it can serve: database, migrations, worker."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from django.core.cache import caches
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def live(request: HttpRequest) -> JsonResponse:
    """The process answers. Asks nothing of others, so that a slow database restarts no web."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """Each thing the site needs, with "ok" or what is wrong; 503 when any is missing."""
    checks = {name: _ask(check) for name, check in CHECKS.items()}
    healthy = all(answer == "ok" for answer in checks.values())
    return JsonResponse(
        {"status": "ok" if healthy else "unavailable", **checks}, status=200 if healthy else 503
    )


def _ask(check: Callable[[], str]) -> str:
    try:
        return check()
    except Exception as error:  # whatever it is, the answer is "not ready"
        return f"error: {type(error).__name__}"


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


@lru_cache(maxsize=1)
def _expected_migrations() -> frozenset[tuple[str, str]]:
    from django.db.migrations.loader import MigrationLoader

    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations or ())


def _migrations() -> str:
    from django.db.migrations.recorder import MigrationRecorder

    applied = set(MigrationRecorder(connection).applied_migrations())
    missing = _expected_migrations() - applied
    return "ok" if not missing else f"missing: {len(missing)}"


def _worker() -> str:
    from django_q.status import Stat

    if caches["workers"] and any(Stat.get_all()):
        return "ok"
    return "no worker has given a sign of life"


CHECKS: dict[str, Callable[[], str]] = {
    "database": _database,
    "migrations": _migrations,
    "worker": _worker,
}
