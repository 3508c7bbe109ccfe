"""Pairs of firms that may be one: the list, the comparison, merges and undoing them.

Rule: a person decides about two firms of their own regions; of a firm elsewhere the page names the
regency and nothing else.
"""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.policy import Action
from registry import services
from registry.desk.asked import asked_of
from registry.desk.tabs import tabs_of
from registry.duplicates.asking import Asked, firm_named
from registry.duplicates.comparison import along_of, lines_of
from registry.duplicates.told import Pair, told_merges, told_pair
from registry.models import DuplicatePair, Firm, FirmMerge, Regency
from registry.models.duplicates import UNDO_DAYS, PairState
from registry.paging import page_of
from registry.views.staff import staff_may

PAGE_SIZE = 25
_SIDES = ("first", "second")
_RELATED = [f"{side}__{place}" for side in _SIDES for place in ("regency", "district", "village")]

_for_staff = staff_may(Action.CHANGE, "registry.duplicatepair")


@require_safe
@_for_staff
def pair_list(request: HttpRequest) -> HttpResponse:
    """The open pairs of the person's regions, the likeliest first."""
    pairs = DuplicatePair.objects.visible_to(request.user).open().select_related(*_RELATED)
    regencies = list(Regency.objects.in_reach(request.user))
    chosen = next((r for r in regencies if r.slug == request.GET.get("wilayah")), None)
    if chosen is not None:
        pairs = pairs.filter(Q(first__regency=chosen) | Q(second__regency=chosen))
    page = page_of(pairs.order_by("-score", "id"), request.GET.get("hal"), PAGE_SIZE)
    return render(
        request,
        "registry/duplicates/list.html",
        {
            "section": "desk",
            "tabs": tabs_of(asked_of(request), "registry:pairs"),
            "page": page,
            "pairs": [told_pair(pair, request.user) for pair in page.rows],
            "regencies": regencies,
            "chosen": chosen,
            "typed": {
                "a": request.GET.get("usaha", "")[:40],
                "b": request.GET.get("dengan", "")[:40],
            },
        },
    )


@require_POST
@_for_staff
def pair_compare(request: HttpRequest) -> HttpResponse:
    """Two firms that a person names, side by side."""
    firms = [firm_named(request.POST.get(name, ""), request.user) for name in ("a", "b")]
    if firms[0] is None or firms[1] is None:
        messages.error(
            request,
            _(
                "Give two firms of your region: the NIB, the number at the end of the firm’s "
                "address, or the address itself."
            ),
        )
        return redirect("registry:pairs")
    try:
        pair = services.pair_open(first=firms[0], second=firms[1], by=request.user)
    except ValidationError as error:
        _say(request, error)
        return redirect("registry:pairs")
    return redirect("registry:pair", pk=pair.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@_for_staff
def pair_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One pair side by side; merging or telling apart, with what was chosen."""
    rows = DuplicatePair.objects.visible_to(request.user).select_related(*_RELATED, "decided_by")
    pair = get_object_or_404(rows, pk=pk)
    if pair.first.merged_into_id or pair.second.merged_into_id:
        return _after_a_merge(request, pair)
    told = told_pair(pair, request.user)
    if not told.decidable:
        if request.method == "POST":
            raise Http404
        return render(request, "registry/duplicates/elsewhere.html", {"pair": told})
    if request.method != "POST":
        return _comparison(request, told, Asked.of_link(request.GET, told))
    asked = Asked.of_form(request.POST, told)
    if asked.stale:
        messages.error(
            request,
            _("One of the two firms was changed meanwhile. Look at both again, then decide."),
        )
        return _comparison(request, told, asked, status=409)
    try:
        return _decide(request, told, asked)
    except ValidationError as error:
        _say(request, error)
        return _comparison(request, told, asked, status=400)


@require_safe
@_for_staff
def merge_list(request: HttpRequest) -> HttpResponse:
    """The merges that can still be undone, and those undone lately."""
    merges = told_merges(request.user)
    page = page_of(merges, request.GET.get("hal"), PAGE_SIZE)
    context = {"section": "desk", "page": page}
    return render(request, "registry/duplicates/merges.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@_for_staff
def merge_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One merge: what became of it, and undoing it with what was changed since in view."""
    merge = get_object_or_404(told_merges(request.user), pk=pk)
    if request.method == "POST":
        try:
            services.merge_undo(
                merge=merge,
                by=request.user,
                reason=_reason(request),
                confirm=request.POST.get("juga") == "ya",
            )
        except ValidationError as error:
            _say(request, error)
            return redirect("registry:merge", pk=pk)
        said = _("%(kept)s and %(gone)s are two firms again.")
        messages.success(request, said % {"kept": merge.kept, "gone": merge.gone})
        return redirect("registry:merges")
    may_undo = merge.can_be_undone and not merge.kept.merged_into_id
    return render(
        request,
        "registry/duplicates/merge.html",
        {
            "section": "desk",
            "merge": merge,
            "may_undo": may_undo,
            "conflicts": services.merge_conflicts(merge) if may_undo else [],
        },
    )


def _comparison(
    request: HttpRequest, told: Pair, asked: Asked, *, status: int = 200
) -> HttpResponse:
    lines = lines_of(asked.kept, asked.gone, asked.choices)
    context = {
        "section": "desk",
        "pair": told,
        "asked": asked,
        "kept": asked.kept,
        "gone": asked.gone,
        "different": [line for line in lines if line.differs],
        "same": [line for line in lines if not line.differs],
        "along": along_of(asked.gone),
        "until": timezone.localdate() + dt.timedelta(days=UNDO_DAYS),
    }
    return render(request, "registry/duplicates/pair.html", context, status=status)


def _decide(request: HttpRequest, told: Pair, asked: Asked) -> HttpResponse:
    if asked.action == "bukan":
        services.duplicate_dismiss(
            first=asked.kept, second=asked.gone, by=request.user, reason=_reason(request)
        )
        said = _("Noted: %(one)s and %(other)s are two firms. They are not asked about again.")
        messages.success(request, said % {"one": asked.kept, "other": asked.gone})
        return redirect("registry:pairs")
    merge = services.firms_merge(
        kept=asked.kept,
        gone=asked.gone,
        by=request.user,
        choices=asked.choices,
        reason=_reason(request),
    )
    said = _("%(gone)s is merged into %(kept)s.") % {"gone": merge.gone, "kept": merge.kept}
    link = format_html(
        '{} <a href="{}">{}</a>', said, reverse("registry:merge", args=[merge.pk]), _("Undo…")
    )
    messages.success(request, link)
    return redirect("registry:pairs")


def _after_a_merge(request: HttpRequest, pair: DuplicatePair) -> HttpResponse:
    """A pair that is one firm by now leads to the merge, or to the firm that stands for both."""
    if pair.state == PairState.MERGED:
        between = Q(kept=pair.first, gone=pair.second) | Q(kept=pair.second, gone=pair.first)
        merge = FirmMerge.objects.visible_to(request.user).filter(between, undone_at=None).first()
        if merge is not None:
            return redirect("registry:merge", pk=merge.pk)
    standing = Firm.objects.visible_to(request.user).filter(merged__in=[pair.first, pair.second])
    firm = standing.first()
    if firm is None:
        raise Http404
    return redirect("registry:firm", pk=firm.pk)


def _reason(request: HttpRequest) -> str:
    return " ".join(request.POST.get("alasan", "").replace("\x00", " ").split())[:200]


def _say(request: HttpRequest, error: ValidationError) -> None:
    for sentence in error.messages:
        messages.error(request, sentence)
