"""Pages that only compose what the apps offer, and the pages for what went wrong."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from promotions import counts as promotion_counts
from registry.models import Commodity, Regency


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The way in: search, the regions, the product groups."""
    return render(
        request,
        "home.html",
        {
            "totals": promotion_counts.public_totals(),
            "regencies": Regency.objects.all(),
            "commodities": Commodity.objects.all(),
        },
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Nothing here, or nothing for this person: the two look alike on purpose."""
    return render(request, "404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Signed in, but without the right; says who can give it."""
    return render(request, "403.html", status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """Our mistake. Asks nothing of the database."""
    from ciayumajakuning.requests import current_id

    return render(request, "500.html", {"request_id": current_id()}, status=500)
