"""The rules by which the database works out where a firm stands, each one expression.

Rule: a fact is said once, here or in the module of its subject, as an expression on the firm's
row; `registry.standing.keeping` has the database keep it. Another fact is one more entry here, a
field of the same name in `Standing`, and its tables in `SOURCES`.
"""

from __future__ import annotations

from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest

from registry import conditions
from registry.completeness import FACTS
from registry.models import (
    AnnualProfile,
    Certificate,
    Consent,
    FirmActivity,
    Objection,
    SiinasAccount,
    TkdnAnswers,
)
from registry.models.certificates import CertificateKind, CertificateStatus
from registry.models.consents import Purpose
from registry.models.firms import LEGAL_ENTITIES, DataState
from registry.models.standing import FOREVER, NEVER, Account
from registry.querysets import WORKING, data_states
from registry.querysets.parts import ACCOUNT_COMPLETE, ACCOUNT_HELD
from registry.siinas import State
from registry.tkdn import INDUSTRY_SECTION, SMALL_SCALES


def facts() -> dict[str, Any]:
    """The facts by the name of their field, as expressions on a firm."""
    accounts = SiinasAccount.objects.filter(site__firm=OuterRef("pk"))
    catalogue = Consent.objects.filter(firm=OuterRef("pk"), purpose=Purpose.CATALOGUE)
    return {
        "regency": F("regency_id"),
        "district": F("district_id"),
        "village": F("village_id"),
        "working": _whether(WORKING),
        "kbli": _first(FirmActivity.objects.filter(is_primary=True).order_by(), "kbli_id"),
        "workers": _first(_workers(), "told"),
        "account": _account(accounts),
        "blocked": Exists(accounts.filter(state=State.BLOCKED.value)),
        "consented": Exists(catalogue.in_force()),
        "refused": _whether(
            Q(Exists(catalogue.filter(withdrawn_on__isnull=False)))
            | Q(Exists(Objection.objects.in_force().filter(firm=OuterRef("pk"))))
        ),
        "body": _whether(Q(legal_form__in=sorted(LEGAL_ENTITIES))),
        "reviewed": _whether(~data_states()[DataState.LISTED]),
        "confirmed_on": Coalesce(Greatest("confirmed_on", "self_confirmed_on"), Value(NEVER)),
        "may_tkdn": _whether(_may_tkdn(accounts)),
        "capital": _first(_capital(), "business_capital"),
        "tkdn_until": Coalesce(_first(_tkdn(), "until"), Value(NEVER)),
        "first_end": Coalesce(_first(_dated(), "valid_until"), Value(FOREVER)),
        **{f"has_{fact.column}": _whether(fact.filled()) for fact in FACTS if fact.own},
    }


def _whether(condition: Any) -> Any:
    return Case(
        When(condition, then=Value(True)), default=Value(False), output_field=BooleanField()
    )


def _first(rows: Any, column: str) -> Subquery:
    return Subquery(rows.filter(firm=OuterRef("pk")).values(column)[:1])


def _workers() -> Any:
    """The workers of the latest year that tells them."""
    told: Any = Coalesce("workers_total", F("workers_male") + F("workers_female"))
    return AnnualProfile.objects.annotate(told=told).filter(told__isnull=False).order_by("-year")


def _capital() -> Any:
    """The business capital of the latest year for which it is known."""
    return AnnualProfile.objects.filter(business_capital__isnull=False).order_by("-year")


def _may_tkdn(accounts: Any) -> Q:
    """What a TKDN-IK certificate asks for besides the capital, whose ceiling has its days."""
    primary = FirmActivity.objects.filter(firm=OuterRef("pk"), is_primary=True)
    only_packed = TkdnAnswers.objects.filter(firm=OuterRef("pk"), made_in_house=False)
    return (
        conditions.with_nib()
        & Q(scale_on_nib__in=sorted(SMALL_SCALES))
        & Q(Exists(primary.filter(kbli__section=INDUSTRY_SECTION)))
        & Q(Exists(accounts.complete()))
        & ~Q(Exists(only_packed))
    )


def _account(accounts: Any) -> Coalesce:
    """The furthest of the accounts; the words sort in that order."""
    far = Case(
        When(ACCOUNT_COMPLETE, then=Value(Account.COMPLETE.value)),
        When(ACCOUNT_HELD, then=Value(Account.HELD.value)),
        default=Value(Account.KNOWN.value),
        output_field=CharField(),
    )
    furthest = accounts.annotate(far=far).order_by("far").values("far")[:1]
    return Coalesce(Subquery(furthest), Value(Account.NONE.value))


def _issued() -> Any:
    return Certificate.objects.filter(status=CertificateStatus.ISSUED)


def _tkdn() -> Any:
    """Until when a TKDN-IK certificate is valid: the rule of `CertificateQuerySet.valid_on`."""
    until = Case(When(open_ended=True, then=Value(FOREVER)), default=F("valid_until"))
    issued = _issued().filter(kind=CertificateKind.TKDN_IK).annotate(until=until)
    return issued.filter(until__isnull=False).order_by("-until")


def _dated() -> Any:
    """The certificates whose end somebody has to see to, the first one first."""
    return Certificate.objects.to_renew().order_by("valid_until")
