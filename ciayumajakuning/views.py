"""Pages that only compose what the apps offer, and the pages for what went wrong."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from promotions import counts as promotion_counts
from promotions.centres import leading_centres
from promotions.drawings import DRAWN
from promotions.place_views import industry_bars, regions_with_totals
from registry.models import Commodity
from registry.models.firms import DataState


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The way in: search, numbers with their date, product groups, regions, centres."""
    commodities = list(Commodity.objects.all())
    counted = promotion_counts.firms_by("komoditas", [c.pk for c in commodities])
    regions, totals = regions_with_totals(), promotion_counts.public_totals()
    return render(
        request,
        "home.html",
        {
            "section": "home",
            "totals": totals,
            "certified": promotion_counts.CERTIFIED,
            "looked_at": promotion_counts.LOOKED_AT,
            "regions": regions,
            "firms_by_region": {regency: numbers.firms.count for regency, numbers, _m in regions},
            "commodities": [(c, counted[c.pk]) for c in commodities if c.pk in DRAWN],
            "more_commodities": [(c, counted[c.pk]) for c in commodities if c.pk not in DRAWN],
            "shortcuts": [c for c in commodities if c.pk in DRAWN[:2]],
            "centres": leading_centres(),
            "bars": industry_bars(totals.firms),
            "states": [(state, totals.states[state.value]) for state in DataState],
            "today": timezone.localdate(),
        },
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Nothing here, or nothing for this person: the two look alike on purpose."""
    return render(request, "404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Signed in, but without the right; says who can give it."""
    return render(request, "403.html", status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """Our mistake. Asks nothing of the database, of the session or of the static files' list."""
    from ciayumajakuning.requests import current_id

    page = render_to_string("500.html", {"request_id": current_id(), "language": get_language()})
    return HttpResponse(page, status=500)
