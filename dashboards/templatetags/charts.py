"""Charts and maps as template tags: numbers go in, accessible drawings come out.

`{% load charts %}`; every tag takes

`title`       what the chart is about; the caption of its table and the name of its drawing
`source`      where the numbers are from, with their date; printed under the chart
`unit`        what follows each number: "%", " km"; `decimals` how many digits after the comma
`public`      a count of one or two is shown as "< 3"
`table_only`  the table in place of the drawing; `?cetak=1` in the address does the same

Rows may be the dataclasses of `dashboards.charts`, tuples in the same order, mappings, or objects
with the same names. A value of None is missing: it gets the weave and words, never a 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.template.context import Context
from django.utils.translation import gettext as _

from dashboards.charts import bars as bar_chart
from dashboards.charts import matrix as matrix_table
from dashboards.charts import multiples as small_multiples
from dashboards.charts import pairs as dot_pairs
from dashboards.charts import places, tints
from dashboards.charts import stacks as stacked_columns
from dashboards.charts.page import frame
from dashboards.charts.words import Form, Number

register = template.Library()


@register.inclusion_tag("charts/bars.html", takes_context=True)
def bars(
    context: Context,
    title: str,
    items: Iterable[Any],
    *,
    source: str = "",
    unit: str = "",
    decimals: int = 0,
    reference: Number | None = None,
    reference_label: str = "",
    maximum: Number | None = None,
    heading: str = "",
    public: bool = False,
    table_only: bool | None = None,
) -> dict[str, Any]:
    """Horizontal bars, for a ranking.

        {% bars title=_("Firms by district") items=rows source=source %}

    `items`: (label, value, href, note, reference, mark), the last four as wanted: a link, a second
    number in words, a mark of the bar's own, the name of an icon. `reference` with its
    `reference_label` is one mark for all bars (a target). `maximum`: where the plot ends, 100 for
    shares; left out, the largest value. `heading`: the head of the first column in the table.
    """
    form = Form(decimals, unit, public)
    chart = bar_chart.build(
        title, items, form, reference=reference, maximum=maximum, heading=heading
    )
    return {
        "chart": chart,
        "frame": frame(context, title, source, chart.table, table_only),
        "reference_label": reference_label,
    }


@register.inclusion_tag("charts/matrix.html", takes_context=True)
def matrix(
    context: Context,
    title: str,
    columns: Iterable[Any],
    rows: Iterable[Any],
    *,
    source: str = "",
    corner: str = "",
    unit: str = "",
    decimals: int = 0,
    breaks: Sequence[Number] = tints.CELL_FIRMS,
    totals: bool = True,
    legend_label: str = "",
    total_href: str = "",
    public: bool = False,
) -> dict[str, Any]:
    """A table of numbers with tints by fixed breaks; it is its own table.

        {% matrix title=… columns=names rows=rows corner=_("Industry group") source=source %}

    `rows`: (label, cells, note, href); each of `cells` is a number, None, or (number, href).
    `breaks`: five numbers from `dashboards.charts.tints`. `totals` False where the numbers can't be
    added. `columns` may be `dashboards.charts.matrix.Column`s, whose totals lead somewhere;
    `total_href`: where the total of all leads. `corner`: the head of the first column.
    `legend_label`: what the colours count.
    """
    form = Form(decimals, unit, public)
    return {
        "chart": matrix_table.build(columns, rows, form, breaks=breaks, totals=totals),
        "title": title,
        "source": source,
        "corner": corner,
        "total_href": total_href,
        "legend_label": legend_label or title,
    }


@register.inclusion_tag("charts/stacks.html", takes_context=True)
def stacks(
    context: Context,
    title: str,
    series: Iterable[Any],
    items: Iterable[Any],
    *,
    source: str = "",
    unit: str = "",
    decimals: int = 0,
    heading: str = "",
    table_only: bool | None = None,
) -> dict[str, Any]:
    """Stacked columns: up to three parts over months or years.

        {% stacks title=… series=kinds items=months source=source %}

    `series`: the names of the parts, from below. `items`: (label, values), a value for each part;
    use the short names of months, up to twelve. `heading`: the head of the table's first column.
    """
    chart = stacked_columns.build(title, series, items, Form(decimals, unit), heading=heading)
    return {"chart": chart, "frame": frame(context, title, source, chart.table, table_only)}


@register.inclusion_tag("charts/multiples.html", takes_context=True)
def multiples(
    context: Context,
    title: str,
    periods: Iterable[Any],
    items: Iterable[Any],
    *,
    reference: Sequence[Number | None] = (),
    reference_label: str = "",
    line_label: str = "",
    source: str = "",
    unit: str = "",
    decimals: int = 1,
    from_zero: bool = False,
    heading: str = "",
    table_only: bool | None = None,
) -> dict[str, Any]:
    """Small multiples: a line for each region on the same axis, the reference dashed in each.

        {% multiples title=… periods=years items=regions reference=west_java
                     reference_label=_("West Java") unit="%" source=source %}

    `items`: (label, values, mark, href), a value for each period; a gap stays a gap. `from_zero`
    lets the axis hold 0 also where all values are far from it.
    """
    chart = small_multiples.build(
        title,
        periods,
        items,
        Form(decimals, unit),
        reference=reference,
        reference_label=reference_label,
        from_zero=from_zero,
        heading=heading,
    )
    return {
        "chart": chart,
        "frame": frame(context, title, source, chart.table, table_only),
        "line_label": line_label or _("Region"),
        "reference_label": reference_label,
    }


@register.inclusion_tag("charts/pairs.html", takes_context=True)
def pairs(
    context: Context,
    title: str,
    items: Iterable[Any],
    *,
    before: Any,
    after: Any,
    source: str = "",
    unit: str = "",
    decimals: int = 0,
    heading: str = "",
    table_only: bool | None = None,
) -> dict[str, Any]:
    """Dot pairs: how a number moved between two years.

        {% pairs title=… items=regions before=2021 after=2025 decimals=3 source=source %}

    `items`: (label, value before, value after, mark, href). `before` and `after` name the years.
    """
    earlier, later = str(before), str(after)
    chart = dot_pairs.build(
        title, items, Form(decimals, unit), before=earlier, after=later, heading=heading
    )
    return {
        "chart": chart,
        "frame": frame(context, title, source, chart.table, table_only),
        "before": earlier,
        "after": later,
    }


@register.inclusion_tag("charts/place_map.html", takes_context=True)
def place_map(
    context: Context,
    title: str,
    *,
    regency: str = "",
    points: Iterable[Any] = (),
    areas: Iterable[Any] = (),
    highlight: Iterable[str] = (),
    source: str = "",
    unit: str = "",
    breaks: Sequence[Number] = tints.DISTRICT_FIRMS,
    public: bool = False,
    table: bool = True,
    table_only: bool | None = None,
) -> dict[str, Any]:
    """Districts with counted circles: the surroundings of a centre, or a regency whole.

        {% place_map title=… points=villages highlight=district_codes public=True source=source %}
        {% place_map title=… regency=regency.code areas=districts public=True source=source %}

    `points`: (name, latitude, longitude, count, href), for villages at their published middle.
    `areas`: (district code, count, href), tinted by `breaks`. `highlight`: codes of districts to
    stand out. `regency`: its code (32.09) shows it whole; without it the map shows what is
    highlighted and counted. `table` False where the page lists the same numbers beside the map.
    """
    chart = places.build(
        title,
        regency=regency,
        points=points,
        areas=areas,
        highlight=highlight,
        breaks=breaks,
        form=Form(0, unit, public),
    )
    return {
        "chart": chart,
        "frame": frame(context, title, source, chart.table, table_only),
        "table": table,
    }
