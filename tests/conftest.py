"""What many tests need: reference data loaded once, people of each role, a browser."""

from __future__ import annotations

import os
from typing import Any

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Compile the texts of the screen once, before any worker starts; no test watches a clock."""
    from hypothesis import settings

    settings.register_profile("unhurried", deadline=None)
    settings.load_profile("unhurried")
    if not hasattr(config, "workerinput"):
        from ciayumajakuning.messages import compile_all

        compile_all()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip browser tests where there is no browser, and say so."""
    if os.environ.get("CHROMIUM"):
        return
    skip = pytest.mark.skip(reason="no Chromium here (CHROMIUM is not set)")
    for item in items:
        if "browser" in item.keywords:
            item.add_marker(skip)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Load the reference data once, outside the transaction of any test.

    Rows are numbered from above a thousand, as in a register of real size: a page that writes
    such a number with the separator of its language into an address or a form fails here.
    """
    from django.core.management import call_command

    with django_db_blocker.unblock():
        _number_from(12_001)
        call_command("load_reference", verbosity=0)


def _number_from(first: int) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "select setval(format('%%I.%%I', schemaname, sequencename)::regclass, %s)"
            " from pg_sequences where schemaname = 'public' and coalesce(last_value, 0) < %s",
            [first, first],
        )


@pytest.fixture
def reference_data(db: None) -> None:
    """The reference data, also after a test that emptied every table."""
    from django.core.management import call_command

    from registry.models import Regency

    if not Regency.objects.exists():
        call_command("load_reference", verbosity=0)


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """Numbers that pages keep for a minute are of one test only."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture(autouse=True)
def _indonesian() -> None:
    """What an earlier test read in English leaves nothing behind."""
    from django.conf import settings
    from django.utils import translation

    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def people(reference_data: None) -> dict[str, Any]:
    """One account of each role and reach, by name."""
    from accounts.models import User
    from accounts.rules import Role

    def make(name: str, role: Role, regency: str | None, *, active: bool = True) -> User:
        user = User.objects.create_user(
            f"{name}@contoh.id",
            "kata-sandi-uji",
            name=name,
            role=role.value,
            regency_id=regency,
            all_regencies=regency is None,
        )
        if not active:
            user.is_active = False
            user.save()
        return user

    return {
        "province": make("province", Role.PROVINCE_ADMIN, None),
        "cirebon_staff": make("cirebon_staff", Role.REGENCY_STAFF, "32.09"),
        "kuningan_staff": make("kuningan_staff", Role.REGENCY_STAFF, "32.08"),
        "official_all": make("official_all", Role.OFFICIAL, None),
        "official_kuningan": make("official_kuningan", Role.OFFICIAL, "32.08"),
        "left": make("left", Role.REGENCY_STAFF, "32.09", active=False),
    }
