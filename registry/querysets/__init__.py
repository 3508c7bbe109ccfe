"""Every filter and every visibility rule of the register.

`visible_to(user)` is what a person of the office may see, `public()` what everybody may. Nothing
else decides; both fail closed.
"""

from __future__ import annotations

from registry.querysets.base import (
    KbliQuerySet,
    ReferenceQuerySet,
    RegencyQuerySet,
    ScopedQuerySet,
    matching,
)
from registry.querysets.firms import (
    MAX_OWNERS,
    WORKING,
    FirmQuerySet,
    data_states,
)
from registry.querysets.parts import (
    CardQuerySet,
    CardRequestQuerySet,
    CentrePartQuerySet,
    CentreQuerySet,
    CertificateQuerySet,
    ConsentQuerySet,
    ContactQuerySet,
    FirmPartQuerySet,
    IntakeBatchQuerySet,
    ObjectionQuerySet,
    PartnershipQuerySet,
    PeriodQuerySet,
    ProposalQuerySet,
    PublicationQuerySet,
    ReportQuerySet,
    SiinasQuerySet,
    SiinasStepQuerySet,
    SiteQuerySet,
    TkdnRuleQuerySet,
)

__all__ = [
    "MAX_OWNERS",
    "WORKING",
    "CardQuerySet",
    "CardRequestQuerySet",
    "CentrePartQuerySet",
    "CentreQuerySet",
    "CertificateQuerySet",
    "ConsentQuerySet",
    "ContactQuerySet",
    "FirmPartQuerySet",
    "FirmQuerySet",
    "IntakeBatchQuerySet",
    "KbliQuerySet",
    "ObjectionQuerySet",
    "PartnershipQuerySet",
    "PeriodQuerySet",
    "ProposalQuerySet",
    "PublicationQuerySet",
    "ReferenceQuerySet",
    "RegencyQuerySet",
    "ReportQuerySet",
    "ScopedQuerySet",
    "SiinasQuerySet",
    "SiinasStepQuerySet",
    "SiteQuerySet",
    "TkdnRuleQuerySet",
    "data_states",
    "matching",
]
