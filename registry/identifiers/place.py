"""Where a firm stands on the map: coordinates in WGS84, as decimals or degrees and minutes.

The rule: a place is kept only inside the box of the regions. Latitude and longitude in each
other's column are put right and reported; nothing else is mended without a person.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from .cells import Cell, Parsed, Problem, read, shown
from .certificates import plain

_SOUTH_WEST = {"S", "W", "LS", "BB"}
_HEMISPHERE = r"(?:LU|LS|BT|BB|[NSEW])"
_ANGLE = re.compile(
    rf"\s*(?:(?P<before>{_HEMISPHERE})[\s.:]*)?(?P<sign>[-\u2010-\u2015\u2212+])?\s*"
    r"(?P<degrees>\d{1,3}(?:[.,]\d{1,20})?)\s*(?:[°D]\s*)?"
    r"(?:(?P<minutes>\d{1,2}(?:[.,]\d{1,20})?)\s*'\s*)?"
    r"(?:(?P<seconds>\d{1,2}(?:[.,]\d{1,20})?)\s*(?:\"|'')\s*)?"
    rf"(?P<after>{_HEMISPHERE})?"
)
_FULL_TURN = 360
# "Lat: -6.7, Long: 108.5": the words say nothing that the order does not.
_LABEL = re.compile(
    r"\b(?:lat|latitude|long?|lng|longitude|lintang|bujur|koordinat)\b[\s.:=]*(?=[-\w])",
    re.IGNORECASE,
)
# One cell with both: parted by a semicolon, a slash, a comma with a space, a comma between two
# numbers with decimal points, or a space.
_PAIRS = (
    re.compile(r"\s*[;/|]\s*|,\s+"),
    re.compile(r"(?<=\.\d)(?<!,),(?=[-+]?\d+\.)|(?<=\d{3}),(?=[-+]?\d+\.\d)"),
    re.compile(r"\s+"),
)


@dataclass(frozen=True, slots=True)
class Box:
    """The smallest and largest latitude and longitude, in degrees, both ends included."""

    south: Decimal
    north: Decimal
    west: Decimal
    east: Decimal

    def holds(self, latitude: Decimal, longitude: Decimal) -> bool:
        """True if the point lies in the box or on its edge."""
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east


@dataclass(frozen=True, slots=True)
class Coordinates:
    """A point in WGS84; ``str`` of either number is plain decimal text, six decimals at most."""

    latitude: Decimal
    longitude: Decimal


# Kuningan, Cirebon, Majalengka, Indramayu and Kota Cirebon with a margin.
FIVE_REGENCIES = Box(Decimal("-7.25"), Decimal("-6.15"), Decimal("107.75"), Decimal("108.90"))


def parse_coordinates(
    latitude: object, longitude: object = None, *, box: Box = FIVE_REGENCIES
) -> Parsed[Coordinates]:
    """Two cells, or one cell with both numbers, as a point inside the box.

    Problems: ``coordinates_swapped`` with the mended point; ``coordinates_outside`` without one,
    in the variants ``coordinates_incomplete`` (one of the two is missing) and
    ``coordinates_unreadable``. A latitude whose minus is missing is proposed with it.
    """
    if isinstance(latitude, float) and isinstance(longitude, float):
        lat, lon = _degrees(latitude), _degrees(longitude)
        if lat is not None and lon is not None:
            return _placed(lat, lon, box)
    first, second = _unlabelled(read(latitude)), _unlabelled(read(longitude))
    if second.blank:
        first, second = _split(first)
    if first.blank and second.blank:
        return Parsed()
    lat, lon = _angle(first), _angle(second)
    if lat is not None and lon is not None:
        return _placed(lat, lon, box)
    params = {"latitude": shown(first)["value"], "longitude": shown(second)["value"]}
    missing = first.blank or second.blank
    variant = "coordinates_incomplete" if missing else "coordinates_unreadable"
    return Parsed(problem=Problem("coordinates_outside", params, variant))


def _unlabelled(cell: Cell) -> Cell:
    if cell.number or not cell.text[:1].isalpha():
        return cell
    return Cell(_LABEL.sub("", cell.text))


def _placed(lat: Decimal, lon: Decimal, box: Box) -> Parsed[Coordinates]:
    if box.holds(lat, lon):
        return Parsed(Coordinates(lat, lon))
    params = {"latitude": str(lat), "longitude": str(lon)}
    if box.holds(lon, lat):
        return Parsed(Coordinates(lon, lat), Problem("coordinates_swapped", params))
    return Parsed(
        problem=Problem("coordinates_outside", params),
        proposal=f"{-lat}, {lon}" if box.holds(-lat, lon) else None,
    )


def _split(cell: Cell) -> tuple[Cell, Cell]:
    """Both numbers of one cell, or the cell and nothing."""
    for separator in _PAIRS:
        parts = separator.split(cell.text)
        if len(parts) == 2 and all(_angle(Cell(part)) is not None for part in parts):
            return Cell(parts[0]), Cell(parts[1])
    return cell, Cell("")


def _degrees(number: float) -> Decimal | None:
    """Decimal degrees of a number cell, or None where the number is no angle."""
    return plain(round(Decimal(str(number)), 6)) if abs(number) < _FULL_TURN else None


def _angle(cell: Cell) -> Decimal | None:
    """Signed degrees rounded to six decimals (a tenth of a metre), or None."""
    found = None if cell.lossy else _ANGLE.fullmatch(cell.text.upper())
    if not found or (found["before"] and found["after"]):
        return None
    degrees, minutes, seconds = (
        Decimal((found[part] or "0").replace(",", "."))
        for part in ("degrees", "minutes", "seconds")
    )
    broken = found["minutes"] and degrees != degrees.to_integral_value()
    if broken or minutes >= 60 or seconds >= 60 or (seconds and not found["minutes"]):
        return None
    angle = degrees + minutes / 60 + seconds / 3600
    hemisphere = found["before"] or found["after"]
    negative = found["sign"] not in (None, "+") or hemisphere in _SOUTH_WEST
    return plain(round(-angle if negative else angle, 6))
