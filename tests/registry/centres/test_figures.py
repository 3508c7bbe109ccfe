"""Figures of a centre: what was reported stays apart from what its firms add up to."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from registry.centre_figures import Line, Year, years_of
from registry.models import AnnualProfile, Centre, CentreFigure
from registry.models.centres import Origin
from registry.reference import load_all
from registry.services import NotAllowed, centre_figure_save, firm_close

number = st.none() | st.integers(0, 10**12)


@given(number, number)
def test_gap_is_known_only_when_both_are(reported: int | None, computed: int | None) -> None:
    line = Line("workers", reported, computed, 1, 2)
    if reported is None or computed is None:
        assert line.gap is None
        assert line.gap_percent is None
    else:
        assert line.gap is not None
        assert reported + line.gap == computed
        assert (line.gap_percent is None) == (reported == 0)


@given(st.integers(1, 10**9), st.integers(0, 10**9))
def test_percent_of_the_gap_leads_back_to_the_sum(reported: int, computed: int) -> None:
    percent = Line("workers", reported, computed, 1, 1).gap_percent
    assert percent is not None
    assert round(reported + reported * percent / 100) == pytest.approx(computed, abs=1)


def lines_of(year: Year) -> dict[str, tuple[Any, ...]]:
    return {line.name: (line.reported, line.computed, line.filled) for line in year.lines}


@pytest.mark.django_db
def test_report_and_sum_of_a_year_stand_side_by_side(
    centre: Centre, firms: dict[str, Any], people: dict[str, User]
) -> None:
    figure = CentreFigure(centre=centre, year=2025, units=86, workers=300, source="Pendataan")
    centre_figure_save(figure=figure, by=people["cirebon_staff"])
    AnnualProfile.objects.create(firm=firms["batik"], year=2025, workers_total=50)
    (year,) = years_of(centre)
    assert year.figure is not None
    assert year.figure.recorded_by == people["cirebon_staff"]
    assert lines_of(year) == {
        "units": (86, 2, 2),
        "workers": (300, 6, 1),
        "production_value": (None, 900_000_000, 1),
    }
    workers = next(line for line in year.lines if line.name == "workers")
    assert (workers.gap, workers.gap_percent, workers.partial) == (-294, Decimal(-98), True)
    firm_close(firm=firms["first"], by=people["province"], reason="uji")
    assert lines_of(years_of(centre)[0])["workers"] == (300, None, 0)


@pytest.mark.django_db
def test_half_of_a_split_is_no_number_of_workers(centre: Centre, firms: dict[str, Any]) -> None:
    AnnualProfile.objects.create(firm=firms["first"], year=2023, workers_male=4)
    assert lines_of(years_of(centre)[-1]) == {"units": (None, 2, 2)}


@pytest.mark.django_db
def test_figure_of_a_public_source_becomes_the_offices_when_it_is_saved(
    people: dict[str, User],
) -> None:
    figure = CentreFigure.objects.get(centre__slug="kerupuk-kenanga")
    assert (figure.origin, figure.recorded_by, figure.centre.origin) == (
        Origin.PUBLIC,
        None,
        Origin.PUBLIC,
    )
    figure.units = 28
    with pytest.raises(NotAllowed):
        centre_figure_save(figure=figure, by=people["cirebon_staff"])
    centre_figure_save(figure=figure, by=people["province"])
    load_all()
    figure.refresh_from_db()
    assert (figure.units, figure.origin) == (28, Origin.OFFICE)
    assert CentreFigure.objects.filter(centre=figure.centre).count() == 1


@pytest.mark.django_db
def test_year_without_any_figure_is_refused(centre: Centre, people: dict[str, User]) -> None:
    empty = CentreFigure(centre=centre, year=2025, source="x")
    with pytest.raises(ValidationError):
        centre_figure_save(figure=empty, by=people["cirebon_staff"])
