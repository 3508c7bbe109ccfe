"""Pages that only compose what the apps offer, and the pages for what went wrong."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from promotions import counts as promotion_counts
from registry.models import Commodity, Regency

# Product groups with a drawing of ours; the home page shows these first, the others by name.
DRAWN = (
    "batik-tenun",
    "rotan-bambu",
    "kerupuk-keripik",
    "roti-kue",
    "genteng-gerabah",
    "hasil-laut-garam",
)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The way in: search, numbers with their date, product groups, regions."""
    totals = promotion_counts.public_totals()
    commodities = {c.pk: c for c in Commodity.objects.all()}
    regions = [
        (r, totals.regions.get(r.pk, promotion_counts.RegionTotals()))
        for r in Regency.objects.all()
    ]
    return render(
        request,
        "home.html",
        {
            "section": "home",
            "totals": totals,
            "regions": [
                (r, t.firms, [commodities[slug].name for slug in t.specialities])
                for r, t in regions
            ],
            "firms_by_region": {r: t.firms for r, t in regions},
            "commodities": [c for c in commodities.values() if c.pk in DRAWN],
            "more_commodities": [c for c in commodities.values() if c.pk not in DRAWN],
            "shortcuts": [c for c in commodities.values() if c.pk in DRAWN[:2]],
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
