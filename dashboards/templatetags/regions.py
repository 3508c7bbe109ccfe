"""The map of the regions as a template tag: `{% load regions %}{% region_map counts %}`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.translation import gettext as _

from dashboards.charts import regions, tints
from dashboards.charts.page import Frame, frame
from dashboards.charts.words import Form, Number

register = template.Library()


@register.inclusion_tag("charts/region_map.html", takes_context=True)
def region_map(
    context: Context,
    counts: Mapping[Any, Number | None],
    *,
    title: str = "",
    source: str = "",
    link: str = "",
    breaks: Sequence[Number] = tints.REGION_FIRMS,
    unit: str = "",
    decimals: int = 0,
    public: bool = False,
    table: bool = False,
    table_only: bool | None = None,
) -> dict[str, Any]:
    """The regions with a number each, as links into a list of firms.

        {% region_map firms_by_region %}
        {% region_map shares title=… source=… link="/kerja/usaha/?wilayah=" breaks=share_breaks
                      unit="%" decimals=1 table=True %}

    `counts`: regency → number (None: no data). `link` is what the regency's slug is put behind;
    the region's public page if left out. `table`: with the numbers as a table under the map, for a
    page that does not list them beside it.
    """
    own = not title
    title = title or _("Map of the regions by firms in the catalogue")
    if own and not source:
        source = _("Firms in the catalogue.")
    items = [
        regions.Region(regency.pk, regency.short_name, value, _address(regency, link))
        for regency, value in counts.items()
    ]
    chart = regions.build(title, items, Form(decimals, unit, public), breaks=breaks)
    page: Frame = frame(context, title, source, chart.table, table_only)
    return {"chart": chart, "frame": page, "table": table, "counts_firms": own}


def _address(regency: Any, link: str) -> str:
    return f"{link}{regency.slug}" if link else reverse("promotions:region", args=[regency.slug])
