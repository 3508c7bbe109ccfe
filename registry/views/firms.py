"""The staff's list of firms and the staff's page of one firm, both only to read."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import policy
from registry.chain import chain_of, with_chain, with_next_end
from registry.completeness import FACTS
from registry.conditions import soon
from registry.desk.asked import FROM, Asked, came_from
from registry.desk.messages import Message, messages_of
from registry.desk.rows import rows_of
from registry.dossier import dossier_of, figures_of
from registry.filters import MAX_QUESTION, StaffFirmFilter
from registry.finding import exactly
from registry.forms_desk import ContactForm
from registry.forms_reports import DATES
from registry.happenings import happenings_of
from registry.listing import ORDER_LABELS, ORDERS, PAGE_SIZE, listing_of
from registry.models import Firm
from registry.paging import by_key, page_of
from registry.reporting import lines_of_firm

LATEST_MOMENTS = 8
# The day whose regulation the TKDN estimate is for, in the address.
ESTIMATE_DAY = "per"


@require_safe
@never_cache
@login_required
def firm_list(request: HttpRequest) -> HttpResponse:
    """The firms of the person's regions, filtered and sorted by what the address says."""
    filters = StaffFirmFilter(request.GET, Firm.objects.visible_to(request.user), request=request)
    listing = listing_of(filters, request.GET.get("urut"))
    today = timezone.localdate()
    keys = filters.qs.order_by(*ORDERS[listing.order]).values_list("pk", flat=True)
    firms = with_next_end(with_chain(Firm.objects.visible_to(request.user), today), today)
    firms = firms.select_related("regency", "district", "village")
    page = page_of(filters.counted, request.GET.get("hal"), PAGE_SIZE, by_key(keys, firms))
    return render(
        request,
        "registry/firm_list.html",
        {
            "section": "firms",
            "filters": filters,
            "listing": listing,
            "orders": ORDER_LABELS.items(),
            "page": page,
            "rows": [(firm, chain_of(firm)) for firm in page.rows],
            "soon": soon(today)[1],
            "own_facts": sum(fact.own for fact in FACTS),
            "shows_owners": policy.may_kind(request.user, policy.Action.VIEW, "registry.owner"),
            "now": timezone.now(),
        },
    )


@require_safe
@never_cache
@login_required
def firm_page(request: HttpRequest, pk: int) -> HttpResponse:
    """All that the person may read of one firm; outside the person's regions there is none."""
    asked = came_from(request, request.GET.urlencode()) if may_log(request.user) else None
    return firm_answer(request, pk, contact=ContactForm(), asked=asked)


@require_safe
@never_cache
@login_required
def firm_find(request: HttpRequest) -> HttpResponse:
    """The one firm that has the NIB or phone asked for; for anything else, the list."""
    question = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:MAX_QUESTION]
    found = exactly(Firm.objects.visible_to(request.user), question, request.user)
    if found is not None:
        return redirect("registry:firm", pk=found.pk)
    return redirect(f"{reverse('registry:firms')}?{urlencode({'q': question})}")


def may_log(user: Any) -> bool:
    """Whether the person works at the desk."""
    return policy.may_kind(user, policy.Action.ADD, "registry.contact")


def firm_answer(
    request: HttpRequest, pk: int, *, contact: ContactForm, asked: Asked | None, status: int = 200
) -> HttpResponse:
    """The page of a firm; `asked` is the queue that it was opened from."""
    firms = with_chain(Firm.objects.visible_to(request.user))
    firm = firms.select_related("regency", "district", "village", "verified_by").filter(pk=pk)
    found = firm.first()
    if found is None:
        return _led_on(request, pk)
    day, misread = _estimate_day(request)
    dossier = dossier_of(found, request.user, day)
    moments = happenings_of(found, request.user)
    shown = len(moments) if request.GET.get("riwayat") == "semua" else LATEST_MOMENTS
    written = _messages(found, asked, request.user)
    context = {
        "section": "desk" if asked else "firms",
        "firm": found,
        "dossier": dossier,
        "reports": lines_of_firm(found, request.user, timezone.localdate()),
        "figures": figures_of(dossier.profiles),
        "may_change": policy.may(request.user, policy.Action.CHANGE, found),
        "moments": moments[:shown],
        "more_moments": max(0, len(moments) - shown),
        "asked": asked,
        "written": written,
        "edit": reverse("admin:registry_firm_change", args=[found.pk]),
        "carried": f"?{urlencode({FROM: asked.query})}" if asked else "",
        "following": asked.after(found) if asked else None,
        "form": contact,
        "back": "" if asked else _without(request, ESTIMATE_DAY).urlencode(),
        "estimate_on": day,
        "estimate_misread": misread,
        "estimate_beside": _without(request, ESTIMATE_DAY).lists(),
        "now": timezone.now(),
    }
    return render(request, "registry/firm_page.html", context, status=status)


def _estimate_day(request: HttpRequest) -> tuple[dt.date, str]:
    """The day that the TKDN estimate is asked for; what can't be read is told, today taken."""
    text = request.GET.get(ESTIMATE_DAY, "").strip()[:20]
    today = timezone.localdate()
    if not text:
        return today, ""
    for form in DATES:
        try:
            return dt.datetime.strptime(text, form).date(), ""  # noqa: DTZ007 - a day, no moment
        except ValueError:
            continue
    return today, text


def _without(request: HttpRequest, name: str) -> QueryDict:
    """What the address asks besides."""
    data = request.GET.copy()
    data.pop(name, None)
    return data


def _messages(firm: Any, asked: Asked | None, user: Any) -> list[Message]:
    """The texts of the queue that one came from, else of the first one that the firm waits in."""
    if not may_log(user):
        return []
    (row,) = rows_of([firm], user)
    queue = asked.queue if asked else next(iter(row.gaps), None)
    return messages_of(row, queue, user) if queue else []


def _led_on(request: HttpRequest, pk: int) -> HttpResponse:
    """The address of a firm that was merged leads to the one that stands for it; else 404."""
    kept = Firm.objects.visible_to(request.user).filter(merged__pk=pk).first()
    if kept is None:
        raise Http404
    return redirect("registry:firm", pk=kept.pk, permanent=True)
