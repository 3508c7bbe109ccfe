"""Numbers and addresses by which a firm is known: read as people write them, kept in one form.

The rule of this package: every ``parse_…`` takes any cell of a spreadsheet, never raises, and
answers with a :class:`Parsed`. A number is padded or mended only where nothing can be meant
otherwise; in every other case the value is None and the likely value is a proposal for a person.
Identity numbers of people never leave these functions, neither as a value nor in a message.
"""

from __future__ import annotations

from .cells import Parsed, Problem, hide_identity
from .certificates import (
    Pirt,
    decode_pirt,
    parse_bpom_md,
    parse_brand_number,
    parse_halal,
    parse_pirt,
    parse_sni,
    parse_tkdn_percent,
)
from .contact import parse_email, parse_phone, parse_website
from .identity import holds_identity
from .place import FIVE_REGENCIES, Box, Coordinates, parse_coordinates
from .registration import (
    INDUSTRY_DIVISIONS,
    format_npwp,
    is_industry,
    parse_kbli,
    parse_nib,
    parse_npwp,
)

__all__ = [
    "FIVE_REGENCIES",
    "INDUSTRY_DIVISIONS",
    "Box",
    "Coordinates",
    "Parsed",
    "Pirt",
    "Problem",
    "decode_pirt",
    "format_npwp",
    "hide_identity",
    "holds_identity",
    "is_industry",
    "parse_bpom_md",
    "parse_brand_number",
    "parse_coordinates",
    "parse_email",
    "parse_halal",
    "parse_kbli",
    "parse_nib",
    "parse_npwp",
    "parse_phone",
    "parse_pirt",
    "parse_sni",
    "parse_tkdn_percent",
    "parse_website",
]
