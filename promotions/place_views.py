"""Public pages of places: the industry centres and the five regions."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from promotions import centre_filters, counts
from promotions.centres import cards_of, centres_in, page_of_centre, with_parts
from promotions.choices import address_without_filters, chips_of
from promotions.drawings import DRAWN
from promotions.pages import page_of
from promotions.profiles import card_of, for_list
from promotions.tallies import Tally
from registry.models import Centre, Commodity, Firm, Regency

PAGE_SIZE = 24
FIRMS_SHOWN = 12
MAIN_PRODUCTS = 6
CENTRES_SHOWN = 6
# Label, value, link and note, as the chart takes them.
Bar = tuple[str, int, str, str]
ORDER = ("regency__position", "name", "pk")
FIRM_ORDER = ("-own_facts", "name", "pk")


@require_safe
def centre_list(request: HttpRequest) -> HttpResponse:
    """The public centres, filtered by what the address says."""
    reading = centre_filters.read(request.GET)
    centres = with_parts(centre_filters.narrowed(reading.asked)).order_by(*ORDER)
    page = page_of(centres, reading.params.get("hal"), PAGE_SIZE)
    groups = centre_filters.groups_of(reading)
    chips = chips_of(reading, groups)
    context = {
        "section": "centres",
        "list_address": reverse("promotions:centres"),
        "totals": counts.tab_totals(),
        "groups": groups,
        "chips": chips,
        "active": len(chips),
        "without_filters": address_without_filters(reading.params),
        "unknown": reading.unknown,
        "page": page,
        "cards": cards_of(page.rows),
        "today": timezone.localdate(),
    }
    return render(request, "promotions/centre_list.html", context)


@require_safe
def centre_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One public centre, with the first of its firms in the catalogue."""
    centre = with_parts(Centre.objects.public()).filter(slug=slug).first()
    if centre is None:
        raise Http404
    firms = for_list(Firm.objects.public().at_centre(slug)).order_by(*FIRM_ORDER)
    context = {
        "section": "centres",
        "centre": page_of_centre(centre),
        "cards": [card_of(firm) for firm in firms[:FIRMS_SHOWN]],
        "today": timezone.localdate(),
    }
    return render(request, "promotions/centre.html", context)


@require_safe
def region_list(request: HttpRequest) -> HttpResponse:
    """The five regions in their order."""
    regions = regions_with_totals()
    context = {
        "section": "regions",
        "regions": regions,
        "firms_by_region": {regency: totals.firms.count for regency, totals, _made in regions},
        "today": timezone.localdate(),
    }
    return render(request, "promotions/region_list.html", context)


@require_safe
def region_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One region; the page is the same for all."""
    regency = get_object_or_404(Regency, slug=slug)
    centres = centres_in(regency)
    totals = counts.public_totals().regions[regency.pk]
    context = {
        "section": "regions",
        "regency": regency,
        "totals": totals,
        "certified": counts.CERTIFIED,
        "drawn": DRAWN,
        "products": counts.products_of(regency)[:MAIN_PRODUCTS],
        "bars": industry_bars(totals.firms, regency),
        "districts": _district_areas(regency),
        "centres": centres[:CENTRES_SHOWN],
        "others": Regency.objects.exclude(pk=regency.pk),
        "today": timezone.localdate(),
    }
    return render(request, "promotions/region.html", context)


def industry_bars(firms: Tally, regency: Regency | None = None) -> list[Bar]:
    """Industry groups as the chart takes them, and those of the `firms` that are in none."""
    groups = counts.industry_groups(regency)
    rows = [
        (g.name, g.firms.count, _link(regency, "kelompok", g), "+" if g.firms.more else "")
        for g in groups
    ]
    if rest := counts.unmapped(firms, groups):
        rows.append((_("Industry group not known"), rest, "", ""))
    return rows


def _district_areas(regency: Regency) -> list[tuple[str, int, str]]:
    """Districts as the map takes them."""
    parts = counts.districts_of(regency)
    return [(p.key, p.firms.count, _link(regency, "kecamatan", p)) for p in parts]


def _link(regency: Regency | None, facet: str, part: counts.Part) -> str:
    """The list behind a number."""
    query = urlencode({**({"wilayah": regency.slug} if regency else {}), facet: part.key})
    return f"{reverse('promotions:firms')}?{query}#hasil"


def regions_with_totals() -> list[tuple[Regency, counts.RegionTotals, list[str]]]:
    """Each region with its numbers and the names of what it makes most."""
    totals = counts.public_totals()
    names = {group.pk: group.name for group in Commodity.objects.all()}
    found = []
    for regency in Regency.objects.all():
        numbers = totals.regions.get(regency.pk, counts.RegionTotals())
        made = [names[slug] for slug in numbers.specialities if slug in names]
        found.append((regency, numbers, made))
    return found
