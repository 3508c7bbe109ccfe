"""What moves along when two firms become one: one rule for every table that refers to firms.

Rule: a table that is not declared here refuses every merge, so that a new one must decide. Nothing
is thrown away: a row that the kept firm has already fills its blanks and stays with the firm that
is gone, where undoing finds it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db import models

from registry.duplicates.scoring import owner_key
from registry.models import Firm, TkdnAnswers
from registry.models.consents import Purpose
from registry.services.journal import Journal

Mover = Callable[[Journal, Firm, Firm], None]
Groups = tuple[tuple[str, ...], ...]

_OWNER: Groups = (("gender",), ("phone",), ("email",))
# Fields that are known together, or not at all.
_PROFILE: Groups = (
    ("workers_male", "workers_female", "workers_total"),
    ("capacity_quantity", "installed_capacity", "capacity_unit_id"),
    ("production_quantity", "production_unit_id"),
    ("exports", "export_countries"),
    ("investment",),
    ("business_capital",),
    ("working_capital",),
    ("land_investment",),
    ("building_investment",),
    ("production_value",),
    ("raw_material_value",),
    ("annual_sales",),
    ("source",),
)
_CERTIFICATE: Groups = (
    ("issued_on", "valid_until", "open_ended"),
    ("product",),
    ("tkdn_percent",),
    ("regulation",),
    ("file",),
    ("issuer",),
    ("facilitation_program", "facilitated_by", "facilitation_year"),
)
_TKDN = ("made_in_house", "material", "labour", "overhead", "development")
_SITE: Groups = (("centre_id",),)


def owners(journal: Journal, kept: Firm, gone: Firm) -> None:
    """A person stands once."""
    known = {owner_key(owner.name): owner for owner in kept.owners.all()}
    for owner in gone.owners.all():
        if same := known.get(owner_key(owner.name)):
            _fill(journal, same, owner, _OWNER)
        else:
            journal.change(owner, firm_id=kept.pk)


def activities(journal: Journal, kept: Firm, gone: Firm) -> None:
    """A KBLI stands once, and the kept firm's primary stays the primary."""
    known = {activity.kbli_id for activity in kept.activities.all()}
    primary = kept.activities.filter(is_primary=True).exists()
    for activity in gone.activities.order_by("pk"):
        if activity.kbli_id not in known:
            first = activity.is_primary and not primary
            journal.change(activity, firm_id=kept.pk, is_primary=first)


def profiles(journal: Journal, kept: Firm, gone: Firm) -> None:
    """Of a year that both have, the kept firm's figures win and its blanks are filled."""
    known = {profile.year: profile for profile in kept.profiles.all()}
    for profile in gone.profiles.order_by("pk"):
        if same := known.get(profile.year):
            _fill(journal, same, profile, _PROFILE)
        else:
            journal.change(profile, firm_id=kept.pk)


def certificates(journal: Journal, kept: Firm, gone: Firm) -> None:
    """A certificate with the same kind and number stands once."""
    known = {(c.kind, c.number): c for c in kept.certificates.all() if c.number}
    for certificate in gone.certificates.order_by("pk"):
        if same := known.get((certificate.kind, certificate.number)):
            _fill(journal, same, certificate, _CERTIFICATE)
        else:
            journal.change(certificate, firm_id=kept.pk)


def partnerships(journal: Journal, kept: Firm, gone: Firm) -> None:
    """All move along: two ties to one office may both be true."""
    for tie in gone.partnerships.order_by("pk"):
        journal.change(tie, firm_id=kept.pk)


def facilitations(journal: Journal, kept: Firm, gone: Firm) -> None:
    """The same help on the same day stands once."""
    known = {(f.kind, f.program, f.given_on): f for f in kept.facilitations.all()}
    for help_given in gone.facilitations.order_by("pk"):
        key = (help_given.kind, help_given.program, help_given.given_on)
        if same := known.get(key):
            _fill(journal, same, help_given, (("given_by",), ("value",)))
        else:
            journal.change(help_given, firm_id=kept.pk)


def tkdn_answers(journal: Journal, kept: Firm, gone: Firm) -> None:
    """One set of answers a firm: what the kept firm has not answered is filled from the other."""
    theirs = TkdnAnswers.objects.filter(firm=gone).first()
    if theirs is None:
        return
    if mine := TkdnAnswers.objects.filter(firm=kept).first():
        _fill_unknown(journal, mine, theirs, _TKDN)
    else:
        journal.change(theirs, firm_id=kept.pk)


def consents(journal: Journal, kept: Firm, gone: Firm) -> None:
    """One in force for each purpose; a withdrawal of either firm holds for both."""
    in_force = {consent.purpose for consent in kept.consents.in_force()}
    for consent in gone.consents.order_by("pk"):
        if consent.withdrawn_on or consent.purpose not in in_force:
            journal.change(consent, firm_id=kept.pk)
    withdrawn: dict[str, Any] = {}
    for consent in kept.consents.filter(withdrawn_on__isnull=False):
        last = withdrawn.get(consent.purpose)
        withdrawn[consent.purpose] = max(filter(None, (last, consent.withdrawn_on)))
    for consent in kept.consents.in_force():
        day = withdrawn.get(consent.purpose)
        if day and consent.given_on <= day:
            journal.change(consent, withdrawn_on=day)


