"""What the intake asks the database: official lists, firms that rows may mean, the person's scope.

The rule: of a firm outside the person's scope nothing leaves here but the regency that holds it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from accounts import policy
from registry.intake import words
from registry.intake.changes import CERTIFICATES, FIGURES, Standing
from registry.intake.interpret import Draft, Reference
from registry.intake.keys import CODE, firm_of_code
from registry.intake.likely import likely
from registry.intake.places import PlaceIndex
from registry.intake.plan import Known, Scope
from registry.intake.telling import BLANKS
from registry.intake.template import Lists
from registry.models import (
    Certificate,
    District,
    Firm,
    IntakeRow,
    KbliCode,
    NameVariant,
    Regency,
    Unit,
    Village,
)
from registry.models.firms import FirmStatus

_CHUNK = 5000
_FIGURE_COLUMNS = {"capacity_unit": "capacity_unit_id"}


def reference() -> Reference:
    """The official lists as they stand now."""
    codes: dict[str, set[str]] = defaultdict(set)
    for edition, code in KbliCode.objects.classes().values_list("edition_id", "code"):
        codes[edition].add(code)
    return Reference(
        places=PlaceIndex(
            Regency.objects.values_list("code", "name", "short_name", "kind"),
            District.objects.values_list("code", "regency_id", "name"),
            Village.objects.values_list("code", "district_id", "name"),
            NameVariant.objects.values_list("code", "variant"),
        ),
        kbli={edition: frozenset(known) for edition, known in codes.items()},
        units=words.unit_table(Unit.objects.values_list("code", "name_id", "aliases")),
    )


def template_lists() -> Lists:
    """What can be chosen in our own sheet."""
    districts = District.objects.order_by("regency__position", "name")
    return Lists(
        regencies=list(Regency.objects.values_list("name", flat=True)),
        districts=list(districts.values_list("name", "regency__name")),
        units=list(Unit.objects.values_list("code", flat=True)),
    )


def scope(by: Any) -> Scope:
    """Where the person may both add and change firms."""
    adding = policy.scope_of(by, policy.Action.ADD)
    changing = policy.scope_of(by, policy.Action.CHANGE)
    return Scope(
        everywhere=adding.everywhere and changing.everywhere,
        regencies=adding.regencies & changing.regencies,
        names=dict(Regency.objects.values_list("code", "name")),
    )


def known(drafts: Sequence[Draft], by: Any) -> Known:
    """The firms that the rows may mean."""
    of_nib, of_key = matched(drafts)
    standing = standings({*of_nib.values(), *of_key.values()}, by)
    open_rows = [draft for draft in drafts if not _is_settled(draft, of_nib, of_key)]
    return Known(
        by_nib={nib: standing[pk] for nib, pk in of_nib.items()},
        by_key={key: standing[pk] for key, pk in of_key.items() if pk in standing},
        likely=likely(open_rows, by),
    )


def together(parts: Iterable[Known]) -> Known:
    """What is known of the rows of several parts."""
    every = Known({}, {}, {})
    for part in parts:
        every.by_nib |= part.by_nib
        every.by_key |= part.by_key
        every.likely |= part.likely
    return every


def _is_settled(draft: Draft, of_nib: Mapping[str, int], of_key: Mapping[str, int]) -> bool:
    """Whether no likeness has to be asked for: the firm is certain, or the row is wrong."""
    values = draft.values
    return draft.has_errors or values.get("nib") in of_nib or draft.key in of_key


def matched(drafts: Sequence[Draft]) -> tuple[dict[str, int], dict[str, int]]:
    """The firms that the rows are about for certain: by NIB, and by the key of the row."""
    nibs = {nib for draft in drafts if (nib := draft.values.get("nib"))}
    keys = {draft.key for draft in drafts if draft.key}
    standing_pk = Coalesce("merged_into_id", F("pk"))
    of_nib = dict(_pairs(Firm.objects.annotate(now=standing_pk), "nib", nibs, "now"))
    return of_nib, {**_remembered(keys), **_coded(drafts)}


def standings(pks: Iterable[int], by: Any) -> dict[int, Standing]:
    """The firms with these keys as the intake sees them."""
    found: dict[int, Standing] = {}
    for chunk in _chunks(sorted(set(pks))):
        for firm in with_parts(Firm.objects.filter(pk__in=chunk)):
            found[firm.pk] = standing_of(firm, by)
    return found


def with_parts(firms: QuerySet[Firm]) -> QuerySet[Firm]:
    """Firms with all that a sheet may change of them, in a fixed number of queries."""
    return firms.prefetch_related(
        "owners", "activities", "profiles", "certificates", "sites__siinas", "merged"
    )


def standing_of(firm: Firm, by: Any) -> Standing:
    """A firm with its parts as the intake sees it; of a foreign one only its regency."""
    if policy.may(by, policy.Action.CHANGE, firm):
        return _standing(firm)
    return _hidden(firm)


def _hidden(firm: Firm) -> Standing:
    return Standing(pk=firm.pk, label="", regency=firm.regency_id, values={"nib": firm.nib})


def _standing(firm: Firm) -> Standing:
    standing = Standing(
        pk=firm.pk,
        label=str(firm),
        regency=firm.regency_id,
        values=_values(firm),
        data_year=firm.data_year,
        owners=[(owner.name, owner.gender) for owner in firm.owners.all()],
        kbli=next((a.kbli_id for a in firm.activities.all() if a.is_primary), None),
        closed=firm.status == FirmStatus.CLOSED,
        merged_nibs=frozenset(gone.nib for gone in firm.merged.all() if gone.nib),
    )
    for profile in firm.profiles.all():
        standing.figures[profile.year] = {
            name: getattr(profile, _FIGURE_COLUMNS.get(name, name)) for name in FIGURES
        }
    for certificate in firm.certificates.all():
        standing.certificates.setdefault(certificate.kind, set()).add(certificate.number)
        standing.blanks[certificate.kind, certificate.number] = _blanks(certificate)
        if certificate.kind == CERTIFICATES["tkdn_number"]:
            standing.percents[certificate.number] = certificate.tkdn_percent
    _add_account(standing, firm)
    return standing


def _blanks(certificate: Certificate) -> frozenset[str]:
    """What may still be learned of it; an open-ended one has no end, only TKDN a percentage."""
    names = {name for name in BLANKS if getattr(certificate, name) is None}
    if certificate.open_ended:
        names.discard("valid_until")
    if certificate.kind != CERTIFICATES["tkdn_number"]:
        names.discard("tkdn_percent")
    return frozenset(names)


def _add_account(standing: Standing, firm: Firm) -> None:
    account = next((s.siinas for s in firm.sites.all() if s.is_main and hasattr(s, "siinas")), None)
    if account is not None:
        standing.siinas = account.state
        standing.siinas_undated = account.registered_on is None and account.issued_on is None


def _values(firm: Firm) -> dict[str, Any]:
    return {
        "name": firm.name,
        "legal_form": firm.legal_form,
        "address": firm.address,
        "regency_code": firm.regency_id,
        "district_code": firm.district_id,
        "village_code": firm.village_id,
        "phone": firm.phone,
        "email": firm.email,
        "website": firm.website,
        "nib": firm.nib,
        "npwp": firm.npwp,
        "product": firm.products,
        "brand": firm.brand,
        "start_year": firm.start_year,
        "latitude": firm.latitude,
        "longitude": firm.longitude,
        "active": firm.status not in (FirmStatus.INACTIVE, FirmStatus.CLOSED),
        "notes": firm.notes,
    }


def _coded(drafts: Sequence[Draft]) -> dict[str, int]:
    """The firms that rows name by the register's own code."""
    codes = {pk for draft in drafts if (pk := firm_of_code(draft.values)) is not None}
    found: dict[str, int] = {}
    for chunk in _chunks(sorted(codes)):
        now = Coalesce("merged_into_id", F("pk"))
        known = Firm.objects.filter(pk__in=chunk).annotate(now=now).values_list("pk", "now")
        found |= {f"{CODE}{pk}": standing for pk, standing in known}
    return found


def _remembered(keys: Iterable[str]) -> dict[str, int]:
    """The firm that rows with these keys became; a key that means two firms means none."""
    found: dict[str, set[int]] = defaultdict(set)
    rows = IntakeRow.objects.filter(firm__isnull=False)
    for key, pk in _pairs(rows, "key", keys, "firm_id"):
        found[key].add(pk)
    return {key: next(iter(pks)) for key, pks in found.items() if len(pks) == 1}


def _pairs(rows: Any, column: str, wanted: Iterable[str], other: str) -> Iterable[tuple[str, int]]:
    for chunk in _chunks(sorted(wanted)):
        yield from rows.filter(**{f"{column}__in": chunk}).values_list(column, other)


def _chunks(items: Sequence[Any]) -> Iterable[Sequence[Any]]:
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]
