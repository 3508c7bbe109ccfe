"""Planning stops the search for rings of objects, and always gives it back."""

from __future__ import annotations

import gc

import pytest

from registry.intake.pace import without_collecting


@pytest.mark.parametrize("was_on", [True, False])
def test_search_is_off_meanwhile_and_afterwards_as_before(was_on: bool) -> None:
    before = gc.isenabled()
    try:
        (gc.enable if was_on else gc.disable)()
        with without_collecting():
            assert not gc.isenabled()
        assert gc.isenabled() is was_on
    finally:
        (gc.enable if before else gc.disable)()
