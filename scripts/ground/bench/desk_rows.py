"""What was measured of the desk, beside what it is compared with and what was to be reached."""

from __future__ import annotations

from typing import Any

from scripts.ground.bench.rows import Row, at_most, within

QUICK, GROWTH, STOCK = 40, 1.5, 1 / 3
_RAW = {"queue": "raw SQL of a queue", "search": "raw SQL of a search", "list": "raw SQL of a list"}


def rows(seen: dict[int, dict[str, Any]]) -> list[Row]:
    """The rows of every size; what a page may grow by is asked between the least and the most."""
    told: list[Row] = []
    for size, times in seen.items():
        told += [row for name in times for row in _of(name, size, times)]
    least, most = min(seen), max(seen)
    if least != most:
        told += [
            within(f"{name}, against {least} firms", most, seen[most][name]["median"], "ms",
                   seen[least][name]["median"], most=GROWTH)
            for name in seen[most]
            if name.startswith("queue")
        ]  # fmt: skip
    return told


def _of(name: str, size: int, times: dict[str, dict[str, float]]) -> list[Row]:
    median, p95 = times[name]["median"], times[name]["p95"]
    goal = QUICK if name.startswith(("queue", "search")) else None
    found = [
        at_most(name, size, median, "ms", goal),
        Row(f"{name}, p95", size, round(p95, 2), "ms"),
    ]
    if name.startswith("admin list"):
        stock = times[name.replace("admin list", "stock admin")]["median"]
        found.append(within(f"{name}, against stock", size, median, "ms", stock, most=STOCK))
    elif raw := _RAW.get(name.split(maxsplit=1)[0].rstrip(",")):
        found.append(within(f"{name}, against {raw}", size, median, "ms", times[raw]["median"]))
    if not name.startswith(("bare", "raw", "stock")):
        bare = times["bare page"]["median"]
        found.append(within(f"{name}, against a bare page", size, median, "ms", bare))
    return found
