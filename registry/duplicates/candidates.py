"""Which firms may be the one that a row speaks of: one question to the database for many rows.

Rule: what is looked up is exact and stands in an index: NIB, phone, owner in the same place, and
the ends of the words of a name in the same place (`registry_blocks` of the database). How alike
two names are is counted afterwards, here; so the work grows with the rows, not with the register.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import OuterRef, QuerySet
from rapidfuzz import fuzz

from registry.duplicates.scoring import NAME_LEAST, Facts
from registry.models import Firm, Owner
from registry.names import distinctive
from registry.search import fold

SHARED = 20  # so many firms with the same phone, or the same owner in a place, are looked at
LIKE_NAMED = 200  # so many firms with a like name in a place

_PAIRS = f"""
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
SELECT r.i, f.id, f.name_key FROM (
    SELECT i, array_agg(block) AS blocks
    FROM unnest(%s::int[], %s::text[]) AS b(i, block) GROUP BY i
) AS r CROSS JOIN LATERAL (
    SELECT id, name_key FROM registry_firm
    WHERE blocks && r.blocks AND merged_into_id IS NULL LIMIT {LIKE_NAMED}
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
        for owner in row.owners if row.village or row.district else ():
            # The name of a person who has one word only says too little by itself.
            if fact.generic or " " in owner.strip():
                owners.add(i, fold(owner), row.village, row.district)
        for block in _blocks_of(fact):
            blocks.add(i, block)
    found: dict[int, set[int]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(
            _PAIRS, [*nibs.lists, *phones.lists, *phones.lists, *owners.lists, *blocks.lists]
        )
        for i, pk, name in cursor.fetchall():
            if not name or fuzz.token_sort_ratio(facts[i].name, name, score_cutoff=NAME_LEAST - 15):
                found[i].add(pk)
    return found


def firm_facts(pks: Iterable[int]) -> dict[int, tuple[Facts, str, str]]:
    """The facts, full name and regency of firms; a firm has the NIBs of those merged into it."""
    firms = with_owners(Firm.objects.filter(pk__in=set(pks))).annotate(
        merged_nibs=ArraySubquery(
            Firm.objects.filter(merged_into=OuterRef("pk"), nib__isnull=False).values("nib")
        )
    )
    found = {}
    for firm in firms:
        facts = candidate_of(firm).facts()
        if firm.merged_nibs:
            facts = replace(facts, nibs=facts.nibs | set(firm.merged_nibs))
        found[firm.pk] = (facts, firm.full_name, firm.regency_id)
    return found


def with_owners(firms: QuerySet[Firm]) -> QuerySet[Any]:
    """Firms with as much as is compared, the names of their owners in `owner_names`."""
    owners = Owner.objects.filter(firm=OuterRef("pk")).order_by().values("name")
    return firms.only(
        "name", "legal_form", "products", "phone", "whatsapp", "nib", "regency_id",
        "district_id", "village_id", "merged_into_id",
    ).annotate(owner_names=ArraySubquery(owners))  # fmt: skip


def candidate_of(firm: Any) -> Candidate:
    """A firm of `with_owners` as a row to look for."""
    return Candidate(
        name=firm.name,
        owners=tuple(firm.owner_names),
        phones=tuple(filter(None, (firm.phone, firm.whatsapp))),
        nib=firm.nib or "",
        regency=firm.regency_id or "",
        district=firm.district_id or "",
        village=firm.village_id or "",
        product=firm.products,
        firm=firm.pk,
    )


def _blocks_of(facts: Facts) -> set[str]:
    """Where firms with a like name stand (`registry_blocks`), by the words that few share."""
    if facts.generic:
        return set()
    words = distinctive(facts.name).split()
    short = {piece for word in words for piece in (word[:3], word[-3:])}
    if facts.village:
        places = [facts.village, facts.district]
        return {f"{place}:{piece}" for place in places if place for piece in short}
    if not facts.district:
        return set()
    long = {piece for word in words for piece in (word[:5], word[-5:])}
    return {f"{facts.district}:{piece}" for piece in short | long}


class _Columns:
    """Rows turned into one list a column, as `unnest` wants them."""

    def __init__(self, width: int) -> None:
        self.lists: list[list[Any]] = [[] for _ in range(width)]

    def add(self, i: int, *values: str) -> None:
        """One row; without values there is none."""
        if values:
            for column, value in zip(self.lists, (i, *values), strict=True):
                column.append(value)
