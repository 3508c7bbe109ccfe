"""The map of one regency, or of the surroundings of a centre: districts, counted circles, names.

Rule: a circle stands at the middle of a village, never at a firm; its area follows the count, but
it is never too small for its number. In public a count of one or two looks like the smallest.
Names that would cover something are left out: the table beside the map has them all.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from dashboards.charts import shapes, tints
from dashboards.charts.labels import Labels
from dashboards.charts.reading import each
from dashboards.charts.shapes import Box, District, Spot
from dashboards.charts.words import SMALL, Form, Number, Said, Table, present

WIDTH = 560
HEIGHTS = (300, 620)
MARGIN = 14.0
LARGEST = 27.0  # the radius of the largest circle
MOST_CIRCLES = 24
DETAILS = (2.5, 3.5, 5.0, 7.0, 9.0, 12.0, 16.0)  # what is smaller on the map is left out
HEAVIEST = 11_500  # characters of a drawing
NARROWEST = 700.0  # a map is at least seven kilometres wide: steps of the grid


@dataclass(frozen=True)
class Point:
    """A counted place, such as a village; latitude and longitude of its middle."""

    name: str
    latitude: Number | None
    longitude: Number | None
    count: Number | None
    href: str = ""


@dataclass(frozen=True)
class Area:
    """A district with its number; without a number it is only named."""

    code: str
    count: Number | None = None
    href: str = ""


@dataclass(frozen=True)
class DrawnArea:
    """A district on the map; `tint` is its class."""

    name: str
    said: Said | None
    tint: str
    path: str
    href: str


@dataclass(frozen=True)
class Circle:
    """A counted place on the map."""

    name: str
    said: Said
    x: int
    y: int
    radius: int
    href: str


@dataclass(frozen=True)
class PlaceMap:
    """The whole map."""

    width: int
    height: int
    around: str  # the shapes of other regencies, without names
    areas: tuple[DrawnArea, ...]
    circles: tuple[Circle, ...]
    names: tuple[Any, ...]
    kilometres: int
    kilometre_width: int
    legend: tuple[tints.Step, ...]
    more: int  # places that have a row in the table but no circle
    table: Table


@dataclass(frozen=True)
class View:
    """The part of the grid that is shown, and how large."""

    box: Box
    scale: float

    @property
    def height(self) -> int:
        """Of the drawing."""
        return round((self.box[3] - self.box[1]) * self.scale)

    def at(self, spot: Spot) -> Spot:
        """A place of the grid on the drawing."""
        return (spot[0] - self.box[0]) * self.scale, (spot[1] - self.box[1]) * self.scale

    def path(self, rings: Iterable[Sequence[int]], detail: float) -> str:
        """Borders on the drawing, cut off a little outside it."""
        frame = (-4.0, -4.0, WIDTH + 4.0, self.height + 4.0)
        whole = (shapes.atlas().ring(ring, detail / self.scale) for ring in rings)
        return shapes.path(
            shapes.clipped([self.at(spot) for spot in ring], frame) for ring in whole
        )


def build(
    title: str,
    *,
    regency: str = "",
    points: Iterable[Any] = (),
    areas: Iterable[Any] = (),
    highlight: Iterable[str] = (),
    breaks: Sequence[Number] = tints.DISTRICT_FIRMS,
    form: Form | None = None,
) -> PlaceMap:
    """A regency whole, or, without one, what is highlighted and counted and its surroundings."""
    form = form or Form()
    if not any(d.regency == regency for d in shapes.atlas().districts.values()):
        regency = ""
    spots, numbers = each(Point, points), {area.code: area for area in each(Area, areas)}
    raised = [code for code in highlight if code in shapes.atlas().districts]
    view = _view(regency, raised, spots, list(numbers))
    seen = [d for d in shapes.atlas().districts.values() if shapes.overlap(d.box, view.box)]
    own = [d for d in seen if not regency or d.regency == regency]
    others = shapes.atlas().outline([d for d in seen if regency and d.regency != regency])
    # What is hidden in public is hidden from the order too.
    named = sorted(spots, key=lambda s: (-(0 if form.hides(s.count) else s.count or 0), s.name))
    circles = _circles(view, named, form)
    labels = Labels(WIDTH, view.height)
    for circle in circles:
        labels.take(circle.x, circle.y, circle.radius)
    labels.beside(circles)
    labels.inside(_rooms(view, own, raised))
    written = _written(circles, labels, [numbers[d.code] for d in own if d.code in numbers])
    paths, around = _paths(view, own, others, HEAVIEST - written)
    kilometres, width = _ruler(view)
    return PlaceMap(
        width=WIDTH,
        height=view.height,
        around=around,
        areas=tuple(
            _areas(
                zip(own, paths, strict=True),
                raised=raised,
                numbers=numbers,
                breaks=breaks,
                form=form,
            )
        ),
        circles=tuple(circles),
        names=tuple(labels.placed),
        kilometres=kilometres,
        kilometre_width=width,
        legend=tuple(tints.legend(breaks, form)) if numbers else (),
        more=len(spots) - len(circles),
        table=_table(title, named, own, numbers, form),
    )


def _view(regency: str, raised: list[str], spots: list[Point], codes: list[str]) -> View:
    known = shapes.atlas().districts
    boxes = [d.box for d in known.values() if d.regency == regency]
    if not boxes:
        boxes = [known[code].box for code in (raised or codes) if code in known]
        boxes += [(x, y, x, y) for x, y in _located(spots)]
    left, top, right, bottom = shapes.joined(boxes or [d.box for d in known.values()])
    width = max(right - left, NARROWEST)
    height = max(bottom - top, NARROWEST * HEIGHTS[0] / WIDTH)
    room = 1 - 2 * MARGIN / WIDTH
    scale = min(WIDTH * room / width, (HEIGHTS[1] - 2 * MARGIN) / height)
    shown = max(HEIGHTS[0], height * scale + 2 * MARGIN) / scale
    middle = ((left + right) / 2, (top + bottom) / 2)
    half = WIDTH / scale / 2
    box = (middle[0] - half, middle[1] - shown / 2, middle[0] + half, middle[1] + shown / 2)
    return View(box, scale)


def _located(spots: Iterable[Point]) -> list[Spot]:
    return [
        shapes.atlas().spot(spot.latitude, spot.longitude)
        for spot in spots
        if spot.latitude is not None and spot.longitude is not None
    ]


def _circles(view: View, spots: list[Point], form: Form) -> list[Circle]:
    """The largest first, so that the smaller ones lie on top."""
    shown = [s for s in spots if s.latitude is not None and s.longitude is not None and s.count]
    largest = max([float(s.count or 0) for s in shown], default=1.0)
    circles = []
    for spot in shown[:MOST_CIRCLES]:
        said, [place] = form.say(spot.count), _located([spot])
        x, y = view.at(place)
        count = SMALL if form.hides(spot.count) else float(spot.count or 0)
        radius = max(LARGEST * math.sqrt(min(1.0, count / largest)), 7 + 4.2 * len(said.text))
        circles.append(Circle(spot.name, said, round(x), round(y), round(radius), spot.href))
    return circles


def _written(circles: list[Circle], labels: Labels, linked: list[Area]) -> int:
    """About how many characters the drawing has beside its shapes."""
    return (
        sum(150 + len(circle.name) + len(circle.href) for circle in circles)
        + sum(50 + len(label.text) for label in labels.placed)
        + sum(60 + len(area.href) for area in linked)
        + 700
    )


def _paths(
    view: View, own: list[District], others: list[list[int]], room: int
) -> tuple[list[str], str]:
    """The shapes in the finest detail that keeps the drawing light."""
    for detail in DETAILS:
        paths = [view.path(district.rings, detail) for district in own]
        around = view.path(others, detail)
        if sum(len(path) + 25 for path in paths) + len(around) <= room:
            break
    return paths, around


def _areas(
    shaped: Iterable[tuple[District, str]],
    *,
    raised: list[str],
    numbers: dict[str, Area],
    breaks: Sequence[Number],
    form: Form,
) -> Iterable[DrawnArea]:
    for district, path in shaped:
        area = numbers.get(district.code)
        said = form.say(area.count) if area else None
        tint = _tint(area, breaks, form) + (" inti" if district.code in raised else "")
        if path:
            yield DrawnArea(district.name, said, tint, path, area.href if area else "")


def _tint(area: Area | None, breaks: Sequence[Number], form: Form) -> str:
    if area is None:
        return ""
    if area.count is None or not present(area.count):
        return " celah"
    return f" f{0 if form.hides(area.count) else tints.step(area.count, breaks)}"


def _rooms(
    view: View, own: list[District], raised: list[str]
) -> list[tuple[str, Spot, float, bool]]:
    """The names of the districts with the room there is, the highlighted ones first."""
    rooms = [
        (
            _("{name} district").format(name=d.name) if d.code in raised else d.name,
            view.at(d.label),
            d.room * view.scale,
            d.code in raised,
        )
        for d in own
    ]
    return sorted(rooms, key=lambda room: (not room[3], -room[2]))


def _ruler(view: View) -> tuple[int, int]:
    """A round number of kilometres that takes about a fifth of the width, and its length."""
    step = 1000 / shapes.atlas().step * view.scale
    kilometres = max((n for n in (1, 2, 5, 10) if n * step <= WIDTH / 5), default=1)
    return kilometres, round(kilometres * step)


def _table(
    title: str,
    spots: list[Point],
    own: list[District],
    numbers: dict[str, Area],
    form: Form,
) -> Table:
    rows = [(Said(spot.name), form.say(spot.count)) for spot in spots]
    if not rows:
        rows = [(Said(d.name), form.say(numbers[d.code].count)) for d in own if d.code in numbers]
    return Table(title, (_("Village") if spots else _("District"), _("Number")), tuple(rows))
