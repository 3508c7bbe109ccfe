"""Which firms may be the one that a row speaks of: one question to the database for many rows.

Rule: what is looked up is exact and stands in an index: NIB, phone, owner in the same place, and
the ends of the words of a name in the same place (`registry_blocks` of the database). How alike
two names are is counted afterwards, here; so the work grows with the rows, not with the register.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from django.db import connection
from rapidfuzz import fuzz, process

from registry.duplicates.scoring import NAME_LEAST, Facts, likeness
from registry.models import Firm, Owner
from registry.names import distinctive
from registry.search import fold

SHARED = 20  # so many firms with the same phone, or the same owner in a place, are looked at
LIKE_NAMED = 200  # so many firms with a like name in a place
MOST_WORDS = 4  # of a name, the longest
SHORT, LONG = 3, 5  # letters of the ends of words, in a village and in a whole district
ROUGHLY = 60  # percent of the quick look; the half that counts more can lift it over NAME_LEAST

# Compiling the question takes ten times as long as answering it.
_PAIRS = f"""
SET jit = off;
SELECT r.i, coalesce(f.merged_into_id, f.id), ''
FROM unnest(%s::int[], %s::text[]) AS r(i, nib) JOIN registry_firm f ON f.nib = r.nib
UNION ALL
SELECT r.i, f.id, '' FROM unnest(%s::int[], %s::text[]) AS r(i, phone) CROSS JOIN LATERAL (
    SELECT id FROM registry_firm
    WHERE phone = r.phone AND phone <> '' AND merged_into_id IS NULL ORDER BY id LIMIT {SHARED}
) f
UNION ALL
SELECT r.i, f.id, '' FROM unnest(%s::int[], %s::text[]) AS r(i, phone) CROSS JOIN LATERAL (
    SELECT id FROM registry_firm
    WHERE whatsapp = r.phone AND whatsapp <> '' AND merged_into_id IS NULL
    ORDER BY id LIMIT {SHARED}
) f
UNION ALL
SELECT r.i, f.id, ''
FROM unnest(%s::int[], %s::text[], %s::text[], %s::text[]) AS r(i, owner, village, district)
CROSS JOIN LATERAL (
    SELECT f.id FROM registry_owner o JOIN registry_firm f ON f.id = o.firm_id
    WHERE o.search = r.owner AND f.merged_into_id IS NULL AND (f.village_id = r.village
        OR (f.district_id = r.district AND (r.village = '' OR f.village_id IS NULL)))
    ORDER BY f.id LIMIT {SHARED}
) f
UNION ALL
SELECT r.i, f.id, f.name_key FROM unnest(%s::int[], %s::text[]) AS r(i, asked)
CROSS JOIN LATERAL (
    SELECT id, name_key FROM registry_firm
    WHERE blocks @@ r.asked::tsquery AND merged_into_id IS NULL LIMIT {LIKE_NAMED}
) f
"""  # noqa: S608 - the numbers above, nothing typed


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row as it was read; phones as +62…, codes of the official list, empty is unknown.

    `firm` is the firm that the row is, where it is one already.
    """

    name: str
    owners: Sequence[str] = ()
    phones: Sequence[str] = ()
    nib: str = ""
    regency: str = ""
    district: str = ""
    village: str = ""
    product: str = ""
    firm: int | None = None

    def facts(self) -> Facts:
        """The same for comparing."""
        return Facts.of(
            self.name,
            product=self.product,
            owners=self.owners,
            phones=self.phones,
            nibs=[self.nib],
            regency=self.regency,
            district=self.district,
            village=self.village,
        )


