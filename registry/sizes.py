"""The size classes of a firm on record, from its latest yearly profile; for staff only.

Several definitions stand side by side (`registry.sizing`); no label is stored and none is public.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.models import AnnualProfile, Firm
from registry.sizing import SizeAnswer, SizeClass, SizeInputs, classify_all

# PP 7/2021 came into force on 2 February 2021: of firms begun that year one can't tell.
PP7_YEAR = 2021

LABELS = {
    SizeClass.MICRO: gettext_lazy("Micro"),
    SizeClass.SMALL: gettext_lazy("Small"),
    SizeClass.MEDIUM: gettext_lazy("Medium"),
    SizeClass.LARGE: gettext_lazy("Large"),
    SizeClass.NOT_SMALL: gettext_lazy("Not small"),
}


@dataclass(frozen=True)
class FirmSizes:
    """The answers of all definitions, and the year of the figures; None without a profile."""

    year: int | None
    answers: tuple[SizeAnswer, ...]

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Each definition that speaks of the firm, and its label or what is missing for one."""
        return [(a.regulation, _said(a)) for a in self.answers if a.applies]


def sizes_of(firm: Firm, on: dt.date) -> FirmSizes:
    """Class the firm under each definition in force on the day."""
    profile: AnnualProfile | None = firm.profiles.order_by("-year").first()
    return FirmSizes(profile.year if profile else None, classify_all(_inputs(firm, profile), on))


def _inputs(firm: Firm, profile: AnnualProfile | None) -> SizeInputs:
    before = None
    if firm.start_year is not None and firm.start_year != PP7_YEAR:
        before = firm.start_year < PP7_YEAR
    if profile is None:
        return SizeInputs(founded_before_pp7=before)
    return SizeInputs(
        workers=profile.workers,
        investment=profile.investment,
        business_capital=profile.business_capital,
        annual_sales=profile.annual_sales,
        founded_before_pp7=before,
    )


def _said(answer: SizeAnswer) -> str:
    if answer.label is not None:
        return str(LABELS[answer.label])
    names = {"workers": _("workers"), "founded_before_pp7": _("start year")}
    missing = [
        names.get(name) or str(AnnualProfile._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        for name in answer.missing
    ]
    return _("cannot be said yet, missing: %(what)s") % {"what": ", ".join(missing)}
