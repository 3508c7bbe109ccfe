"""The firms of a centre: proposals to confirm or refuse for many at once, members, refused ones.

Rule: whatever is ticked is named once more before it is done; a person confirms.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts import policy
from accounts.policy import Action
from registry import services
from registry.centre_members import proposed_to, sites_of
from registry.forms_centres import WhyForm
from registry.models import Centre, CentreRefusal
from registry.paging import page_of
from registry.querysets import SiteQuerySet
from registry.views.centres.common import of_centre
from registry.views.centres.pages import told_sites

PAGE_SIZE = 25
MOST_REFUSED = 50
LINK, REFUSE, UNLINK = "gabung", "tolak", "lepas"
_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
@of_centre(Action.CHANGE)
def centre_proposals(request: HttpRequest, centre: Centre) -> HttpResponse:
    """Sites that may belong to the centre, with the reason; ticked, named again, confirmed."""
    sites = proposed_to(centre).in_scope(request.user, Action.CHANGE)
    if request.method == "POST":
        return _decide(request, centre, sites, {LINK: _link, REFUSE: _refuse}, "centre-proposals")
    refused = CentreRefusal.objects.filter(centre=centre).select_related("site__firm", "decided_by")
    return _list(request, "proposals", centre, sites, refused=refused[:MOST_REFUSED])


@require_http_methods(_METHODS)
@of_centre(Action.VIEW)
def centre_members(request: HttpRequest, centre: Centre) -> HttpResponse:
    """The sites of the centre; who may change it takes some out, with a reason."""
    may_change = policy.may(request.user, Action.CHANGE, centre)
    sites = sites_of(centre)
    if request.method == "POST":
        if not may_change:
            raise PermissionDenied
        sites = sites.in_scope(request.user, Action.CHANGE)
        return _decide(request, centre, sites, {UNLINK: _unlink}, "centre-members")
    return _list(request, "members", centre, sites, may_change=may_change)


@require_POST
@of_centre(Action.CHANGE)
def centre_refused(request: HttpRequest, centre: Centre) -> HttpResponse:
    """Ask again about sites that were refused."""
    rows = CentreRefusal.objects.filter(centre=centre, site__in=_ticked(request))
    lifted = services.centre_refusals_lift(refusals=rows, by=request.user)
    said = ngettext("%(n)s firm is proposed again.", "%(n)s firms are proposed again.", lifted)
    messages.success(request, said % {"n": lifted})
    return redirect("registry:centre-proposals", pk=centre.pk)


def _list(
    request: HttpRequest, name: str, centre: Centre, sites: SiteQuerySet, **more: Any
) -> HttpResponse:
    page = page_of(sites, request.GET.get("hal"), PAGE_SIZE)
    context = {
        "section": "centres",
        "centre": centre,
        "page": page,
        "sites": told_sites(page.rows, request),
        "all_ticked": request.GET.get("semua") == "ya",
        **more,
    }
    return render(request, f"registry/centres/{name}.html", context)


def _decide(
    request: HttpRequest,
    centre: Centre,
    sites: SiteQuerySet,
    ways: dict[str, Callable[..., str]],
    back: str,
) -> HttpResponse:
    """Names what was ticked and asks once more; confirmed, it is done."""
    action = request.POST.get("aksi", "")
    chosen = list(sites.filter(pk__in=_ticked(request)))
    if action not in ways or not chosen:
        messages.error(request, _("Tick at least one firm, then choose what to do."))
        return redirect(f"registry:{back}", pk=centre.pk)
    confirmed = request.POST.get("pasti") == "ya"
    form = WhyForm(request.POST if confirmed else None, needed=action == UNLINK)
    if confirmed and form.is_valid():
        try:
            said = ways[action](centre, chosen, request.user, form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error(None, ValidationError(error.messages))
        else:
            messages.success(request, said)
            return redirect(f"registry:{back}", pk=centre.pk)
    context = {
        "section": "centres",
        "centre": centre,
        "action": action,
        "chosen": chosen,
        "form": form,
        "back": f"registry:{back}",
    }
    return render(request, "registry/centres/confirm.html", context)


def _ticked(request: HttpRequest) -> list[int]:
    """The numbers that were ticked, as many as a page holds."""
    typed = request.POST.getlist("pilih")[: max(PAGE_SIZE, MOST_REFUSED)]
    return [int(key) for key in typed if key.isascii() and key.isdigit() and len(key) < 19]


def _link(centre: Centre, sites: Any, by: Any, reason: str) -> str:
    linked = len(services.centre_members_link(centre=centre, sites=sites, by=by, reason=reason))
    said = ngettext("%(n)s firm is linked.", "%(n)s firms are linked.", linked)
    return said % {"n": linked}


def _refuse(centre: Centre, sites: Any, by: Any, reason: str) -> str:
    refused = services.centre_members_refuse(centre=centre, sites=sites, by=by, reason=reason)
    said = ngettext(
        "Noted: %(n)s firm does not belong here and is not asked about again.",
        "Noted: %(n)s firms do not belong here and are not asked about again.",
        refused,
    )
    return said % {"n": refused}


def _unlink(centre: Centre, sites: Any, by: Any, reason: str) -> str:
    left = len(services.centre_members_unlink(centre=centre, sites=sites, by=by, reason=reason))
    said = ngettext(
        "%(n)s firm is taken out of the centre.", "%(n)s firms are taken out of the centre.", left
    )
    return said % {"n": left}