def candidates_of(rows: Sequence[Candidate], facts: Sequence[Facts]) -> dict[int, set[int]]:
    """For each row, by its position, the firms it may be. One query."""
    nibs, phones, owners, blocks = _Columns(2), _Columns(2), _Columns(4), _Columns(2)
    for i, (row, fact) in enumerate(zip(rows, facts, strict=True)):
        nibs.add(i, *fact.nibs)
        for phone in fact.phones:
            phones.add(i, phone)
        # An owner is needed only where the name tells nothing: many people have the same name.
        for owner in row.owners if fact.generic else ():
            owners.add(i, fold(owner), row.village, row.district)
        for asked in _questions(fact):
            blocks.add(i, asked)
    found: dict[int, set[int]] = defaultdict(set)
    named: dict[int, dict[int, str]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(
            _PAIRS, [*nibs.lists, *phones.lists, *phones.lists, *owners.lists, *blocks.lists]
        )
        for i, pk, name in cursor.fetchall():
            if name:
                named[i][pk] = name
            else:
                found[i].add(pk)
    for i, names in named.items():
        mine = facts[i].name
        # All at once, and roughly; then one by one as the score counts it.
        near = process.extract(mine, names, scorer=fuzz.token_sort_ratio, score_cutoff=ROUGHLY)
        found[i] |= {pk for name, _rough, pk in near if likeness(mine, name) >= NAME_LEAST}
    return found


def firm_facts(pks: Iterable[int]) -> dict[int, tuple[Facts, str]]:
    """The facts and the regency of firms; a firm has the NIBs of those merged into it."""
    rows = firm_rows(pks)
    more = merged_nibs(row.firm for row in rows if row.firm)
    found = {}
    for row in rows:
        facts = row.facts()
        if row.firm in more:
            facts = replace(facts, nibs=facts.nibs | more[row.firm])
        found[row.firm or 0] = (facts, row.regency)
    return found


def firm_rows(pks: Iterable[int]) -> list[Candidate]:
    """Firms as rows to look for. Two queries."""
    wanted = set(pks)
    owners: dict[int, list[str]] = defaultdict(list)
    for pk, name in Owner.objects.filter(firm__in=wanted).values_list("firm", "name"):
        owners[pk].append(name)
    firms = Firm.objects.filter(pk__in=wanted).values_list(
        "pk", "name", "products", "phone", "whatsapp", "nib", "regency", "district", "village"
    )
    return [
        Candidate(
            name=name,
            owners=tuple(owners[pk]),
            phones=tuple(filter(None, (phone, whatsapp))),
            nib=nib or "",
            regency=regency,
            district=district or "",
            village=village or "",
            product=products,
            firm=pk,
        )
        for pk, name, products, phone, whatsapp, nib, regency, district, village in firms
    ]


def merged_nibs(pks: Iterable[int]) -> dict[int, set[str]]:
    """The NIBs of firms that were merged into these."""
    found: dict[int, set[str]] = defaultdict(set)
    gone = Firm.objects.filter(merged_into__in=set(pks), nib__isnull=False)
    for pk, nib in gone.values_list("merged_into", "nib"):
        found[pk].add(nib)
    return found


def _questions(facts: Facts) -> list[str]:
    """Where firms with a like name stand (`registry_blocks`): two of the words, at the place.

    Words that only say what is made help as the second word; a name of one word asks for that
    alone. Short words (Bu, Ibu, II) are written too freely to insist on.
    """
    if facts.generic:
        return []
    words = sorted(facts.name.split(), key=len, reverse=True)
    said = set(distinctive(facts.name).split())
    own = [w for w in words if w in said and len(w) > SHORT] or [w for w in words if w in said]
    shared = [w for w in words if w not in said and len(w) > SHORT]
    own, shared = own[:MOST_WORDS], shared[:MOST_WORDS]
    if facts.village:
        asked = [(facts.village, SHORT), (facts.district, SHORT)]
    else:
        asked = [(facts.district, SHORT), (facts.district, LONG)]
    return [_at(place, length, own, shared) for place, length in asked if place]


def _at(place: str, length: int, own: list[str], shared: list[str]) -> str:
    """The same for one place and one length of the pieces."""

    def ends(word: str) -> str:
        return f"('{place}:{word[:length]}' | '{place}:{word[-length:]}')"

    pairs = [f"{ends(one)} & {ends(other)}" for one, other in combinations(own, 2)]
    if not pairs and shared:
        pairs = [f"{ends(own[0])} & ({' | '.join(map(ends, shared))})"]
    return " | ".join(pairs or [ends(own[0])])


class _Columns:
    """Rows turned into one list a column, as `unnest` wants them."""

    def __init__(self, width: int) -> None:
        self.lists: list[list[Any]] = [[] for _ in range(width)]

    def add(self, i: int, *values: str) -> None:
        """One row; without values there is none."""
        if values:
            for column, value in zip(self.lists, (i, *values), strict=True):
                column.append(value)
