"""One sentence for every problem code, in English and Indonesian, and the validators."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.core.exceptions import ValidationError
from django.utils import translation

from registry import validators
from registry.identifiers import (
    Problem,
    parse_halal,
    parse_nib,
    parse_npwp,
    parse_phone,
)
from registry.messages import (
    ERRORS,
    FORM_ONLY,
    MESSAGES,
    QUESTIONS,
    REFUSALS,
    WARNINGS,
    level_of,
    message_for,
)

ROOT = Path(__file__).resolve().parents[2]
CATALOGUES = ("registry/messages.id.tmp.po", "locale/id/LC_MESSAGES/django.po")
PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def words(text: str) -> set[str]:
    return set(text.split())


CONTRACT_ERRORS = words(
    "name_missing nib_length number_precision_lost regency_missing region_outside "
    "number_unparseable money_unparseable duplicate_nib_in_file out_of_scope"
)
CONTRACT_WARNINGS = words(
    "nib_leading_zero_lost nib_placeholder npwp_damaged npwp_is_identity kbli_unknown "
    "kbli_not_industry region_ambiguous region_unknown village_not_in_district phone_invalid "
    "phone_damaged phone_multiple email_invalid money_implausible unit_unknown date_unparseable "
    "date_future coordinates_swapped coordinates_outside pirt_invalid halal_invalid name_generic "
    "possible_duplicate duplicate_in_file older_data"
)
CONTRACT_REFUSALS = words(
    "not_a_spreadsheet empty no_header not_firm_rows too_large encrypted unreadable"
)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def indonesian() -> dict[str, str]:
    """The translations of the catalogues that are there, by msgid."""
    found: dict[str, str] = {}
    for name in CATALOGUES:
        path = ROOT / name
        if path.exists():
            catalogue = read_po(io.BytesIO(path.read_bytes()))
            found |= {m.id: m.string for m in catalogue if isinstance(m.id, str) and m.string}
    return found


# Sheets that make no firms say more than the contract, which is about firms.
OTHER_KINDS = {"firm_unknown", "certificate_kind_unknown"}
# Said only of a firm on record, beside which the contract leaves open what a total does.
ON_RECORD = {"workers_split_stays"}


def test_codes_of_the_intake_have_a_sentence_and_a_level() -> None:
    assert ERRORS - OTHER_KINDS == CONTRACT_ERRORS
    assert WARNINGS - FORM_ONLY - ON_RECORD == CONTRACT_WARNINGS
    assert words("money_unit_undeclared") == QUESTIONS
    assert REFUSALS == CONTRACT_REFUSALS


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("nib_length", "error"),
        ("nib_placeholder", "warning"),
        ("money_unit_undeclared", "error"),
        ("encrypted", "error"),
    ],
)
def test_level_is_warning_where_the_row_is_saved(code: str, level: str) -> None:
    assert level_of(code) == level


@pytest.mark.parametrize("code", ["", "unheard_of", "halal_is_decree"])
def test_level_of_an_unknown_code_is_refused(code: str) -> None:
    with pytest.raises(KeyError):
        level_of(code)


@pytest.mark.parametrize("code", MESSAGES)
def test_sentence_says_what_is_wrong_and_what_to_do(code: str) -> None:
    sentence = message_for(Problem(code))
    assert sentence.endswith(".")
    assert len(re.findall(r"[.;,] ", sentence)) >= 1
    assert "!" not in sentence
    assert "%" not in sentence


@pytest.mark.parametrize("code", MESSAGES)
def test_sentence_has_an_indonesian_translation(code: str) -> None:
    english = str(MESSAGES[code])
    translated = indonesian().get(english, "")
    assert translated.endswith(".")
    assert "!" not in translated
    assert set(PLACEHOLDER.findall(translated)) == set(PLACEHOLDER.findall(english))


def test_sentence_of_a_short_nib() -> None:
    problem = parse_nib("140200089").problem
    assert problem is not None
    assert message_for(problem) == (
        "NIB must have 13 digits; 140200089 has 9. Copy the number from the NIB document."
    )


def test_sentence_of_a_halal_decree_is_its_own() -> None:
    problem = parse_halal("KH 00120098761220").problem
    assert problem is not None
    assert "not a certificate" in message_for(problem)


def test_sentence_of_several_numbers_names_them() -> None:
    problem = parse_phone("081600002992/081100001261").problem
    assert problem is not None
    assert "+6281600002992" in message_for(problem)
    assert "+6281100001261" in message_for(problem)


def test_sentence_with_a_percent_sign_in_the_value_is_whole() -> None:
    assert message_for(Problem("number_unparseable", {"value": "25%(x)s %"})).startswith(
        "25%(x)s % cannot"
    )


@pytest.mark.parametrize("parse", [parse_nib, parse_npwp, parse_phone, parse_halal])
def test_sentence_never_shows_an_identity_number(parse: Callable) -> None:
    problem = parse("3209 00 000000 1790").problem
    assert problem is not None
    assert "3209" not in message_for(problem)
    assert "1790" not in message_for(problem)


# Validators

CANONICAL = [
    (validators.validate_nib, "0220001234567"),
    (validators.validate_npwp, "010009812426000"),
    (validators.validate_npwp, "0010009812426000"),
    (validators.validate_kbli_code, "13134"),
    (validators.validate_phone, "+6281234567890"),
    (validators.validate_email, "abah@contoh.id"),
    (validators.validate_website, "https://www.contoh.id"),
    (validators.validate_pirt, "2093209011419-28"),
    (validators.validate_halal, "ID32090000047960240"),
    (validators.validate_bpom_md, "MD235602169254"),
    (validators.validate_sni, "SNI 8152:2015"),
    (validators.validate_brand_number, "IDM000360895"),
]


@pytest.mark.parametrize(("validate", "value"), CANONICAL)
def test_validator_lets_the_canonical_form_pass(validate: Callable, value: str) -> None:
    validate(value)


@pytest.mark.parametrize(("validate", "value"), CANONICAL)
def test_validator_refuses_another_spelling(validate: Callable, value: str) -> None:
    with pytest.raises(ValidationError) as refused:
        validate(f" {value}")
    assert refused.value.code == "not_canonical"


@pytest.mark.parametrize(
    ("validate", "value", "code"),
    [
        (validators.validate_nib, "123", "nib_placeholder"),
        (validators.validate_nib, "912000071464", "nib_length"),
        (validators.validate_nib, "-", "value_missing"),
        (validators.validate_npwp, "0100098", "npwp_damaged"),
        (validators.validate_kbli_code, "1313", "kbli_unknown"),
        (validators.validate_phone, "08123", "phone_invalid"),
        (validators.validate_pirt, "proses", "pirt_invalid"),
        (validators.validate_halal, "KH 0012", "halal_invalid"),
        (validators.validate_website, "belum ada", "website_invalid"),
    ],
)
def test_validator_names_the_problem(validate: Callable, value: str, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        validate(value)
    assert refused.value.code == code
    assert refused.value.messages[0].endswith(".")


@pytest.mark.parametrize("value", ["3209000000001790", "3209 0000 0000 1790"])
def test_validator_of_npwp_never_repeats_a_persons_number(value: str) -> None:
    with pytest.raises(ValidationError) as refused:
        validators.validate_npwp(value)
    assert refused.value.code == "npwp_is_identity"
    assert "3209" not in repr(refused.value) + str(refused.value.params)


def test_validator_of_npwp_never_repeats_the_number() -> None:
    with pytest.raises(ValidationError) as refused:
        validators.validate_npwp("01.000.981.2-426.000")
    assert "981" not in repr(refused.value)
