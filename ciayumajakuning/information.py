"""Pages that explain: what this is, privacy, accessibility, what the badges mean.

Rule: what a page says of a rule comes from the code or the table that keeps the rule.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from promotions.filters import SHOWN_CERTIFICATES
from registry.completeness import FACTS
from registry.models import ConsentText, Regency
from registry.models.certificates import EXPIRING_DAYS
from registry.models.consents import Purpose
from registry.models.firms import REVIEWING, Confirmation, SeenDocument


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What it is, who runs it, how the list is ordered."""
    context = {
        "regions": Regency.objects.all(),
        "ordering": [fact.label for fact in FACTS if fact.own],
        "others": [fact.label for fact in FACTS if not fact.own],
    }
    return render(request, "information/about.html", context)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept, what is public, and the words of each consent in force today."""
    texts = (
        ConsentText.objects.filter(effective_on__lte=timezone.localdate())
        .order_by("purpose", "-version")
        .distinct("purpose")
    )
    order = list(Purpose.values)
    context = {
        "texts": sorted(texts, key=lambda text: order.index(text.purpose)),
        "keep_months": settings.INQUIRY_KEEP_MONTHS,
    }
    return render(request, "information/privacy.html", context)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How far the pages can be used by everybody, and where to say that one can't."""
    return render(request, "information/accessibility.html")


@require_safe
def meaning(request: HttpRequest) -> HttpResponse:
    """What the three states of the data and the badges say, and what they do not."""
    context = {
        "ways": [how.label for how in Confirmation if how in REVIEWING],
        "documents": [document.label for document in SeenDocument],
        "certificates": [kind.label for kind in SHOWN_CERTIFICATES],
        "days": EXPIRING_DAYS,
    }
    return render(request, "information/meaning.html", context)
