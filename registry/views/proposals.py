"""Corrections that firms propose, and cards that they ask for: what waits, and deciding about it.

Rule: old stands beside new, and beside what is on record now where that has changed; what was typed
is not lost when a decision can't be kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.policy import Action
from registry import services
from registry.desk.asked import asked_of
from registry.desk.tabs import tabs_of
from registry.models import CardRequest, Firm, Regency
from registry.paging import page_of
from registry.pending import PendingFirm, PendingLine, firms_waiting, pending_of, requests_waiting
from registry.services import Decision
from registry.views.staff import staff_may

PAGE_SIZE = 25
REQUESTS = 25
View = Callable[..., HttpResponse]


KIND = "registry.changeproposal"
_for_staff = staff_may(Action.CHANGE, KIND)


@require_safe
@_for_staff
def proposal_list(request: HttpRequest) -> HttpResponse:
    """What waits in the person's regions, firm by firm."""
    regencies = list(Regency.objects.in_reach(request.user, Action.CHANGE, KIND))
    chosen = next((r for r in regencies if r.slug == request.GET.get("wilayah")), None)
    firms, requests = firms_waiting(request.user), requests_waiting(request.user)
    if chosen:
        firms, requests = firms.filter(regency=chosen), requests.filter(firm__regency=chosen)
    page = page_of(firms.order_by("name", "pk"), request.GET.get("hal"), PAGE_SIZE)
    asked = page_of(requests, None, REQUESTS)
    context = {
        "section": "desk",
        "tabs": tabs_of(asked_of(request), "registry:proposals"),
        "page": page,
        "every": [(each.firm, _typed(each, {})) for each in pending_of(page.rows)],
        "asked": asked,
        "regencies": regencies,
        "chosen": chosen,
    }
    return render(request, "registry/proposals/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@_for_staff
def proposal_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """What waits of one firm, and the decisions about it."""
    firm = get_object_or_404(Firm.objects.visible_to(request.user), pk=pk)
    if request.method == "POST":
        decisions = _decisions(request)
        try:
            done = services.proposals_decide(firm=firm, decisions=decisions, by=request.user)
        except ValidationError as error:
            for sentence in error.messages:
                messages.error(request, sentence)
            return _one(request, firm, status=409)
        messages.success(request, _said(firm, len(done)))
        return redirect("registry:proposals")
    return _one(request, firm)


@require_POST
@_for_staff
def card_request_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that the office has seen to a wish for a card."""
    row = get_object_or_404(CardRequest.objects.visible_to(request.user), pk=pk)
    services.card_request_close(request=row, by=request.user)
    messages.success(request, _("Noted: done for %(firm)s.") % {"firm": row.firm})
    return redirect("registry:proposals")


def _one(request: HttpRequest, firm: Firm, *, status: int = 200) -> HttpResponse:
    """The page of one firm; what somebody typed stands in its fields again."""
    told = pending_of(list(firms_waiting(request.user).filter(pk=firm.pk)))
    lines = _typed(told[0], request.POST) if told else []
    context = {"section": "desk", "firm": firm, "lines": lines}
    return render(request, "registry/proposals/firm.html", context, status=status)


def _typed(pending: PendingFirm, data: Any) -> list[tuple[PendingLine, str, str]]:
    """Each line with the decision and the reason that stand in its fields."""
    return [
        (line, data.get(f"putusan-{line.row.pk}", ""), data.get(f"alasan-{line.row.pk}", ""))
        for line in pending.lines
    ]


def _decisions(request: HttpRequest) -> list[Decision]:
    """What was decided in the form; what is left for later is not named."""
    found = []
    for name, value in request.POST.items():
        key = name.removeprefix("putusan-")
        known = key != name and re.fullmatch(r"[0-9]{1,18}", key)
        if not known or value not in ("terima", "tolak"):
            continue
        reason = request.POST.get(f"alasan-{key}", "").replace("\x00", " ")
        seen = request.POST.get(f"dilihat-{key}", "")
        found.append(Decision(int(key), value == "terima", seen, " ".join(reason.split())[:200]))
    return found


def _said(firm: Firm, count: int) -> str:
    if not count:
        return _("Nothing was decided about %(firm)s.") % {"firm": firm}
    said = ngettext(
        "%(n)s correction of %(firm)s decided.", "%(n)s corrections of %(firm)s decided.", count
    )
    return said % {"n": count, "firm": firm}
