"""Random registers for property tests: firms of every standing, registered as a sheet is."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from registry.models import (
    AnnualProfile,
    Certificate,
    Firm,
    FirmActivity,
    Partnership,
    SiinasAccount,
    TkdnAnswers,
)
from registry.services import FirmDraft
from registry.siinas import State

KBLIS = ["2020-31002", "2025-31012", "2020-47242", None]
CAPITALS = [None, 0, 4_999_999_999, 5_000_000_000, 5_000_000_001]
FIRM = st.fixed_dictionaries(
    {
        "nib": st.sampled_from([True, True, False]),
        "scale": st.sampled_from(["micro", "small", "small", "medium", ""]),
        "kbli": st.sampled_from(KBLIS),
        "further": st.booleans(),
        "capitals": st.lists(st.sampled_from(CAPITALS), max_size=2),
        "state": st.sampled_from([None, "complete", "complete", *[s.value for s in State]]),
        "in_house": st.sampled_from(["no row", None, True, False]),
        "certificate": st.sampled_from([None, "valid", "ended", "applied"]),
        "partner": st.booleans(),
        "status": st.sampled_from(["active", "active", "unverified", "inactive"]),
        "village": st.sampled_from(["32.09.19.2009", "32.12.15.1008"]),
    }
)
FIRMS = st.lists(FIRM, min_size=1, max_size=8)
# A firm that is ready to ask for its certificate; tests change one thing of it at a time.
NEARLY: dict[str, Any] = {
    "nib": True, "scale": "small", "kbli": "2020-31002", "further": False, "capitals": [1],
    "state": "complete", "in_house": None, "certificate": None, "partner": False,
    "status": "active", "village": "32.09.19.2009",
}  # fmt: skip


def draft_of(number: int, told: dict[str, Any]) -> FirmDraft:
    """A firm with these facts, as a sheet brings it."""
    village = told["village"]
    firm = Firm(
        name=f"Usaha {number}",
        regency_id=village[:5],
        district_id=village[:8],
        village_id=village,
        nib=f"{number:013d}" if told["nib"] else None,
        scale_on_nib=told["scale"],
        status=told["status"],
    )
    draft = FirmDraft(firm)
    if told["kbli"]:
        draft.activities.append(FirmActivity(kbli_id=told["kbli"], is_primary=True))
    if told["further"]:
        draft.activities.append(FirmActivity(kbli_id="2020-10794", is_primary=False))
    draft.profiles = [
        AnnualProfile(year=2023 + n, business_capital=capital)
        for n, capital in enumerate(told["capitals"])
    ]
    if told["state"]:
        blocker = "other" if told["state"] == "blocked" else ""
        draft.siinas = SiinasAccount(state=told["state"], blocker=blocker)
    if told["in_house"] != "no row":
        draft.tkdn_answers.append(TkdnAnswers(made_in_house=told["in_house"]))
    if told["certificate"]:
        draft.certificates.append(_certificate(told["certificate"]))
    if told["partner"]:
        draft.partnerships.append(
            Partnership(kind="mentoring", partner="Dinas", started_on=dt.date(2024, 1, 1))
        )
    return draft


def _certificate(kind: str) -> Certificate:
    ends = {"valid": dt.date(2099, 1, 1), "ended": dt.date(2020, 1, 1), "applied": None}[kind]
    status = "applied" if kind == "applied" else "issued"
    return Certificate(kind="tkdn_ik", status=status, valid_until=ends)