def objections(journal: Journal, kept: Firm, gone: Firm) -> None:
    """A wish of either firm not to be shown holds for both, unless one agreed after it."""
    mine = kept.objections.in_force().first()
    for objection in gone.objections.order_by("pk"):
        if objection.lifted_on or mine is None:
            journal.change(objection, firm_id=kept.pk)
    wish = kept.objections.in_force().first()
    agreed = kept.consents.in_force().filter(purpose=Purpose.CATALOGUE).first()
    if wish and agreed:
        if agreed.given_on <= wish.said_on:
            journal.change(agreed, withdrawn_on=wish.said_on)
        else:
            journal.change(wish, lifted_on=agreed.given_on)


def contacts(journal: Journal, kept: Firm, gone: Firm) -> None:
    """All move along: each was a talk of its own."""
    for contact in gone.contacts.order_by("pk"):
        journal.change(contact, firm_id=kept.pk)


def sites(journal: Journal, kept: Firm, gone: Firm) -> None:
    """Sites with their accounts; two main sites at one place are one, and no account is lost."""
    main = kept.sites.filter(is_main=True).first()
    for site in gone.sites.order_by("pk").select_related("siinas"):
        if main is not None and site.is_main and _at_one_place(site, main):
            _fill(journal, main, site, _SITE)
            account = getattr(site, "siinas", None)
            if account is None:
                continue
            if not hasattr(main, "siinas"):
                journal.change(account, site_id=main.pk)
                continue
        first = site.is_main and main is None
        journal.change(site, firm_id=kept.pk, is_main=first)


def intake_rows(journal: Journal, kept: Firm, gone: Firm) -> None:
    """The same sheet taken in again finds the firm that was kept."""
    for row in gone.intake_rows.order_by("pk").only("pk", "firm_id"):
        journal.change(row, firm_id=kept.pk)


def merged(journal: Journal, kept: Firm, gone: Firm) -> None:
    """Whatever was merged before leads on."""
    for earlier in gone.merged.order_by("pk"):
        journal.change(earlier, merged_into_id=kept.pk)


def proposals(journal: Journal, kept: Firm, gone: Firm) -> None:
    """What waits moves along, unless the kept firm has a correction of the same field waiting."""
    known = {each.what for each in kept.proposals.waiting()}
    for proposal in gone.proposals.waiting().order_by("pk"):
        if proposal.what not in known:
            journal.change(proposal, firm_id=kept.pk)


def inquiries(journal: Journal, kept: Firm, gone: Firm) -> None:
    """What buyers wrote moves along, unless the kept firm has the same inquiry."""
    known = {each.inquiry_id for each in kept.inquiries.all()}
    for row in gone.inquiries.order_by("pk"):
        if row.inquiry_id not in known:
            journal.change(row, firm_id=kept.pk)


def stays(journal: Journal, kept: Firm, gone: Firm) -> None:
    """Rows about the firm that is gone, as it was."""


# Every column of every table that refers to a firm.
DECLARED: dict[str, Mover] = {
    "registry.owner.firm": owners,
    "registry.firmactivity.firm": activities,
    "registry.annualprofile.firm": profiles,
    "registry.certificate.firm": certificates,
    "registry.partnership.firm": partnerships,
    "registry.facilitation.firm": facilitations,
    "registry.tkdnanswers.firm": tkdn_answers,
    "registry.consent.firm": consents,
    "registry.objection.firm": objections,
    "registry.contact.firm": contacts,
    "registry.productionsite.firm": sites,
    "registry.intakerow.firm": intake_rows,
    "registry.firm.merged_into": merged,
    "registry.changeproposal.firm": proposals,
    "promotions.inquiryfirm.firm": inquiries,
    # A card opens the firm that it was given for, and no other; undoing a merge brings it back.
    "registry.firmcard.firm": stays,
    "registry.cardrequest.firm": stays,
    "registry.duplicatepair.first": stays,
    "registry.duplicatepair.second": stays,
    "registry.firmmerge.kept": stays,
    "registry.firmmerge.gone": stays,
}


def relations() -> Iterator[str]:
    """The columns that refer to a firm, as the code of the tables says; history is no reference."""
    for relation in Firm._meta.get_fields(include_hidden=True):
        if relation.concrete or not (relation.one_to_many or relation.one_to_one):
            continue
        if relation.on_delete is not models.DO_NOTHING:  # type: ignore[union-attr]
            field = relation.field  # type: ignore[union-attr]
            yield f"{field.model._meta.label_lower}.{field.name}"


def undeclared() -> list[str]:
    """Columns that nobody decided about."""
    return sorted(set(relations()) - set(DECLARED))


def _fill(journal: Journal, row: Any, other: Any, groups: Groups) -> None:
    """Fill what is wholly blank in a row from another."""
    for group in groups:
        mine = {name: getattr(row, name) for name in group}
        theirs = {name: getattr(other, name) for name in group}
        if not any(map(_filled, mine.values())) and any(map(_filled, theirs.values())):
            journal.change(row, **theirs)


def _fill_unknown(journal: Journal, row: Any, other: Any, names: tuple[str, ...]) -> None:
    """Fill yes/no answers that are unknown: here "no" is an answer."""
    told = {n: getattr(other, n) for n in names if getattr(row, n) is None}
    if known := {name: value for name, value in told.items() if value is not None}:
        journal.change(row, **known)


def _filled(value: Any) -> bool:
    return value not in (None, "", False) and str(value) != ""


def _at_one_place(a: Any, b: Any) -> bool:
    """Whether one place is the other, or only says less of it."""
    one, two = (s.village_id or s.district_id or s.regency_id for s in (a, b))
    return bool(one.startswith(two) or two.startswith(one))
