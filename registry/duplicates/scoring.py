"""How alike two firms are, in points from 0 to 100, with the reasons. Pure, and symmetric.

Rule: the same NIB is the same firm, and two different NIBs are two firms unless a person says
otherwise. Everything else adds up to a question at most: from `ASK` points on, a person is asked.
A name that says only what is made (Tenun, Meubel, "-") is no evidence by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from registry.names import distinctive, is_generic, name_key

ASK = 60  # from here on a person is asked
CERTAIN = 100  # the same NIB; nothing else reaches it

NAME_LEAST = 75  # percent of likeness from which a name counts at all
NAME_AT_LEAST = 20  # points of a name that is just so alike …
NAME_EQUAL = 50  # … and of one that is the same
NAME_GENERIC = 16  # the same name, but it says only what is made
NAME_DIFFERS = -15  # two names of their own that are less alike

VILLAGE, DISTRICT, REGENCY = 24, 12, 8
VILLAGE_DIFFERS, PLACE_DIFFERS = -10, -20
PHONE = 35
OWNER, OWNER_ONE_WORD, OWNER_DIFFERS = 36, 20, -25
OWNER_LEAST = 92  # percent from which two owners' names are one

_TITLES = frozenset(
    ("h", "hj", "haji", "hajah", "bapak", "bpk", "pak", "ibu", "bu", "ny", "nyi", "sdr", "sdri")
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What tells firms apart, folded for comparing. Empty is unknown and counts neither way."""

    name: str = ""
    generic: bool = True
    owners: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    nibs: frozenset[str] = frozenset()
    regency: str = ""
    district: str = ""
    village: str = ""

    @classmethod
    def of(
        cls,
        name: str,
        *,
        product: str = "",
        owners: Iterable[str] = (),
        phones: Iterable[str] = (),
        nibs: Iterable[str | None] = (),
        regency: str = "",
        district: str = "",
        village: str = "",
    ) -> Facts:
        """The facts of a firm as it is written; phones and NIB in their stored form."""
        return cls(
            name=name_key(name),
            generic=is_generic(name, product),
            owners=frozenset(filter(None, map(owner_key, owners))),
            phones=frozenset(filter(None, phones)),
            nibs=frozenset(nib for nib in nibs if nib),
            regency=regency or "",
            district=district or "",
            village=village or "",
        )


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for or against; `percent` says how alike, where that is a matter."""

    code: str
    percent: int | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """The answer: points, and why."""

    points: int
    reasons: tuple[Reason, ...] = ()

    @property
    def certain(self) -> bool:
        """Whether it is the same firm, by its NIB."""
        return self.points == CERTAIN

    @property
    def asks(self) -> bool:
        """Whether a person is to be asked."""
        return self.points >= ASK


def score(a: Facts, b: Facts) -> Score:
    """How alike two firms are. `score(a, b) == score(b, a)`, and it never raises."""
    if a.nibs and b.nibs and not a.nibs & b.nibs:
        return Score(0, (Reason("nib_differs"),))
    parts = [part for judge in (_name, _place, _phone, _owner) if (part := judge(a, b))]
    reasons = tuple(reason for _points, reason in parts)
    if a.nibs & b.nibs:
        return Score(CERTAIN, (Reason("nib"), *reasons))
    points = sum(points for points, _reason in parts)
    return Score(max(0, min(points, CERTAIN - 1)), reasons)


def likeness(a: str, b: str) -> int:
    """How alike two folded names are, in percent; 100 only for the same words.

    The order of the words does not matter. Words that say what is made count half: "Batik Salma"
    and "Batik Salwa" are two makers of batik.
    """
    if a == b or sorted(a.split()) == sorted(b.split()):
        return 100
    alike = max(fuzz.ratio(a, b), fuzz.token_sort_ratio(a, b))
    own_a, own_b = distinctive(a), distinctive(b)
    if own_a and own_b:
        alike = (alike + max(fuzz.ratio(own_a, own_b), fuzz.token_sort_ratio(own_a, own_b))) / 2
    return min(99, int(alike))


@lru_cache(maxsize=65536)
def owner_key(name: str) -> str:
    """A person's name folded for comparing, without the titles before it."""
    words = name_key(name).split()
    while len(words) > 1 and words[0] in _TITLES:
        words = words[1:]
    return " ".join(words)


_Part = tuple[int, Reason] | None


def _name(a: Facts, b: Facts) -> _Part:
    if not a.name or not b.name:
        return None
    if a.generic or b.generic:
        return (NAME_GENERIC, Reason("name_generic")) if a.name == b.name else None
    alike = likeness(a.name, b.name)
    if alike < NAME_LEAST:
        return NAME_DIFFERS, Reason("name_differs")
    share = (alike - NAME_LEAST) / (100 - NAME_LEAST)
    return round(NAME_AT_LEAST + (NAME_EQUAL - NAME_AT_LEAST) * share), Reason("name", alike)


def _place(a: Facts, b: Facts) -> _Part:
    """The deepest level that both know; a village that one does not know is no difference."""
    if a.village and b.village:
        if a.village == b.village:
            return VILLAGE, Reason("village")
        if a.district == b.district:
            return VILLAGE_DIFFERS, Reason("village_differs")
        return PLACE_DIFFERS, Reason("place_differs")
    if a.district and b.district:
        same = a.district == b.district
        return (DISTRICT, Reason("district")) if same else (PLACE_DIFFERS, Reason("place_differs"))
    if a.regency and b.regency:
        same = a.regency == b.regency
        return (REGENCY, Reason("regency")) if same else (PLACE_DIFFERS, Reason("place_differs"))
    return None


def _phone(a: Facts, b: Facts) -> _Part:
    return (PHONE, Reason("phone")) if a.phones & b.phones else None


def _owner(a: Facts, b: Facts) -> _Part:
    if not a.owners or not b.owners:
        return None
    pairs = [
        min(len(mine.split()), len(theirs.split()))
        for mine in a.owners
        for theirs in b.owners
        if fuzz.ratio(mine, theirs) >= OWNER_LEAST
    ]
    if not pairs:
        return OWNER_DIFFERS, Reason("owner_differs")
    return (OWNER if max(pairs) > 1 else OWNER_ONE_WORD), Reason("owner")
