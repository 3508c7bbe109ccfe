"""What a file is, looked at from outside, before a spreadsheet reader may unpack it.

The rule: a file that is something else is refused with a sentence that says what it is; one that
would fill the memory is refused before it does.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from registry.intake.columns import column_index

# A sheet with one stray cell at its far end would otherwise fill the memory.
MAX_CELLS = 20_000_000
MAX_UNPACKED = 600 * 1024 * 1024
_PIECE = 1 << 20
# No reference to a cell is longer; pieces overlap by as much.
_OVERLAP = 256
_CELL_REF = re.compile(rb'<(?:\w+:)?c r="([A-Z]{1,3})(\d{1,7})"[^>]*[^/]>')
# Beyond column Z or row 199,999; a sheet without such a cell is small enough.
_FAR_CELL = re.compile(rb'<(?:\w+:)?c r="(?:[A-Z]{2}|[A-Z](?:[2-9]\d{5}|\d{7}))')
# In a sheet of OpenDocument: a run of rows, and what says that a cell holds something.
_ROW_RUN = re.compile(
    rb'number-rows-repeated="(\d{4,})"[^>]*[^/]>(.*?)</table:table-row>', re.DOTALL
)
_CELL_RUN = re.compile(rb"<table:(?:covered-)?table-cell ([^>]*)>")
_COLUMNS = re.compile(rb'number-columns-repeated="(\d+)"')
_VALUE = b"office:value-type"
_WIDEST = 2000


class Refused(Exception):
    """The file cannot be taken in; `code` is the contract's."""

    def __init__(self, code: str, *, variant: str | None = None, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
        self.variant = variant

    @property
    def message_code(self) -> str:
        """The key of the sentence for people."""
        return self.variant or self.code


_OTHERS = (("word", "is_document"), ("ppt", "is_presentation"))
_OTHER_TYPES = ((b".text", "is_document"), (b".presentation", "is_presentation"))


def check_archive(content: bytes) -> None:
    """Refuse archives that are no workbook, are locked, or would unpack without end."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = archive.infolist()
            names = {info.filename for info in infos}
            if any(info.flag_bits & 1 for info in infos):
                raise Refused("encrypted")
            if sum(info.file_size for info in infos) > MAX_UNPACKED:
                raise Refused("too_large", limit="600 MB")
            if "mimetype" in names:
                _check_open_document(archive, names)
            elif not any(name.startswith("xl/workbook") for name in names):
                raise Refused("not_a_spreadsheet", variant=_other(names))
            for name in names:
                if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name):
                    _check_area(archive, name)
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        OSError,
        EOFError,
        ValueError,
    ) as error:
        raise Refused("unreadable") from error


def _other(names: set[str]) -> str:
    """What an archive is that is no workbook."""
    folders = {name.partition("/")[0] for name in names}
    return next((variant for folder, variant in _OTHERS if folder in folders), "is_archive")


def check_compound(content: bytes) -> None:
    """An old binary workbook; a locked new one and old text documents look alike outside."""

    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if has("EncryptedPackage"):
        raise Refused("encrypted")
    if not (has("Workbook") or has("Book")):
        raise Refused("not_a_spreadsheet", variant="is_document" if has("WordDocument") else None)


def _check_open_document(archive: zipfile.ZipFile, names: set[str]) -> None:
    kind = archive.read("mimetype")
    if b"opendocument.spreadsheet" not in kind:
        other = next((variant for word, variant in _OTHER_TYPES if word in kind), "is_archive")
        raise Refused("not_a_spreadsheet", variant=other)
    if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read(
        "META-INF/manifest.xml"
    ):
        raise Refused("encrypted")
    if "content.xml" in names:
        xml = archive.read("content.xml")
        for run in _ROW_RUN.finditer(xml):
            if _VALUE in run[2] and int(run[1]) * _filled_width(run[2]) > MAX_CELLS // 10:
                raise Refused("too_large", variant="too_many_rows", limit="100.000")
        if _filled_width(xml) > _WIDEST:
            raise Refused("too_large", variant="too_many_rows", limit="100.000")


def _filled_width(xml: bytes) -> int:
    """The longest run of columns with one value."""
    runs = (cell[1] for cell in _CELL_RUN.finditer(xml) if _VALUE in cell[1])
    return max((int(found[1]) for run in runs if (found := _COLUMNS.search(run))), default=1)


def _check_area(archive: zipfile.ZipFile, name: str) -> None:
    if not any(_FAR_CELL.search(piece) for piece in _pieces(archive, name)):
        return
    height = 0
    widths: dict[bytes, int] = {}
    for piece in _pieces(archive, name):
        for found in _CELL_REF.finditer(piece):
            letters = found[1]
            if letters not in widths:
                widths[letters] = column_index(letters.decode()) + 1
            height = max(height, int(found[2]))
    width = max(widths.values(), default=0)
    if width * height > MAX_CELLS:
        raise Refused("too_large", variant="too_many_rows", limit="100.000")


def _pieces(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """The unpacked text in pieces that overlap a little, never the whole of it."""
    with archive.open(name) as file:
        before = b""
        while piece := file.read(_PIECE):
            yield before + piece
            before = piece[-_OVERLAP:]
