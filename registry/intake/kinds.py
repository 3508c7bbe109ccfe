"""The kinds of rows that a sheet can hold: each is a table of fields, and no code of its own.

The rule: only rows of firms make firms. Every other kind tells of a firm that the register knows,
by its NIB or by a confirmed match of its name and place; a row without either is `firm_unknown`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from registry.intake import changes
from registry.intake.fields import BY_NAME, FIELDS, FIRM_CODE, Field, Kind


@dataclass(frozen=True, slots=True, eq=False)
class RowKind:
    """A kind of rows. `own` are the fields without which a sheet is not of this kind."""

    name: str
    fields: tuple[Field, ...]
    own: frozenset[str]
    makes_firms: bool = False
    by_name: Mapping[str, Field] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {entry.name: entry for entry in self.fields})


def _of_firms(*names: str) -> tuple[Field, ...]:
    return tuple(BY_NAME[name] for name in names)


# By what a row of another kind finds its firm.
KEY = _of_firms("nib", "name", "owner_name", "regency_code", "district_code", "village_code")
_NUMBERS, _FIGURES = tuple(changes.CERTIFICATES), changes.FIGURES
_SIINAS = ("siinas_status", "siinas_registered_on")

FIRMS = RowKind("firms", (*FIELDS, FIRM_CODE), frozenset({"name"}), makes_firms=True)
CERTIFICATES = RowKind(
    "certificates",
    (
        *KEY,
        Field("certificate_kind", Kind.CERTIFICATE, "Jenis Sertifikat", "Misalnya Halal."),
        Field("certificate_number", Kind.NUMBER, "Nomor Sertifikat", "Seperti di sertifikat.",
              longest=60, identifier=True),
        Field("issued_on", Kind.DATE, "Tanggal Terbit", "Contoh: 02/03/2021.", identifier=True),
        Field("valid_until", Kind.DATE, "Berlaku Sampai", "Contoh: 02/03/2026.", identifier=True,
              future=True),
        Field("certificate_status", Kind.CERTIFICATE_STATUS, "Status Sertifikat",
              "Terbit, proses, dikembalikan, atau dicabut."),
        *_of_firms("tkdn_percent", *_NUMBERS, "product", "brand", "notes"),
    ),
    frozenset({"certificate_number", "certificate_kind", *_NUMBERS}),
)  # fmt: skip
FIGURES = RowKind("figures", (*KEY, *_of_firms("data_year", *_FIGURES, "notes")),
                  frozenset(_FIGURES))  # fmt: skip
SIINAS = RowKind(
    "siinas",
    (
        *KEY,
        *_of_firms("legal_form", "address", "npwp", "kbli", "phone", "email", "website",
                   *_SIINAS, "notes"),
    ),
    frozenset(_SIINAS),
)  # fmt: skip
KINDS = {kind.name: kind for kind in (FIRMS, CERTIFICATES, FIGURES, SIINAS)}
