"""Makes rows for tests by the road that the product takes: the services."""

from __future__ import annotations

import datetime as dt
from typing import Any

from registry.models import AnnualProfile, Firm, FirmActivity, Owner, SiinasAccount
from registry.services import SYSTEM, FirmDraft, consent_give, firm_register

TEGALWANGI = "32.09.19.2009"
PAOMAN = "32.12.15.1008"
CIGUGUR = "32.08.18.1001"


def make_firm(
    name: str = "Rotan Uji",
    *,
    village: str = TEGALWANGI,
    kbli: str | None = "2020-31002",
    owner: str = "",
    siinas: dict[str, Any] | None = None,
    profile: dict[str, Any] | None = None,
    consents: tuple[str, ...] = (),
    **fields: Any,
) -> Firm:
    """A firm at a village, with what the test names."""
    firm = Firm(
        name=name,
        regency_id=village[:5],
        district_id=village[:8],
        village_id=village,
        **fields,
    )
    draft = FirmDraft(firm)
    if kbli:
        draft.activities.append(FirmActivity(kbli_id=kbli, is_primary=True))
    if owner:
        draft.owners.append(Owner(name=owner))
    if profile is not None:
        draft.profiles.append(AnnualProfile(year=2025, **profile))
    if siinas is not None:
        draft.siinas = SiinasAccount(**siinas)
    firm_register(draft, by=SYSTEM, reason="uji")
    for purpose in consents:
        consent_give(
            firm=firm, purpose=purpose, channel="paper", by=SYSTEM, on=dt.date(2026, 11, 2)
        )
    return firm
