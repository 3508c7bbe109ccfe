"""Tables of the register, one module a subject. Import them from here."""

from __future__ import annotations

from registry.models.cards import CardRequest, ChangeProposal, FirmCard
from registry.models.centre_parts import (
    CentreRefusal,
    CentreStep,
    CentreThreshold,
    VillageHouseholds,
)
from registry.models.centres import Centre, CentreFigure, CentreVillage
from registry.models.certificates import Certificate
from registry.models.classification import (
    Commodity,
    CommodityKbli,
    IndustryGroup,
    KbliCode,
    KbliEdition,
    KbliMapping,
    KbliWord,
    Unit,
)
from registry.models.consents import Consent, ConsentText, Objection, PublicationDecision
from registry.models.contacts import Contact, MessageTemplate
from registry.models.duplicates import DuplicatePair, FirmMerge
from registry.models.firms import Firm
from registry.models.intake import ColumnChoice, IntakeBatch, IntakeFile, IntakeRow
from registry.models.partnerships import Facilitation, Partnership
from registry.models.parts import AnnualProfile, FirmActivity, Owner, ProductionSite
from registry.models.regions import District, NameVariant, Regency, Village
from registry.models.reporting import ReportingPeriod, SiinasReport
from registry.models.siinas import SiinasAccount, SiinasStep
from registry.models.standing import Standing, StandingDue
from registry.models.targets import Target
from registry.models.tkdn import TkdnAnswers, TkdnRule
from registry.models.words import SearchWord

__all__ = [
    "AnnualProfile",
    "CardRequest",
    "Centre",
    "CentreFigure",
    "CentreRefusal",
    "CentreStep",
    "CentreThreshold",
    "CentreVillage",
    "Certificate",
    "ChangeProposal",
    "ColumnChoice",
    "Commodity",
    "CommodityKbli",
    "Consent",
    "ConsentText",
    "Contact",
    "District",
    "DuplicatePair",
    "Facilitation",
    "Firm",
    "FirmActivity",
    "FirmCard",
    "FirmMerge",
    "IndustryGroup",
    "IntakeBatch",
    "IntakeFile",
    "IntakeRow",
    "KbliCode",
    "KbliEdition",
    "KbliMapping",
    "KbliWord",
    "MessageTemplate",
    "NameVariant",
    "Objection",
    "Owner",
    "Partnership",
    "ProductionSite",
    "PublicationDecision",
    "Regency",
    "ReportingPeriod",
    "SearchWord",
    "SiinasAccount",
    "SiinasReport",
    "SiinasStep",
    "Standing",
    "StandingDue",
    "Target",
    "TkdnAnswers",
    "TkdnRule",
    "Unit",
    "Village",
    "VillageHouseholds",
]
