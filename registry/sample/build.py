"""Drafts of invented firms over the real villages; the same seed and day give the same firms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from random import Random
from typing import Any

from registry.models import (
    AnnualProfile,
    Centre,
    Certificate,
    Consent,
    ConsentText,
    Firm,
    FirmActivity,
    Owner,
    SiinasAccount,
    Village,
)
from registry.sample import words
from registry.services import FirmDraft
from registry.siinas import SECTIONS, Blocker, State

SOURCE = "Data contoh"
DAY = dt.timedelta(days=1)
FOOD_TYPE = {"10794": "06", "10792": "06", "10771": "04", "10211": "02"}


def drafts(count: int, seed: int, today: dt.date) -> Iterator[FirmDraft]:
    """`count` drafts, none of them saved."""
    yield from _Maker(Random(seed), today).make(count)  # noqa: S311 - invented data, no secret


class _Maker:
    """Draws one firm after another from one stream of random numbers."""

    def __init__(self, random: Random, today: dt.date) -> None:
        self.random, self.today = random, today
        self.villages: dict[str, list[Village]] = {}
        for village in Village.objects.order_by("code"):
            self.villages.setdefault(village.code[:5], []).append(village)
        self.centres: dict[str, list[Centre]] = {}
        for centre in Centre.objects.filter(village__isnull=False).order_by("slug"):
            self.centres.setdefault(centre.regency_id, []).append(centre)
        self.by_code = {v.code: v for found in self.villages.values() for v in found}
        self.texts = {text.purpose: text for text in ConsentText.objects.filter(version=1)}
        self.used: set[str] = set()

    def make(self, count: int) -> Iterator[FirmDraft]:
        regions = list(words.REGIONS)
        shares = [words.REGIONS[region][0] for region in regions]
        for number in range(count):
            yield self.firm(number, self.random.choices(regions, shares)[0])

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def firm(self, number: int, region: str) -> FirmDraft:
        trades = words.REGIONS[region][1]
        trade = self.random.choices([t for t, _ in trades], [w for _, w in trades])[0]
        village, centre = self.place(region)
        draft = FirmDraft(self.identity(number, trade, village), centre_id=centre)
        firm = draft.firm
        gender = self.random.choice(("male", "female"))
        first = self.random.choice(words.MALE if gender == "male" else words.FEMALE)
        draft.owners = [Owner(name=f"{first} {self.random.choice(words.FAMILY)}", gender=gender)]
        if self.chance(0.94):
            edition = "2025" if self.chance(0.15) else "2020"
            code = trade.kbli_2025 if edition == "2025" else trade.kbli_2020
            draft.activities = [FirmActivity(kbli_id=f"{edition}-{code}", is_primary=True)]
        draft.profiles = self.profiles(trade)
        draft.siinas = self.account(bool(firm.nib))
        draft.certificates = self.certificates(number, trade, region, draft.siinas)
        draft.consents = self.consents(firm)
        return draft

    def place(self, region: str) -> tuple[Village, int | None]:
        centres = self.centres.get(region)
        if centres and self.chance(0.35):
            centre = self.random.choice(centres)
            return self.by_code[str(centre.village_id)], centre.pk
        return self.random.choice(self.villages[region]), None

    def identity(self, number: int, trade: words.Trade, village: Village) -> Firm:
        second, third = self.random.sample(words.SECOND, 2)
        form = self.random.choices(
            ("", "perorangan", "ud", "cv", "pt", "koperasi", "kub"), (40, 20, 18, 12, 4, 3, 3)
        )[0]
        phone = f"+6280000{number % 1_000_000:06d}"
        firm = Firm(
            name=f"{trade.word} {second} {third}",
            legal_form=form,
            brand=f"{second} {trade.word}" if self.chance(0.3) else "",
            products=", ".join(self.random.sample(trade.products, self.random.randint(1, 2))),
            nib=self.nib() if self.chance(0.75) else None,
            npwp=f"00{self.random.randrange(10**13):013d}" if self.chance(0.3) else "",
            regency_id=village.code[:5],
            district_id=village.code[:8],
            village_id=village.code,
            address=f"{self.random.choice(words.STREETS)} No. {self.random.randint(1, 200)}",
            phone=phone if self.chance(0.85) else "",
            email=f"usaha{number}@contoh.example" if self.chance(0.3) else "",
            start_year=self.random.randint(1985, 2025) if self.chance(0.8) else None,
            data_year=self.random.choice((2024, 2025, 2025, 2026)),
            source=SOURCE,
            is_sample=True,
        )
        if firm.nib:
            firm.scale_on_nib = self.random.choices(("micro", "small", ""), (70, 20, 10))[0]
        if village.latitude is not None and village.longitude is not None and self.chance(0.6):
            firm.latitude = village.latitude + self.near()
            firm.longitude = village.longitude + self.near()
        if self.chance(0.4):
            firm.confirmed_on = self.today - self.random.randint(1, 600) * DAY
            firm.confirmed_how = self.random.choice(("visit", "phone", "office"))
        self.state(firm)
        return firm

    def near(self) -> Decimal:
        return Decimal(self.random.randint(-300, 300)) / Decimal(100_000)

    def nib(self) -> str:
        while (nib := f"{self.random.randrange(10**13):013d}") in self.used:
            pass
        self.used.add(nib)
        return nib

    def state(self, firm: Firm) -> None:
        firm.status = self.random.choices(
            ("active", "unverified", "inactive", "closed"), (85, 8, 4, 3)
        )[0]
        if firm.status == "closed":
            firm.closed_on = self.today - self.random.randint(1, 700) * DAY
            firm.closed_reason = "Pemilik berhenti berusaha (contoh)"

    def profiles(self, trade: words.Trade) -> list[AnnualProfile]:
        workers = max(1, round(self.random.lognormvariate(1.4, 0.9)))
        investment = round(workers * self.random.lognormvariate(16.3, 0.6), -5)
        years = self.random.sample((2023, 2024, 2025), self.random.randint(1, 2))
        return [self.profile(year, trade, workers, investment) for year in sorted(years)]

    def profile(
        self, year: int, trade: words.Trade, workers: int, investment: float
    ) -> AnnualProfile:
        def known(value: Any, share: float = 0.7) -> Any:
            return value if self.chance(share) else None

        women = self.random.randint(0, workers)
        profile = AnnualProfile(
            year=year,
            investment=known(int(investment)),
            business_capital=known(int(investment * 1.3)),
            working_capital=known(int(investment * 0.3)),
            annual_sales=known(int(investment * 2.2)),
            production_value=known(int(investment * 1.9)),
            raw_material_value=known(int(investment * 0.8)),
            exports=known(trade in (words.RATTAN, words.CRAFT) and self.chance(0.2)),
            source=SOURCE,
        )
        if self.chance(0.75):
            profile.workers_female, profile.workers_male = women, workers - women
        elif self.chance(0.5):
            profile.workers_total = workers
        if self.chance(0.7):
            profile.capacity_quantity = Decimal(workers * self.random.randint(50, 900))
            profile.capacity_unit_id = trade.unit
        if profile.exports:
            profile.export_countries = self.random.choice(words.COUNTRIES)
        return profile

    def account(self, has_nib: bool) -> SiinasAccount | None:
        if self.chance(0.15):
            return None
        if not has_nib:
            return SiinasAccount(state=State.NOT_REGISTERED.value)
        state = self.random.choices(list(State), (28, 8, 5, 14, 15, 24, 4, 2))[0]
        account = SiinasAccount(state=state.value)
        if state is State.NOT_REGISTERED:
            return account
        account.registered_on = self.today - self.random.randint(60, 900) * DAY
        account.nib_email_works = self.random.choice((True, True, None))
        if state in {State.ISSUED, State.PROFILE_INCOMPLETE, State.COMPLETE}:
            account.issued_on = account.registered_on + DAY
        if state is State.PROFILE_INCOMPLETE:
            account.sections = list(SECTIONS[: self.random.randint(1, 7)])
        if state is State.COMPLETE:
            account.sections = list(SECTIONS)
            account.evidence_number = f"CONTOH-{self.random.randrange(10**6):06d}"
            account.evidence_year = account.registered_on.year
        if state is State.BLOCKED:
            account.blocker = self.random.choice(list(Blocker)).value
        return account

    def certificates(
        self, number: int, trade: words.Trade, region: str, account: SiinasAccount | None
    ) -> list[Certificate]:
        complete = account is not None and account.state == State.COMPLETE.value
        found = []
        for kind in trade.certificates:
            likely = {"tkdn_ik": 0.55 if complete else 0.0}.get(kind, 0.35)
            if self.chance(likely):
                found.append(self.certificate(kind, number, trade, region))
        return found

    def certificate(self, kind: str, number: int, trade: words.Trade, region: str) -> Certificate:
        issued = self.today - self.random.randint(30, 1700) * DAY
        certificate = Certificate(
            kind=kind, number=f"CONTOH-{kind.upper()}-{number}", issued_on=issued
        )
        years = 5 if kind in {"pirt", "tkdn_ik", "bpom_md"} else 4
        certificate.valid_until = issued + 365 * years * DAY
        if self.chance(0.08):
            certificate.valid_until = self.today + self.random.randint(1, 89) * DAY
        if kind == "tkdn_ik":
            certificate.product = trade.products[0]
            certificate.tkdn_percent = Decimal(self.random.randint(2500, 4000)) / 100
            new_rules = issued >= dt.date(2025, 12, 11)
            certificate.regulation = "35/2025" if new_rules else "46/2022"
        if kind == "halal" and self.chance(0.6):
            certificate.open_ended, certificate.valid_until = True, None
        if kind == "pirt":
            ends = certificate.valid_until or self.today
            food = FOOD_TYPE.get(trade.kbli_2020, "06")
            place = region.replace(".", "")
            certificate.number = f"2{food}{place}01{number % 10_000:04d}-{ends.year % 100:02d}"
        return certificate

    def consents(self, firm: Firm) -> list[Consent]:
        if not self.chance(0.65):
            return []
        wanted = {"catalogue": 1.0, "whatsapp": 0.7, "exact_location": 0.25, "siinas_badge": 0.6}
        gone = self.chance(0.03)
        given = dt.date(2026, 11, 1) + self.random.randint(0, 14) * DAY
        return [
            Consent(
                purpose=purpose,
                text=self.texts[purpose],
                given_on=given,
                channel=self.random.choice(("paper", "office", "visit")),
                withdrawn_on=given + 5 * DAY if gone else None,
            )
            for purpose, share in wanted.items()
            if self.chance(share)
        ]
