"""What staff can narrow the list of firms by; every filter stands in the address.

Rule: what a person may not see can't be asked for: regions outside one's scope are no values, and
the question reaches owners only for whom the policy shows owners. Without a status, the list holds
the working firms, as every number of the dashboard does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from registry import chain, conditions
from registry.completeness import BY_KEY, FACTS
from registry.mending import mended
from registry.models import (
    Centre,
    District,
    Firm,
    IndustryGroup,
    IntakeBatch,
    Regency,
    Standing,
)
from registry.models.certificates import EXPIRING_DAYS, EXPIRY_DAYS
from registry.models.firms import DataState, FirmStatus
from registry.models.siinas import SiinasBlocker
from registry.querysets import FirmQuerySet, data_states

UNMAPPED = "tanpa"
ALL_STATUSES = "semua"
SOON = f"{EXPIRING_DAYS}-hari"
MONTHS_AHEAD = 6
MAX_QUESTION = 100
MAX_TOLD_LENGTH = 40  # of an unknown value, so much is repeated

YES_NO = [("ya", _("Yes, on record")), ("tidak", _("Not on record"))]
SIINAS = [
    ("ya", _("Has an account")),
    ("tidak", _("No account on record")),
    ("belum-lengkap", _("Has an account, profile not complete")),
    ("lengkap", _("Profile complete")),
    ("terkendala", _("Blocked")),
]
PARTNER = [("ya", _("Partnership in force")), ("tidak", _("No partnership on record"))]
HELP = [("pernah", _("Helped at some time")), ("belum", _("Never helped"))]
REPORT = [("belum", _("Report not made yet")), ("lewat", _("Report late"))]
TKDN = [
    ("ya", _("Valid certificate")),
    ("tidak", _("No valid certificate")),
    ("layak", _("Eligible")),
    ("layak-ya", _("Eligible, with a valid certificate")),
    ("layak-belum", _("Eligible, no certificate yet")),
    ("belum-layak", _("No certificate, conditions still open")),
]


_WITHIN = {f"{days}-hari": days for days in EXPIRY_DAYS}


def months_ahead(on: dt.date, count: int = MONTHS_AHEAD) -> list[dt.date]:
    """The first day of this month and of those after it."""
    first = on.month - 1
    return [dt.date(on.year + (first + n) // 12, (first + n) % 12 + 1, 1) for n in range(count)]


def days_of(month: dt.date, on: dt.date) -> tuple[dt.date, dt.date]:
    """The first and last day of a month; of this month, what is left of it."""
    after = (month.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    return max(month, on), after - dt.timedelta(days=1)


Rule = Callable[[str], Q]


def _by_group(value: str) -> Q:
    return conditions.IN_NO_GROUP if value == UNMAPPED else conditions.group_is(value)


def _by_status(value: str) -> Q:
    own = Q(firm__merged_into__isnull=True)
    return own if value == ALL_STATUSES else own & Q(firm__status=value)


def _by_siinas(value: str) -> Q:
    return {
        "ya": conditions.HAS_ACCOUNT,
        "tidak": conditions.LACKS_ACCOUNT,
        "lengkap": conditions.IS_COMPLETE,
        "belum-lengkap": conditions.IS_INCOMPLETE,
        "terkendala": conditions.IS_BLOCKED,
    }[value]


def _by_tkdn(value: str) -> Q:
    valid, eligible = Q(tkdn_until__gte=timezone.localdate()), conditions.is_eligible()
    return {
        "ya": valid,
        "tidak": ~valid,
        "layak": eligible,
        "layak-ya": eligible & valid,
        "layak-belum": eligible & ~valid,
        "belum-layak": ~eligible & ~valid,
    }[value]


def _by_report(value: str) -> Q:
    return conditions.with_report_overdue() if value == "lewat" else conditions.with_report_due()


def _by_partner(value: str) -> Q:
    partner = Q(conditions.with_partner())
    return partner if value == "ya" else ~partner


def _by_help(value: str) -> Q:
    kind, _dash, year = value.partition("-")
    met = Q(conditions.helped(int(year) if year else None))
    return met if kind == "pernah" else ~met


def _by_ending(value: str) -> Q:
    today = timezone.localdate()
    if value in _WITHIN:
        return Q(conditions.with_ending(*conditions.soon(today, _WITHIN[value])))
    return Q(conditions.with_ending(*days_of(dt.date.fromisoformat(f"{value}-01"), today)))


def _by_intake(value: str) -> Q:
    return Q(pk__in=conditions.taken_in_by(int(value)))


# Of each filter, by its name in the address, what a value of it asks of the firm's derived row.
RULES: Mapping[str, Rule] = {
    "wilayah": lambda value: Q(regency__slug=value),
    "kecamatan": lambda value: Q(district=value),
    "kelompok": _by_group,
    "sentra": lambda value: Q(conditions.at_centre(value)),
    "kendala": lambda value: Q(conditions.blocked_by(value)),
    "status": _by_status,
    "data": lambda value: data_states("firm__")[value],
    "nib": lambda value: Q(has_nib=value == "ya"),
    "siinas": _by_siinas,
    "tkdn": _by_tkdn,
    "lapor": _by_report,
    "mitra": _by_partner,
    "bantuan": _by_help,
    "langkah": lambda value: conditions.of_firm(chain.next_is(value)),
    "berakhir": _by_ending,
    "kurang": lambda value: BY_KEY[value].gap,
    "impor": _by_intake,
}


def standing_of(asked: Mapping[str, str]) -> Q:
    """What every filter asks of the derived row together; `asked` holds known values only."""
    met = Q()
    for name, rule in RULES.items():
        if value := asked.get(name):
            met &= rule(value)
    return met


def condition_of(asked: Mapping[str, str]) -> Q:
    """The same as a condition on firms."""
    met = standing_of(asked)
    return Q(conditions.stands(met)) if met else Q()


def narrowed(firms: FirmQuerySet, asked: Mapping[str, str]) -> FirmQuerySet:
    """The firms that meet every filter; without a status, of the working ones."""
    met = standing_of(asked)
    if not asked.get("status"):
        firms, met = firms.working(), met and met & Q(working=True)
    return firms.filter(conditions.stands(met)) if met else firms


def _choice(label: Any, every: Any, choices: Any = ()) -> filters.ChoiceFilter:
    return filters.ChoiceFilter(label=label, empty_label=every, choices=choices)


class StaffFirmFilter(filters.FilterSet):
    """The filters of the staff's list; `request.user` decides which values there are."""

    q = filters.CharFilter(label=_("Search"))
    wilayah = _choice(_("Region"), _("All regions"))
    kecamatan = _choice(_("District"), _("All districts"))
    kelompok = _choice(_("Industry group"), _("All groups"))
    sentra = _choice(_("Industry centre"), _("All centres"))
    status = _choice(
        _("Status"),
        _("Working firms"),
        [*FirmStatus.choices, (ALL_STATUSES, _("All, closed ones too"))],
    )
    data = _choice(_("Data state"), _("All states"), DataState.choices)
    nib = _choice(_("NIB"), _("With or without"), YES_NO)
    siinas = _choice(_("SIINas"), _("With or without account"), SIINAS)
    lapor = _choice(_("SIINas report"), _("Due or not"), REPORT)
    tkdn = _choice(_("TKDN"), _("With or without"), TKDN)
    mitra = _choice(_("Partner"), _("Partner or not"), PARTNER)
    bantuan = _choice(_("Help"), _("Helped or not"))
    langkah = _choice(_("Next step"), _("Any step"), chain.STANDINGS)
    berakhir = _choice(_("Certificate ends"), _("At any time"))
    kurang = _choice(
        _("Not provided"), _("Anything or nothing"), [(fact.key, fact.label) for fact in FACTS]
    )

    impor = _choice(_("Intake"), _("All intakes"))

    class Meta:
        model = Firm
        fields: list[str] = []

    def __init__(self, data: Any, queryset: FirmQuerySet, *, request: Any) -> None:
        super().__init__(data, queryset, request=request)
        self.mended = ""  # what is looked for in place of a question that finds nothing
        self.regencies = list(Regency.objects.in_reach(request.user))
        self.regency = self._regency()
        for name, choices in (
            ("wilayah", [(r.slug, r.short_name) for r in self.regencies]),
            ("kecamatan", list(self._districts())),
            ("kelompok", list(_groups())),
            ("sentra", self._centres()),
            ("berakhir", list(_endings())),
            ("bantuan", list(_help())),
            ("impor", self._intakes()),
        ):
            if name in self.filters:
                self.filters[name].extra["choices"] = choices

    def filter_queryset(self, queryset: FirmQuerySet) -> FirmQuerySet:
        """The rule, with the values that the form found good."""
        firms: FirmQuerySet = queryset.matching_for(self.request.user, self.question)
        if self.question and not firms.order_by().exists():
            self.mended = mended(self.question, self.request.user)
            if self.mended:
                firms = queryset.matching_for(self.request.user, self.mended)
        return narrowed(firms, self.asked)

    @property
    def counted(self) -> QuerySet[Any]:
        """What counts the same: the narrow derived rows, unless words are asked for."""
        if self.question:
            rows: QuerySet[Any] = self.qs
            return rows
        within = [regency.pk for regency in self.regencies]
        standing = Standing.objects.filter(standing_of(self.asked), regency__in=within)
        return standing if self.asked.get("status") else standing.working()

    @property
    def question(self) -> str:
        """What was searched for."""
        asked = str((self.data or {}).get("q", ""))
        return " ".join(asked.replace("\x00", " ").split())[:MAX_QUESTION]

    @property
    def asked(self) -> dict[str, str]:
        """The filters in force, by name."""
        self.form.is_valid()
        good: dict[str, Any] = self.form.cleaned_data
        return {name: good[name] for name in RULES if good.get(name)}

    @property
    def ignored(self) -> list[str]:
        """Values of the address that no filter knows, of each the beginning."""
        found = [str(self.data.get(name)) for name in self.form.errors if name in RULES]
        return [value.replace("\x00", " ")[:MAX_TOLD_LENGTH] for value in found]

    def _intakes(self) -> list[tuple[str, str]]:
        """The intake that the address names; it has no list of its own to choose from."""
        asked = str((self.data or {}).get("impor", ""))
        if not (asked.isascii() and asked.isdigit()):
            return []
        batches = IntakeBatch.objects.visible_to(self.request.user).filter(pk=asked)
        return [(str(pk), name) for pk, name in batches.values_list("pk", "file_name")]

    def _centres(self) -> list[tuple[str, str]]:
        """The centres of the region in force, or of all the person's regions."""
        centres = Centre.objects.visible_to(self.request.user).order_by("name")
        if self.regency:
            centres = centres.filter(regency=self.regency)
        return list(centres.values_list("slug", "name"))

    def _regency(self) -> Regency | None:
        """The region in force: the one asked for, or the only one there is for the person."""
        if len(self.regencies) == 1:
            return self.regencies[0]
        slug = (self.data or {}).get("wilayah")
        return next((r for r in self.regencies if r.slug == slug), None)

    def _districts(self) -> Iterator[tuple[str, str]]:
        if self.regency:
            yield from District.objects.filter(regency=self.regency).values_list("pk", "name")


class DeskFilter(StaffFirmFilter):
    """The filters of the work list: where, what kind, which centre, what blocks the account."""

    kendala = _choice(_("What blocks"), _("Anything or nothing"), SiinasBlocker.choices)
    q = status = data = nib = siinas = tkdn = mitra = bantuan = berakhir = kurang = impor = None


def _groups() -> Iterator[tuple[str, Any]]:
    yield from ((group.slug, group.name) for group in IndustryGroup.objects.all())
    yield UNMAPPED, _("Not mapped to a group")


def _help() -> Iterator[tuple[str, Any]]:
    yield from HELP
    this_year = timezone.localdate().year
    for year in (this_year, this_year - 1):
        yield f"pernah-{year}", _("Helped in %(year)s") % {"year": year}
        yield f"belum-{year}", _("Not helped in %(year)s") % {"year": year}


def _endings() -> Iterator[tuple[str, Any]]:
    for value, days in _WITHIN.items():
        yield value, _("Within %(n)s days") % {"n": days}
    for month in months_ahead(timezone.localdate()):
        yield f"{month:%Y-%m}", date_format(month, "F Y")
