"""Names of countries in the reader's language, from the Unicode CLDR that Babel carries."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale
from django.utils.translation import get_language

HOME = "ID"
# Codes of CLDR that are no country: unions, the world, tests.
_NO_COUNTRY = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})


def country_name(code: str) -> str:
    """The name of a country; the code itself for one that nobody knows."""
    return _names(_language()).get(code, code)


def country_choices() -> list[tuple[str, str]]:
    """All countries by name, our own first."""
    names = _names(_language())
    others = sorted((name, code) for code, name in names.items() if code != HOME)
    return [(HOME, names[HOME]), *((code, name) for name, code in others)]


def _language() -> str:
    return (get_language() or "id")[:2]


@lru_cache(maxsize=4)
def _names(language: str) -> dict[str, str]:
    return {
        code: name
        for code, name in Locale(language).territories.items()
        if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRY
    }
