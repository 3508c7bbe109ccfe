"""Where each firm stands: one row a firm, derived by the database from all that describes it.

Rule: nobody writes here. Triggers work a row out again when anything of its firm changes, by the
rules of `registry.standing.facts`. Nothing here depends on the clock: what a day changes is kept
as a date and compared with the day that is asked about. Queues and filters read its indexes.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from registry.completeness import FACTS
from registry.models.certificates import Certificate
from registry.models.classification import KbliCode
from registry.models.consents import Consent, Objection
from registry.models.firms import Firm
from registry.models.parts import AnnualProfile, FirmActivity, ProductionSite
from registry.models.regions import District, Regency, Village
from registry.models.siinas import SiinasAccount
from registry.models.tkdn import TkdnAnswers
from registry.standing.querysets import StandingQuerySet
from registry.standing.triggers import triggers_of

# Dates that sort before and after every day: a thing that never was, and one without an end.
NEVER, FOREVER = dt.date.min, dt.date.max


class Account(models.TextChoices):
    """How far the best SIINas account of a firm's sites is."""

    NONE = "none", _("not known")
    KNOWN = "known", _("no account yet")
    HELD = "held", _("account, profile not complete")
    COMPLETE = "complete", _("complete")


def _has(fact: Any) -> models.BooleanField:
    return models.BooleanField(fact.label, default=False)


def _has_if(condition: Q) -> models.GeneratedField:
    whole = Case(When(condition, then=Value(True)), default=Value(False))
    return models.GeneratedField(
        expression=whole, output_field=models.BooleanField(), db_persist=True
    )


# Facts that another column of the row tells already.
_TOLD = {
    "kbli": Q(kbli__isnull=False),
    "workers": Q(workers__isnull=False),
    "siinas": ~Q(account=Account.NONE.value),
}


def _link(to: Any, **options: Any) -> Any:
    """A reference that the firm's own row vouches for."""
    return models.ForeignKey(
        to, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+", **options
    )


# What a working firm can wait for, as a condition on its row; each stands in an index of its own.
GAPS: dict[str, Q] = {
    **{fact.key: fact.gap for fact in FACTS},
    "kurang": Q(lacking__gt=0),
    "akun": Q(has_nib=True, account__in=[Account.NONE.value, Account.KNOWN.value]),
    "profil": Q(account=Account.HELD.value),
    "terkendala": Q(blocked=True),
    "layak": Q(may_tkdn=True),
    "izin": Q(consented=False, refused=False),
    "periksa": Q(reviewed=False) & (Q(consented=True) | Q(body=True, refused=False)),
}
LARGEST_FIRST = (F("workers").desc(nulls_last=True), F("firm_id"))


def _lacking() -> Any:
    return sum(
        (
            Case(
                When(_TOLD.get(fact.column, Q(**{f"has_{fact.column}": True})), then=Value(0)),
                default=Value(1),
                output_field=models.SmallIntegerField(),
            )
            for fact in FACTS
        ),
        start=Value(0, output_field=models.SmallIntegerField()),
    )


class Standing(models.Model):
    """Facts of one firm, as queues and filters ask for them."""

    firm = models.OneToOneField(
        Firm, models.DO_NOTHING, primary_key=True, db_constraint=False, verbose_name=_("firm")
    )
    regency = _link(Regency)
    district = _link(District, null=True)
    village = _link(Village, null=True)
    working = models.BooleanField(default=False)
    kbli = _link(KbliCode, null=True)
    workers = models.IntegerField(null=True)
    account = models.CharField(max_length=8, choices=Account.choices, default=Account.NONE)
    blocked = models.BooleanField(default=False)
    consented = models.BooleanField(default=False)
    refused = models.BooleanField(default=False)
    body = models.BooleanField(default=False)
    reviewed = models.BooleanField(default=False)
    confirmed_on = models.DateField(default=NEVER)
    may_tkdn = models.BooleanField(default=False)
    capital = models.BigIntegerField(null=True)
    tkdn_until = models.DateField(default=NEVER)
    first_end = models.DateField(default=FOREVER)
    has_form, has_products, has_nib, has_village, has_address = map(_has, FACTS[:5])
    has_phone, has_start = map(_has, FACTS[5:7])
    has_kbli, has_workers, has_siinas = map(_has_if, _TOLD.values())
    lacking = models.GeneratedField(
        expression=_lacking(), output_field=models.SmallIntegerField(), db_persist=True
    )

    objects = StandingQuerySet.as_manager()

    class Meta:
        verbose_name = _("standing")
        verbose_name_plural = _("standings")
        indexes = [
            *(
                models.Index(
                    "regency",
                    *LARGEST_FIRST,
                    name=f"standing_{key}",
                    condition=Q(working=True) & gap,
                )
                for key, gap in GAPS.items()
            ),
            *(
                models.Index(
                    "regency",
                    day,
                    *LARGEST_FIRST,
                    name=f"standing_{day}",
                    condition=Q(working=True) & condition,
                )
                for day, condition in (
                    ("confirmed_on", Q()),
                    ("first_end", Q(first_end__lt=FOREVER)),
                )
            ),
            models.Index(fields=["district"], name="standing_in_district"),
        ]

    def __str__(self) -> str:
        return str(self.firm)


class StandingDue(models.Model):
    """Firms whose row is worked out at the end of a write of many; empty between transactions."""

    firms = ArrayField(models.BigIntegerField())

    class Meta:
        verbose_name = _("standing due")
        verbose_name_plural = _("standings due")

    def __str__(self) -> str:
        return str(len(self.firms))


# What a row is worked out from: each table, and the columns that lead from its rows to the firms.
SOURCES: dict[type[models.Model], tuple[str, ...]] = {
    Firm: ("id",),
    ProductionSite: ("firm_id",),
    FirmActivity: ("firm_id",),
    AnnualProfile: ("firm_id",),
    Certificate: ("firm_id",),
    Consent: ("firm_id",),
    Objection: ("firm_id",),
    TkdnAnswers: ("firm_id",),
    SiinasAccount: ("(SELECT firm_id FROM registry_productionsite WHERE id = site_id)",),
}
for _source, _columns in SOURCES.items():
    pgtrigger.register(*triggers_of(*_columns))(_source)
pgtrigger.register(
    pgtrigger.Trigger(
        name="standing_emptied",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Truncate,
        func="DELETE FROM registry_standing; RETURN NULL;",
    )
)(Firm)
