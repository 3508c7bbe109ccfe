"""Invented yearly figures that agree with each other: workers, money, capacity, exports."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from registry.models import AnnualProfile, Firm
from registry.models.firms import LEGAL_ENTITIES, NibScale
from registry.sample.draws import Draws
from registry.sample.words import COUNTRIES, Trade

_BILLION = 1_000_000_000
_ROUND = -5  # whole hundred thousands of rupiah


@dataclass(frozen=True)
class Size:
    """How big the firm is in truth; what the office knows of it are the profiles."""

    workers: int
    investment: float

    @property
    def capital(self) -> float:
        """Modal usaha: the investment and what keeps the firm running."""
        return self.investment * 1.3

    @property
    def scale(self) -> NibScale:
        """What OSS prints on the NIB: by modal usaha (PP 7/2021 Pasal 35)."""
        if self.capital <= _BILLION:
            return NibScale.MICRO
        if self.capital <= 5 * _BILLION:
            return NibScale.SMALL
        return NibScale.MEDIUM if self.capital <= 10 * _BILLION else NibScale.LARGE


def size(draws: Draws, legal_form: str) -> Size:
    """Mostly a handful of workers; bodies are bigger."""
    body = legal_form in LEGAL_ENTITIES
    workers = max(1, round(draws.about(11 if body else 4, 0.85)))
    return Size(workers, workers * draws.about(40_000_000 if body else 14_000_000, 0.8))


def profiles(draws: Draws, firm: Firm, trade: Trade, big: Size) -> list[AnnualProfile]:
    """One to three years up to the data year, none before the firm began."""
    last = firm.data_year or draws.today.year
    count = draws.weighted({1: 50, 2: 30, 3: 20})
    first = max(last - count + 1, firm.start_year or 0)
    exports = draws.chance(trade.exports * min(1, big.workers / 10))
    return [
        _profile(draws, year, trade, _in_year(draws, big, last - year), exports=exports)
        for year in range(min(first, last), last + 1)
    ]


def _in_year(draws: Draws, big: Size, ago: int) -> Size:
    """The firm some years ago: a little smaller as a rule."""
    grown = draws.about(0.94**ago, 0.06)
    return Size(max(1, round(big.workers * grown)), big.investment * grown)


def _profile(draws: Draws, year: int, trade: Trade, then: Size, *, exports: bool) -> AnnualProfile:
    def money(share: float, spread: float = 0.0) -> int | None:
        amount = int(round(then.investment * draws.about(share, spread), _ROUND))
        return amount if draws.chance(0.7) else None

    made = AnnualProfile(
        year=year,
        investment=money(1),
        business_capital=money(1.3),
        working_capital=money(0.3, 0.4),
        raw_material_value=money(0.8, 0.4),
        production_value=money(1.9, 0.4),
        annual_sales=money(2.1, 0.4),
        exports=draws.known(exports),
        source="Data contoh",
    )
    if draws.chance(0.75):
        made.workers_female = round(then.workers * min(1, draws.about(trade.women, 0.2)))
        made.workers_male = then.workers - made.workers_female
    elif draws.chance(0.5):
        made.workers_total = then.workers
    if draws.chance(0.7):
        made.capacity_quantity = Decimal(round(draws.about(trade.a_worker, 0.4)) * then.workers)
        made.capacity_unit_id = trade.unit
    if made.exports:
        made.export_countries = ", ".join(draws.random.sample(COUNTRIES, draws.number(1, 2)))
    return made


def start_year(draws: Draws, data_year: int) -> int | None:
    """The year the firm began, for most; never after the year of its latest figures."""
    began: int | None = draws.known(data_year - int(draws.about(8, 0.9)), 0.8)
    return None if began is None else max(began, 1965)
