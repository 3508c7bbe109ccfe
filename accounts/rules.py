"""The table of rights: what each role may do with each kind of thing. Pure data, no database.

Rule: what is not listed is forbidden. A kind is a model's label (`registry.firm`) or the name of a
page or a group of fields (`registry.owner`, `dashboards.pages`). The region is not in this table:
`policy` adds it, since a right always ends at the border of one's scope.
"""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a person is in the office; the values are stored."""

    PROVINCE_ADMIN = "province_admin"
    REGENCY_STAFF = "regency_staff"
    OFFICIAL = "official"


class Action(StrEnum):
    """What can be done with a thing; the values are those of Django's permissions."""

    VIEW = "view"
    ADD = "add"
    CHANGE = "change"
    DELETE = "delete"


_READ = frozenset({Action.VIEW})
_KEEP = frozenset({Action.VIEW, Action.ADD, Action.CHANGE})
_ALL = frozenset(Action)

# Rows that belong to a regency. Nobody deletes a firm: it is closed, with a reason. Rows that only
# describe a firm (its activities, its owners …) can be taken away; history keeps them.
_FIRM = {
    "registry.firm": _KEEP,
    "registry.productionsite": _KEEP,
    "registry.owner": _ALL,
    "registry.firmactivity": _ALL,
    "registry.annualprofile": _ALL,
    "registry.certificate": _ALL,
    "registry.partnership": _ALL,
    "registry.facilitation": _ALL,
    "registry.tkdnanswers": _ALL,
    "registry.siinasaccount": _KEEP,
    "registry.siinasstep": frozenset({Action.VIEW, Action.ADD}),
    "registry.siinasreport": _KEEP,
    "registry.target": _ALL,
    "registry.consent": _KEEP,
    "registry.objection": _KEEP,
    "registry.contact": frozenset({Action.VIEW, Action.ADD}),
    "registry.centre": _KEEP,
    "registry.centrefigure": _ALL,
    "registry.centrevillage": _ALL,
    "registry.centrestep": frozenset({Action.VIEW, Action.ADD}),
    "registry.centrerefusal": _ALL,
    "registry.villagehouseholds": _KEEP,
    "registry.intakebatch": frozenset({Action.VIEW, Action.ADD}),
    "registry.duplicatepair": _KEEP,
    "registry.firmmerge": _KEEP,
    "registry.firmcard": _KEEP,
    "registry.changeproposal": frozenset({Action.VIEW, Action.CHANGE}),
    "registry.cardrequest": frozenset({Action.VIEW, Action.CHANGE}),
    # What buyers write: it comes by the public pages, and goes to firms.
    "promotions.inquiry": _KEEP,
    "promotions.inquiryfirm": _KEEP,
}
_OF_STAFF = {
    "registry.owner", "registry.intakebatch", "registry.duplicatepair", "registry.firmmerge",
    "registry.firmcard", "registry.changeproposal", "registry.cardrequest",
    "registry.centrerefusal",
    "registry.contact",
    "promotions.inquiry", "promotions.inquiryfirm",
}  # fmt: skip

# What an official reads: the register, without owners' personal data and the tools of the staff.
_FIRM_READ = {kind: _READ for kind in _FIRM if kind not in _OF_STAFF}

# The same for every region: codes and names that the law or the province sets.
_REFERENCE = (
    "registry.regency",
    "registry.district",
    "registry.village",
    "registry.kbliedition",
    "registry.kblicode",
    "registry.kblimapping",
    "registry.commodity",
    "registry.industrygroup",
    "registry.unit",
    "registry.consenttext",
    "registry.tkdnrule",
    "registry.reportingperiod",
    "registry.centrethreshold",
)
_REFERENCE_READ = dict.fromkeys(_REFERENCE, _READ)
_PAGES = {"dashboards.pages": _READ}

RIGHTS: dict[Role, dict[str, frozenset[Action]]] = {
    Role.PROVINCE_ADMIN: {
        **_FIRM,
        **_REFERENCE_READ,
        **_PAGES,
        "registry.publicationdecision": _KEEP,
        "registry.tkdnrule": _KEEP,  # a new regulation comes, or more of one becomes known
        "registry.reportingperiod": _ALL,
        "registry.centrethreshold": frozenset({Action.VIEW, Action.CHANGE}),
        "registry.messagetemplate": _ALL,
        "accounts.user": _KEEP,
        "django_q.schedule": _READ,
        "django_q.failure": _READ,
        "django_q.success": _READ,
        "django_q.ormq": _READ,
    },
    Role.REGENCY_STAFF: {
        **_FIRM,
        **_REFERENCE_READ,
        **_PAGES,
        "registry.publicationdecision": _READ,
        "registry.messagetemplate": _READ,
    },
    Role.OFFICIAL: {**_FIRM_READ, **_REFERENCE_READ, **_PAGES},
}

# What a firm does with its own rows by the card that its office gave it, and with nobody else's.
CARD_RIGHTS: dict[str, frozenset[Action]] = {
    "registry.firm": frozenset({Action.VIEW, Action.CHANGE}),
    "registry.firmcard": frozenset({Action.VIEW, Action.CHANGE}),
    "registry.consent": _KEEP,
    "registry.objection": _KEEP,
    "registry.changeproposal": _KEEP,
    "promotions.inquiryfirm": frozenset({Action.VIEW, Action.CHANGE}),
}

# Who may open the admin at all; officials have the pages under /kerja/.
STAFF_ROLES = frozenset({Role.PROVINCE_ADMIN, Role.REGENCY_STAFF})


def allowed(role: str, action: str, kind: str) -> bool:
    """Whether `role` may do `action` with things of `kind`, borders aside; unknown is no."""
    try:
        return Action(action) in RIGHTS[Role(role)].get(kind, frozenset())
    except ValueError:
        return False
