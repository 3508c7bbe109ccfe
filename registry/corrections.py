"""What a firm may propose to correct: which columns, what stands there, how it is said.

Rule: the list is fixed (`Correction`), and nothing outside it can be written by accepting. Values
are compared by column, so that an officer sees when what stood there has changed meanwhile.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from registry.models import AnnualProfile, Firm, Village
from registry.models.cards import Correction

Values = dict[str, Any]
# The columns of the firm's own row that each correction sets; workers stand in the year's profile.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    Correction.PHONE: ("phone",),
    Correction.WHATSAPP: ("whatsapp",),
    Correction.EMAIL: ("email",),
    Correction.WEBSITE: ("website",),
    Correction.ADDRESS: ("address",),
    Correction.VILLAGE: ("regency_id", "district_id", "village_id"),
    Correction.PRODUCTS: ("products",),
    Correction.BRAND: ("brand",),
}
WORKERS = ("workers_male", "workers_female", "workers_total")


def on_record(firm: Firm, on: dt.date | None = None) -> dict[str, Values]:
    """What stands on record now, by correction; workers are those of the year of the day."""
    year = (on or timezone.localdate()).year
    return {
        **{what: _own(firm, what) for what in COLUMNS},
        Correction.WORKERS.value: _workers(firm, year),
    }


def now_of(firm: Firm, what: str, new: Values) -> Values:
    """What stands on record now where a correction would be written."""
    return _own(firm, what) if what in COLUMNS else _workers(firm, new["year"])


def put(firm: Firm, what: str, new: Values) -> AnnualProfile | None:
    """Set the values on the firm, not yet saved; of workers, on the profile of the year."""
    if what in COLUMNS:
        for name in COLUMNS[what]:
            setattr(firm, name, new[name])
        return None
    profile = firm.profiles.filter(year=new["year"]).first()
    profile = profile or AnnualProfile(firm=firm, year=new["year"])
    for name in WORKERS:
        setattr(profile, name, new[name])
    return profile


def stamp_of(values: Values) -> str:
    """A mark of what somebody saw, to tell later whether it still stands."""
    told = json.dumps(values, sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def villages_of(every: Iterable[Values]) -> dict[str, Village]:
    """The villages that some values name, fetched at once."""
    keys = {values["village_id"] for values in every if values.get("village_id")}
    return Village.objects.select_related("district").in_bulk(keys) if keys else {}


def said(what: str, values: Values, villages: Mapping[str, Village]) -> str:
    """Values in people's words; "" where nothing is on record."""
    if what == Correction.WORKERS:
        return _workers_said(values)
    if what == Correction.VILLAGE:
        village = villages.get(values["village_id"] or "")
        return f"{village.name}, {village.district.name}" if village else ""
    return str(values[COLUMNS[what][0]] or "")


def _own(firm: Firm, what: str) -> Values:
    return {name: getattr(firm, name) for name in COLUMNS[what]}


def _workers(firm: Firm, year: int) -> Values:
    profile = next((each for each in firm.profiles.all() if each.year == year), None)
    return {"year": year, **{name: getattr(profile, name, None) for name in WORKERS}}


def _workers_said(values: Values) -> str:
    """For example: 3 men, 5 women (2026)."""
    words = (
        ("workers_total", _("%(n)s in all")),
        ("workers_male", _("%(n)s men")),
        ("workers_female", _("%(n)s women")),
    )
    parts = [
        text % {"n": number_format(values[name], force_grouping=True)}
        for name, text in words
        if values[name] is not None
    ]
    return f"{', '.join(parts)} ({values['year']})" if parts else ""
