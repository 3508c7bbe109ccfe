"""Validators of model and form fields: only the canonical form of a number passes.

The rule: what a field keeps is what the parser of :mod:`registry.identifiers` would make of it.
Forms normalise first and validate then. No error of an NPWP repeats the number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .identifiers import (
    Parsed,
    parse_bpom_md,
    parse_brand_number,
    parse_email,
    parse_halal,
    parse_kbli,
    parse_nib,
    parse_npwp,
    parse_phone,
    parse_pirt,
    parse_sni,
    parse_website,
)
from .messages import MESSAGES, Filled
from .passwords import tells_a_password

# Stands at every field in which somebody might write one.
NO_PASSWORD = gettext_lazy("Passwords of SIINas are never kept here.")


def no_password(value: str) -> None:
    """A note without a password: the owner keeps it, the office does not need it."""
    if tells_a_password(value):
        raise ValidationError(
            _(
                "This seems to hold a password, after “password”, “kata sandi”, “sandi” or “pw”. "
                "Passwords of SIINas are never kept: take it out, the owner keeps it."
            ),
            code="password",
        )


def validate_nib(value: str) -> None:
    """13 digits (PP 5/2021)."""
    _check(value, parse_nib)


def validate_npwp(value: str) -> None:
    """15 digits, or 16 beginning with 0 (PMK 112/PMK.03/2022); never the number of a person."""
    _check(value, parse_npwp, secret=True)


def validate_kbli_code(value: str) -> None:
    """5 digits; whether the edition has the code, its table says."""
    _check(value, parse_kbli)


def validate_phone(value: str) -> None:
    """E.164 of Indonesia: ``+62`` and 8 to 13 digits."""
    _check(value, parse_phone)


def validate_email(value: str) -> None:
    """One e-mail address in lower case."""
    _check(value, parse_email)


def validate_website(value: str) -> None:
    """An http or https address with its scheme."""
    _check(value, parse_website)


def validate_pirt(value: str) -> None:
    """13 digits, a hyphen, 2 digits (Peraturan BPOM 22/2018)."""
    _check(value, parse_pirt)


def validate_halal(value: str) -> None:
    """``ID`` and 17 digits (BPJPH)."""
    _check(value, parse_halal)


def validate_bpom_md(value: str) -> None:
    """``MD`` and 12 digits."""
    _check(value, parse_bpom_md)


def validate_sni(value: str) -> None:
    """``SNI``, number and year."""
    _check(value, parse_sni)


def validate_brand_number(value: str) -> None:
    """A registration or application number of DJKI."""
    _check(value, parse_brand_number)


def _check(value: str, parse: Callable[[object], Parsed[str]], *, secret: bool = False) -> None:
    parsed = parse(value)
    if parsed.problem:
        raise _error(parsed.problem.code, parsed.problem.message_code, parsed.problem.params)
    if parsed.value is None:
        raise _error("value_missing", "value_missing", {})
    if parsed.value != value:
        message = "not_canonical_number" if secret else "not_canonical"
        params = {} if secret else {"value": value, "proposal": parsed.value}
        raise _error("not_canonical", message, params)


def _error(code: str, message: str, params: Mapping[str, str]) -> ValidationError:
    return ValidationError(MESSAGES[message], code=code, params=Filled(params))
