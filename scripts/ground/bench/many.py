"""A register that is full already: so many firms with their owners, in the same villages.

Rule: the firms go the product's own way of writing many rows; only the indexes of words and
trigrams are built at the end, which takes a tenth of the time.
"""

from __future__ import annotations

import random
from collections import deque
from functools import partial

from scripts.ground.bench.messy import FIRST, LAST, PRODUCTS, WORDS

_PART = 5000
_INDEXES = """
SELECT indexname, indexdef FROM pg_indexes
WHERE tablename IN ('registry_firm', 'registry_owner') AND indexdef LIKE '%USING gin%'
"""


def fill(count: int) -> None:
    """Add the firms to the register."""
    from django.db import connection

    from registry.intake.cores import spread
    from registry.models import Village

    villages = list(Village.objects.order_by("pk").values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(_INDEXES)
        indexes = cursor.fetchall()
        for name, _definition in indexes:
            cursor.execute(f"DROP INDEX {connection.ops.quote_name(name)}")
    deque(spread(partial(_add, villages), range(0, count, _PART)), maxlen=0)
    with connection.cursor() as cursor:
        for _name, definition in indexes:
            cursor.execute(definition)
        cursor.execute("ANALYZE registry_firm, registry_owner")


def _add(villages: list[str], start: int) -> None:
    from django.db import transaction

    from registry.models import Firm, Owner
    from registry.services.bulk import blank, insert_rows

    draw = random.Random(start)
    firms = []
    for number in range(start, start + _PART):
        product, _kbli = draw.choice(PRODUCTS)
        village = draw.choice(villages)
        firm = blank(
            Firm,
            name=f"{product} {draw.choice(WORDS)} {draw.choice(LAST)} {number % 1009}",
            products=f"{product} {draw.choice(WORDS).lower()}",
            nib=f"{number:013}",
            phone=f"+628{draw.randrange(10**9, 10**10)}",
            regency_id=village[:5],
            district_id=village[:8],
            village_id=village,
        )
        firms.append(firm)
    with transaction.atomic():
        insert_rows(Firm, firms)
        owners = [f"{draw.choice(FIRST)} {draw.choice(LAST)} {n % 977}" for n in range(_PART)]
        rows = zip(firms, owners, strict=True)
        insert_rows(Owner, [blank(Owner, firm_id=firm.pk, name=name) for firm, name in rows])
