"""Makes `dashboards/data/district_shapes.json` from a GeoJSON file of district boundaries.

    python scripts/district_shapes.py boundaries_districts.geojson

Rule: a border between two districts is stored once and simplified once, so that neighbours always
meet. Each point of a border carries how much it matters (the Visvalingam weight, a length in
steps of the grid), so that a map may leave out what it is too small to show. Coordinates are whole
steps of ten metres, x to the east and y to the south of a fixed corner. Nothing else is kept of
the source but the codes and names. `docs/data.md` names the source and its licence.
"""

from __future__ import annotations

import heapq
import json
import math
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "dashboards" / "data" / "district_shapes.json"

NORTH, WEST, MIDDLE = -6.1, 107.8, -6.75  # the corner of the grid, and the latitude of its width
STEP = 10.0  # metres
METRES_PER_DEGREE = 111_320.0
ALWAYS = 9999  # the weight of a point where borders meet

Point = tuple[int, int]
Ring = list[Point]


def placed(longitude: float, latitude: float) -> Point:
    """A place on the grid."""
    east = (longitude - WEST) * METRES_PER_DEGREE * math.cos(math.radians(MIDDLE))
    south = (NORTH - latitude) * METRES_PER_DEGREE
    return round(east / STEP), round(south / STEP)


def rings_of(geometry: dict[str, object]) -> list[Ring]:
    """The rings of a polygon or of many, each without its repeated last point."""
    parts = geometry["coordinates"]
    polygons = parts if geometry["type"] == "MultiPolygon" else [parts]
    rings = []
    for polygon in polygons:  # type: ignore[attr-defined]
        for ring in polygon:
            points = [placed(*point) for point in ring]
            kept = [p for i, p in enumerate(points) if p != points[i - 1]]
            if len(kept) > 2:
                rings.append(kept)
    return rings


def meeting_points(districts: dict[str, list[Ring]]) -> set[Point]:
    """The points where a border begins, ends or branches."""
    neighbours: dict[Point, set[Point]] = {}
    for rings in districts.values():
        for ring in rings:
            for i, point in enumerate(ring):
                near = neighbours.setdefault(point, set())
                near.update((ring[i - 1], ring[(i + 1) % len(ring)]))
    return {point for point, near in neighbours.items() if len(near) != 2}


def cut(ring: Ring, meeting: set[Point]) -> list[Ring]:
    """The ring as borders from one meeting point to the next; one closed border if it has none."""
    starts = [i for i, point in enumerate(ring) if point in meeting]
    first = starts[0] if starts else ring.index(min(ring))
    turned = ring[first:] + ring[:first] + [ring[first]]
    borders, current = [], [turned[0]]
    for point in turned[1:]:
        current.append(point)
        if point in meeting:
            borders.append(current)
            current = [point]
    if len(current) > 1:
        borders.append(current)
    return borders


def weights(border: Ring) -> list[int]:
    """How much each point matters: the side of the square of the triangle it adds."""
    last = len(border) - 1
    before, after = list(range(-1, last)), list(range(1, last + 2))
    found = [0] * len(border)
    found[0] = found[last] = ALWAYS

    def area(i: int) -> float:
        (ax, ay), (bx, by), (cx, cy) = border[before[i]], border[i], border[after[i]]
        return abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2

    heap = [(area(i), i) for i in range(1, last)]
    heapq.heapify(heap)
    current = {i: size for size, i in heap}
    heaviest = 0.0
    while heap:
        size, i = heapq.heappop(heap)
        if current.get(i) != size:
            continue
        del current[i]
        heaviest = max(heaviest, size)
        found[i] = min(ALWAYS - 1, round(math.sqrt(2 * heaviest)))
        before[after[i]], after[before[i]] = before[i], after[i]
        for j in (before[i], after[i]):
            if j in current:
                current[j] = area(j)
                heapq.heappush(heap, (current[j], j))
    return found


def _distance(x: float, y: float, rings: list[Ring]) -> float:
    """How far a place is from the nearest border, negative outside."""
    inside, nearest = False, math.inf
    for ring in rings:
        for i, (bx, by) in enumerate(ring):
            ax, ay = ring[i - 1]
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                inside = not inside
            dx, dy = bx - ax, by - ay
            t = max(0.0, min(1.0, ((x - ax) * dx + (y - ay) * dy) / ((dx * dx + dy * dy) or 1)))
            nearest = min(nearest, math.hypot(x - ax - t * dx, y - ay - t * dy))
    return nearest if inside else -nearest


def roomiest(rings: list[Ring]) -> tuple[int, int, int]:
    """The place inside that is farthest from the border, and that distance: where a name fits."""
    xs, ys = [p[0] for r in rings for p in r], [p[1] for r in rings for p in r]
    best = (-math.inf, 0.0, 0.0)
    left, top, width, height = min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)
    for _round in range(4):
        for i in range(21):
            for j in range(21):
                x, y = left + width * i / 20, top + height * j / 20
                best = max(best, (_distance(x, y, rings), x, y))
        width, height = width / 5, height / 5
        left, top = best[1] - width / 2, best[2] - height / 2
    return round(best[1]), round(best[2]), round(best[0])


def stored(source: Path) -> dict[str, object]:
    """What the file holds: the grid, the borders, and of each district its rings and label."""
    features = json.loads(source.read_text(encoding="utf-8"))["features"]
    names = {f["properties"]["code"]: f["properties"]["name"] for f in features}
    districts = {f["properties"]["code"]: rings_of(f["geometry"]) for f in features}
    meeting = meeting_points(districts)
    numbers: dict[tuple[Point, ...], int] = {}
    borders: list[list[int]] = []
    shapes = {}
    uses: Counter[int] = Counter()
    for code in sorted(districts):
        rings = []
        for ring in districts[code]:
            parts = []
            for border in cut(ring, meeting):
                there, back = tuple(border), tuple(reversed(border))
                if there not in numbers and back in numbers:
                    parts.append(~numbers[back])
                    uses[numbers[back]] += 1
                    continue
                if there not in numbers:
                    numbers[there] = len(borders)
                    borders.append(_flat(border))
                parts.append(numbers[there])
                uses[numbers[there]] += 1
            rings.append(parts)
        shapes[code] = {
            "name": names[code],
            "label": roomiest(districts[code]),
            "rings": rings,
        }
    if max(uses.values()) > 2:
        raise SystemExit("A border belongs to more than two districts: the source overlaps.")
    grid = {"north": NORTH, "west": WEST, "middle": MIDDLE, "step": STEP}
    return {"grid": grid, "borders": borders, "districts": shapes}


def _flat(border: Ring) -> list[int]:
    """x, y, weight of the first point, then steps to the next and its weight."""
    flat: list[int] = []
    x = y = 0
    for (px, py), weight in zip(border, weights(border), strict=True):
        flat += [px - x, py - y, weight]
        x, y = px, py
    return flat


def main() -> None:
    """Reads the file named on the command line and writes ours."""
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    text = json.dumps(stored(Path(sys.argv[1])), ensure_ascii=False, separators=(",", ":"))
    TARGET.write_text(text.replace('],"', '],\n"').replace("],[", "],\n[") + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
