"""How complete the data of a firm are: ten facts that an office should know of every firm.

Rule: a fact is there or it is missing; none weighs more than another. The first seven stand in the
firm's own row, where the database counts them (`Firm.own_facts`); that count orders the public
list. The other three stand in rows that describe the firm.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Value, When
from django.db.models.expressions import Expression
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Fact:
    """One fact; `filled` is the rule by which a firm has it."""

    key: str
    column: str  # `Standing` keeps it as `has_` and this name
    label: Promise
    filled: Callable[[], Q | Exists]
    own: bool = True  # whether it stands in the firm's own row

    def missing(self) -> Any:
        """The condition under which a firm lacks it, asked of its derived row."""
        from registry.conditions import stands

        return stands(self.gap)

    @property
    def gap(self) -> Q:
        """The same on the derived row itself."""
        return Q(**{f"has_{self.column}": False})


def _part(model: str, link: str = "firm", *conditions: Q) -> Exists:
    from django.apps import apps

    rows: Any = apps.get_model("registry", model)._default_manager
    return Exists(rows.filter(*conditions, **{link: OuterRef("pk")}))


_WORKERS = Q(workers_total__isnull=False) | Q(
    workers_male__isnull=False, workers_female__isnull=False
)

FACTS = (
    Fact("bentuk", "form", _("legal form"), lambda: ~Q(legal_form="")),
    Fact("produk", "products", _("main products"), lambda: ~Q(products="")),
    Fact("nib", "nib", _("NIB"), lambda: Q(nib__isnull=False)),
    Fact("desa", "village", _("village"), lambda: Q(village__isnull=False)),
    Fact("alamat", "address", _("address"), lambda: ~Q(address="")),
    Fact("telepon", "phone", _("phone or WhatsApp"), lambda: ~Q(phone="") | ~Q(whatsapp="")),
    Fact("mulai", "start", _("start year"), lambda: Q(start_year__isnull=False)),
    Fact(
        "kbli",
        "kbli",
        _("primary KBLI"),
        lambda: _part("FirmActivity", "firm", Q(is_primary=True)),
        own=False,
    ),
    Fact(
        "pekerja",
        "workers",
        _("workers"),
        lambda: _part("AnnualProfile", "firm", _WORKERS),
        own=False,
    ),
    Fact(
        "siinas",
        "siinas",
        _("state of the SIINas account"),
        lambda: _part("SiinasAccount", "site__firm"),
        own=False,
    ),
)
BY_KEY = {fact.key: fact for fact in FACTS}


def own_facts() -> Expression:
    """The number of facts in the firm's own row, as a sum that the database can keep."""
    total: Any = Value(0, output_field=IntegerField())
    for fact in FACTS:
        if fact.own:
            total = total + Case(
                When(fact.filled(), then=Value(1)),
                default=Value(0),
                output_field=IntegerField(),
            )
    expression: Expression = total
    return expression


def missing_of(firm: models.Model) -> list[Fact]:
    """The facts that a saved firm lacks, in their order; one query."""
    rows: Any = type(firm)._default_manager
    conditions = {
        f"has_{fact.key}": Case(
            When(fact.filled(), then=Value(True)),
            default=Value(False),
        )
        for fact in FACTS
    }
    found = rows.filter(pk=firm.pk).annotate(**conditions).values(*conditions).get()
    return [fact for fact in FACTS if not found[f"has_{fact.key}"]]


def share_of(missing: list[Fact]) -> int:
    """How complete a firm is that lacks these facts, in percent of all."""
    return round(100 * (len(FACTS) - len(missing)) / len(FACTS))
