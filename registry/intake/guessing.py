"""What a column probably means whose heading is not in the table: by likeness, then by content.

The rule: a guess is made only for a field that no column has, is marked as a guess, and never goes
against a heading that says something else ("Nama Desa Wisata" is no name of a village). A column
of identity numbers is never guessed at: it is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from registry.identifiers import FIVE_REGENCIES, holds_identity, is_industry, parse_coordinates
from registry.identifiers.cells import read
from registry.intake.composed import is_not_the_number
from registry.intake.kinds import RowKind
from registry.intake.meanings import Meaning, candidates, known_headings, set_field
from registry.intake.official import Reference
from registry.intake.reading import Cell, Row
from registry.intake.table import Column, Part, Sureness, fold
from registry.intake.texts import is_blank, text_of

# How many cells of a column are looked at, how many it must have, and how many must agree.
LOOKED_AT = 200
LEAST_CELLS = 3
SHARE = 0.8
# Words shorter than this must be the same letter by letter; longer ones may have one or two errors.
_EXACT_BELOW, _TWO_ERRORS_FROM = 4, 8
# Words that may stand in a heading beside the words that mean a field.
_W = str.split
_FILLERS = frozenset(
    _W(
        "data isi diisi wajib harap lengkap yang dan sesuai ikm umkm ukm aktif terbaru saat ini "
        "contoh kolom jelas singkat bila jika ada opsional bapak ibu tempat"
    )
)
# Headings of these words alone say nothing.
_NEUTRAL = frozenset(
    _W("no nomor nomer kode kolom data column field unnamed id isian lainnya identitas")
)
_SAMPLES = 3


@dataclass(frozen=True, slots=True)
class _Sign:
    """How the content of a column shows its field.

    `words` may stand in its heading; with `anywhere` any heading will do but one of `others`.
    """

    field: str
    shows: Callable[[Cell], bool]
    words: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    anywhere: bool = False
    part: Part | None = None


def _digits(cell: Cell) -> str:
    return re.sub(r"[\s.\-()'/]", "", read(cell).text)


def _phone(cell: Cell) -> bool:
    return re.fullmatch(r"(?:\+?62|0)?8\d{8,11}|0231\d{6}|023[2-4]\d{6}", _digits(cell)) is not None


def _text(*patterns: str) -> Callable[[Cell], bool]:
    pattern = re.compile("|".join(patterns), re.IGNORECASE)
    return lambda cell: isinstance(cell, str) and pattern.fullmatch(cell.strip()) is not None


def _angle(low: object, high: object) -> Callable[[Cell], bool]:
    def shows(cell: Cell) -> bool:
        text = read(cell).text.replace(",", ".")
        if not re.fullmatch(r"-?\d{1,3}\.\d{2,}", text):
            return False
        return float(str(low)) <= float(text) <= float(str(high))

    return shows


def _point(cell: Cell) -> bool:
    return isinstance(cell, str) and parse_coordinates(cell).value is not None


_PHONE = frozenset(_W("hp telp telepon telpon tlp wa whatsapp kontak ponsel seluler contact phone"))
_AREA = FIVE_REGENCIES
_SIGNS = (
    _Sign("email", _text(r"[^@\s]+@[^@\s]+\.[a-z]{2,}"), anywhere=True),
    _Sign("latitude", _point, anywhere=True, part=Part.POINT),
    _Sign("latitude", _angle(_AREA.south, _AREA.north), anywhere=True),
    _Sign("longitude", _angle(_AREA.west, _AREA.east), anywhere=True),
    _Sign("phone", _phone, _PHONE, frozenset(_W("fax faks rekening darurat kurir")), anywhere=True),
    _Sign("nib", lambda cell: re.fullmatch(r"\d{13}", _digits(cell)) is not None,
          frozenset(_W("nib izin ijin induk berusaha oss legalitas perizinan usaha"))),
    _Sign("owner_gender", _text("l|p|lk|pr|laki[ -]?laki|perempuan|pria|wanita"),
          frozenset(_W("kelamin gender jk l p pemilik pengusaha"))),
    _Sign("legal_form", _text(r"p\.?t\.?|c\.?v\.?|u\.?d\.?|p\.?d\.?|p\.?o\.?|kub|firma|koperasi|"
                              r"perorangan|perseorangan|yayasan|pt perorangan"),
          frozenset(_W("badan bentuk usaha hukum status jenis perusahaan"))),
)  # fmt: skip
_NOT_OF_THE_FIRM = frozenset(
    _W("lahir asal tujuan pemasaran ekspor wisata pusat kantor ktp domisili pengusaha pemilik")
)
_LEVELS = {
    "district_code": ("district", frozenset(_W("kec kecamatan wilayah lokasi alamat"))),
    "village_code": ("village", frozenset(_W("desa kel kelurahan ds wilayah lokasi alamat"))),
    "regency_code": ("regency", frozenset(_W("kab kota kabupaten daerah wilayah lokasi alamat"))),
}


@dataclass(slots=True)
class Guesser:
    """Looks at the columns of one table that have no field yet."""

    columns: list[Column]
    rows: Sequence[Row]
    kind: RowKind
    reference: Reference | None = None
    _open: set[str] = field(default_factory=set)

    def run(self) -> None:
        """Drop identity numbers, then guess by likeness, then by content; note samples."""
        self._drop_identity()
        taken = {name for column in self.columns for name in column.fields}
        self._open = set(self.kind.by_name) - taken
        for column in self._unread():
            self._settle(column, self._alike(column.heading))
        for sign in (*_SIGNS, *self._reference_signs()):
            for column in self._unread():
                fields = ("latitude", "longitude") if sign.part else (sign.field,)
                if set(fields) <= self._open and self._shows(column, sign):
                    self._settle(column, Meaning(sign.field, part=sign.part))
        self.columns[:] = [
            column for column in self.columns if column.heading or column.field or column.dropped
        ]
        for column in self.columns:
            if not column.dropped:
                column.samples = self._samples(column)

    def _unread(self) -> list[Column]:
        return [c for c in self.columns if not (c.field or c.dropped or c.sure)]

    def _settle(self, column: Column, meaning: Meaning | None) -> None:
        if meaning is None or meaning.field not in self._open:
            return
        set_field(column, meaning.field, self.kind, Sureness.GUESS)
        column.part = meaning.part
        self._open -= set(column.fields)

    def _drop_identity(self) -> None:
        """Columns of identity numbers, whatever stands above them, or nothing."""
        headed = {column.index for column in self.columns}
        width = max((len(row.cells) for row in self.rows[:LOOKED_AT]), default=0)
        bare = [Column(index, "") for index in range(width) if index not in headed]
        self.columns[:] = sorted([*self.columns, *bare], key=lambda column: column.index)
        for column in self.columns:
            may_hold = column.field is None and not column.dropped
            if may_hold and self._share(column, holds_identity, least=1) >= SHARE:
                column.dropped, column.sure = "identity_number", Sureness.NONE

    def _alike(self, heading: str) -> Meaning | None:
        """The meaning of the heading that differs by typing errors and empty words only."""
        best: tuple[int, Meaning] | None = None
        for candidate in candidates(heading):
            said = candidate.split()
            if not said or len(candidate) < _EXACT_BELOW:
                continue
            for known, meaning in known_headings(self.kind).items():
                if meaning.field in self._open and meaning.part is None:
                    errors = _errors(said, known.split())
                    if errors is not None and (best is None or errors < best[0]):
                        best = (errors, meaning)
        if best is None or is_not_the_number(best[1].field or "", heading):
            return None
        return best[1]

    def _reference_signs(self) -> list[_Sign]:
        if self.reference is None:
            return []
        places = self.reference.places
        codes = {code for known in self.reference.kbli.values() for code in known}

        def is_kbli(cell: Cell) -> bool:
            code = read(cell).text
            return code in codes and is_industry(code)

        signs = [_Sign("kbli", is_kbli, frozenset(_W("kbli klasifikasi lapangan industri usaha")))]
        for name, (level, said) in _LEVELS.items():
            signs.append(_Sign(name, _is_place(places.is_name, level), said, _NOT_OF_THE_FIRM))
        return signs

    def _shows(self, column: Column, sign: _Sign) -> bool:
        said = set(fold(column.heading).split())
        if said & sign.others:
            return False
        fits = sign.anywhere or said <= _NEUTRAL | _FILLERS | sign.words
        return fits and self._share(column, sign.shows) >= SHARE

    def _share(
        self, column: Column, shows: Callable[[Cell], bool], least: int = LEAST_CELLS
    ) -> float:
        cells = self._cells(column)
        return sum(map(shows, cells)) / len(cells) if len(cells) >= least else 0.0

    def _cells(self, column: Column) -> list[Cell]:
        found: list[Cell] = []
        for row in self.rows:
            cell = row.cells[column.index] if column.index < len(row.cells) else None
            if not is_blank(cell):
                found.append(cell)
                if len(found) == LOOKED_AT:
                    break
        return found

    def _samples(self, column: Column) -> list[str]:
        """A few different values; no identity number is among them."""
        texts = dict.fromkeys(filter(None, map(text_of, self._cells(column))))
        return list(texts)[:_SAMPLES]


def _is_place(is_name: Callable[[str, str], bool], level: str) -> Callable[[Cell], bool]:
    return lambda cell: isinstance(cell, str) and is_name(level, cell)


def _errors(said: Sequence[str], known: Sequence[str]) -> int | None:
    """How many typing errors part two headings; None if one says what the other does not."""
    rest = list(said)
    total = 0
    for word in known:
        near = [(_distance(word, other), at) for at, other in enumerate(rest)]
        close = min((pair for pair in near if pair[0] is not None), default=None)
        if close is None or close[0] is None:
            return None
        total += close[0]
        del rest[close[1]]
    return total if all(word in _FILLERS for word in rest) else None


def _distance(word: str, other: str) -> int | None:
    """The typing errors between two words, if they are few enough for their length."""
    if word == other:
        return 0
    if min(len(word), len(other)) < _EXACT_BELOW or word[0] != other[0]:
        return None
    allowed = 2 if min(len(word), len(other)) >= _TWO_ERRORS_FROM else 1
    errors = OSA.distance(word, other, score_cutoff=allowed)
    return errors if errors <= allowed else None
