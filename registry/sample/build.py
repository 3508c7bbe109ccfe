"""Drafts of invented firms over the real villages; the same seed and day give the same firms.

Rule: nobody here is real. Phones lie in a block that is given to nobody, e-mails end in
`.example`, numbers of certificates say that they are examples, and every firm is marked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from registry.models import (
    Centre,
    CentreVillage,
    CommodityKbli,
    ConsentText,
    Firm,
    FirmActivity,
    Owner,
    Village,
)
from registry.models.firms import Confirmation, FirmStatus, SeenDocument
from registry.sample import figures, papers, words
from registry.sample.draws import Draws
from registry.services import FirmDraft

SOURCE = "Data contoh"
_PHONES = 500_000  # firms below, owners above

_FORMS = {
    "": 33, "perorangan": 25, "ud": 17, "cv": 9, "pt": 3, "pt_perorangan": 4,
    "koperasi": 3, "kub": 4, "po": 2,
}  # fmt: skip
_STATUSES = {
    FirmStatus.ACTIVE: 85,
    FirmStatus.UNVERIFIED: 8,
    FirmStatus.INACTIVE: 4,
    FirmStatus.CLOSED: 3,
}


def drafts(count: int, seed: int, today: dt.date) -> Iterator[FirmDraft]:
    """`count` drafts, none of them saved; those of a smaller count are the first of a larger."""
    draws, places = Draws(seed, today), Places.of_the_register()
    texts = _texts_of(today)
    shares = {region: words.REGIONS[region][0] for region in words.REGIONS if places.has(region)}
    used: set[str] = set()
    for number in range(count):
        region = draws.weighted(shares)
        trade = draws.weighted(dict(words.REGIONS[region][1]))
        village, centre = places.draw(draws, region, trade)
        size = figures.size(draws, form := draws.weighted(_FORMS))
        firm = _firm(draws, number, trade, village, form)
        firm.name = _name(draws, trade, village, used)
        _registration(draws, firm, size, used)
        siinas = papers.account(draws, firm)
        yield FirmDraft(
            firm,
            owners=_owners(draws, number, form),
            activities=_activities(draws, trade),
            profiles=figures.profiles(draws, firm, trade, size),
            certificates=papers.certificates(draws, firm, number, trade, siinas),
            consents=papers.consents(draws, firm, texts),
            partnerships=papers.partnerships(draws, siinas),
            facilitations=papers.facilitations(draws),
            siinas=siinas,
            centre_id=centre,
        )


@dataclass(frozen=True)
class Places:
    """The villages of each regency, and the centres of each product group with their villages."""

    villages: dict[str, list[Village]]
    centres: dict[tuple[str, str], list[tuple[int, list[Village]]]]
    centre_at: dict[tuple[str, str], int]
    commodity_of: dict[str, str]

    @classmethod
    def of_the_register(cls) -> Places:
        """Read what the register holds."""
        villages: dict[str, list[Village]] = {}
        for village in Village.objects.order_by("code"):
            villages.setdefault(village.code[:5], []).append(village)
        members: dict[int, set[str]] = {}
        for centre_id, code in CentreVillage.objects.values_list("centre_id", "village_id"):
            members.setdefault(centre_id, set()).add(code)
        centres: dict[tuple[str, str], list[tuple[int, list[Village]]]] = {}
        centre_at: dict[tuple[str, str], int] = {}
        for centre in Centre.objects.public().order_by("slug"):
            codes = members.get(centre.pk, set())
            lie_in = [
                village
                for village in villages.get(centre.regency_id, [])
                if village.code in codes
                or (not codes and village.district_id == centre.district_id)
            ]
            if lie_in:
                key = (centre.regency_id, centre.commodity_id)
                centres.setdefault(key, []).append((centre.pk, lie_in))
            centre_at |= {(code, centre.commodity_id): centre.pk for code in sorted(codes)}
        commodity_of = {
            row.kbli_id: row.commodity_id
            for row in CommodityKbli.objects.filter(kbli__edition="2020")
        }
        return cls(villages, centres, centre_at, commodity_of)

    def has(self, region: str) -> bool:
        """Whether the register knows the region."""
        return region in self.villages

    def draw(self, draws: Draws, region: str, trade: words.Trade) -> tuple[Village, int | None]:
        """A village, often in a centre of the trade; and the centre, if it lies in one."""
        commodity = self.commodity_of.get(f"2020-{trade.kbli_2020}", "")
        centres = self.centres.get((region, commodity))
        if centres and draws.chance(0.55):
            centre, lie_in = draws.pick(centres)
            return draws.pick(lie_in), centre
        village = draws.pick(self.villages[region])
        return village, self.centre_at.get((village.code, commodity))


def _texts_of(today: dt.date) -> dict[str, ConsentText]:
    """The words in force for each purpose; before there are any, the first that will be."""
    found: dict[str, ConsentText] = {}
    for text in ConsentText.objects.order_by("purpose", "version"):
        if text.purpose not in found or text.effective_on <= today:
            found[text.purpose] = text
    return found


def _firm(draws: Draws, number: int, trade: words.Trade, village: Village, form: str) -> Firm:
    data_year = draws.today.year - draws.weighted({0: 25, 1: 50, 2: 25})
    phone = _phone(number % _PHONES) if draws.chance(0.85) else ""
    firm = Firm(
        legal_form=form,
        products=", ".join(draws.random.sample(trade.products, draws.number(1, 2))),
        regency_id=village.code[:5],
        district_id=village.code[:8],
        village_id=village.code,
        address=_address(draws),
        phone=phone,
        whatsapp=phone if draws.chance(0.6) else "",
        email=f"usaha{number}@contoh.example" if draws.chance(0.3) else "",
        start_year=figures.start_year(draws, data_year),
        status=draws.weighted(_STATUSES),
        data_year=data_year,
        source=SOURCE,
        is_sample=True,
    )
    if draws.chance(0.3):
        firm.brand = " ".join(draws.random.sample(words.NAME_WORDS, 2))
    if firm.status == FirmStatus.CLOSED:
        firm.closed_on, firm.closed_reason = draws.days_ago(1, 700), draws.pick(words.CLOSING)
    if village.latitude is not None and village.longitude is not None and draws.chance(0.6):
        firm.latitude = village.latitude + _near(draws)
        firm.longitude = village.longitude + _near(draws)
    if draws.chance(0.4):
        firm.confirmed_on = draws.days_ago(1, 600)
        firm.confirmed_how = draws.pick(Confirmation.values)
        if draws.chance(0.5):
            firm.verified_on = firm.confirmed_on
            firm.verified_document = draws.pick(SeenDocument.values)
    return firm


def _registration(draws: Draws, firm: Firm, size: figures.Size, used: set[str]) -> None:
    """NIB with the scale printed on it, and NPWP; bodies have them more often."""
    if draws.chance(0.95 if firm.is_legal_entity else 0.72):
        firm.nib = _unused(draws, used)
        firm.scale_on_nib = size.scale if draws.chance(0.9) else ""
    if draws.chance(0.8 if firm.is_legal_entity else 0.3):
        firm.npwp = f"00{draws.number(0, 10**13 - 1):013d}"


def _unused(draws: Draws, used: set[str]) -> str:
    while (nib := f"{draws.number(0, 10**13 - 1):013d}") in used:
        pass
    used.add(nib)
    return nib


def _name(draws: Draws, trade: words.Trade, village: Village, used: set[str]) -> str:
    """A name that no neighbour has, as far as the words reach."""
    for _attempt in range(10):
        first, second = draws.random.sample(words.NAME_WORDS, 2)
        last = village.name if draws.chance(0.4) else second
        name = f"{draws.pick(trade.heads)} {first} {last}"
        if (key := f"{village.code} {name}") not in used:
            break
    used.add(key)
    return name


def _address(draws: Draws) -> str:
    return (
        f"Blok {draws.pick(words.BLOCKS)} RT {draws.number(1, 12):02d} RW {draws.number(1, 9):02d}"
    )


def _phone(number: int) -> str:
    """A number of the block 0800 0…, which is given to nobody."""
    return f"+6280000{number:06d}"


def _near(draws: Draws) -> Decimal:
    """Some hundred metres at most, as degrees."""
    return Decimal(draws.number(-300, 300)) / Decimal(100_000)


def _owners(draws: Draws, number: int, form: str) -> list[Owner]:
    several = form in {"cv", "pt", "koperasi", "kub"} and draws.chance(0.4)
    made: list[Owner] = []
    for _owner in range(2 if several else 1):
        man = draws.chance(0.5)
        first = draws.pick(words.MALE if man else words.FEMALE)
        last = draws.pick(words.MALE_LAST if man else words.FEMALE_LAST)
        owner = Owner(name=f"{first} {last}", gender="male" if man else "female")
        if not made and draws.chance(0.4):
            owner.phone = _phone(_PHONES + number % _PHONES)
        made.append(owner)
    return made


def _activities(draws: Draws, trade: words.Trade) -> list[FirmActivity]:
    """The trade's code, mostly of 2020; some firms have none, some have only a shop's code."""
    draw = draws.random.random()
    if draw < 0.03:
        return []
    if draw < 0.06:
        return [FirmActivity(kbli_id=f"2020-{trade.shop}", is_primary=True)]
    in_2025 = draws.chance(0.15)
    code = f"2025-{trade.kbli_2025}" if in_2025 else f"2020-{trade.kbli_2020}"
    made = [FirmActivity(kbli_id=code, is_primary=True)]
    if draws.chance(0.08):
        made.append(FirmActivity(kbli_id=f"2020-{trade.shop}"))
    return made
