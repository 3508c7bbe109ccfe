"""Inquiries at the desk: what an officer has to do about them, and doing it.

Rule: an officer sees an inquiry that reaches their region, with the firms of that region; the rest
of it is another office's.
"""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.policy import Action
from promotions import services, tasks
from promotions.forms import CloseForm
from promotions.inquiries.desk import firms_to_choose, shown_firms
from promotions.inquiries.queues import QUEUES, counts_of, rows_of
from promotions.inquiries.words import buyer_of, wish_of
from promotions.models import Inquiry, InquiryFirm, InquiryState
from registry import mail
from registry.desk.asked import asked_of
from registry.desk.tabs import tabs_of
from registry.models import Firm
from registry.paging import page_of
from registry.views.staff import staff_may

PAGE_SIZE = 25
KIND = "promotions.inquiry"
_for_staff = staff_may(Action.CHANGE, KIND)


@require_safe
@_for_staff
def inquiry_list(request: HttpRequest) -> HttpResponse:
    """A queue of inquiries in the person's regions; without one named, the first that has any."""
    counts = counts_of(request.user)
    first = next((key for key in QUEUES if counts[key]), "hubungi")
    queue = QUEUES.get(request.GET.get("antrean", ""), QUEUES[first])
    rows = rows_of(queue, request.user).select_related("unit", "commodity", "regency")
    page = page_of(rows, request.GET.get("hal"), PAGE_SIZE)
    context = {
        "section": "desk",
        "tabs": tabs_of(asked_of(request), "promotions-desk:inquiries"),
        "queue": queue,
        "queues": [(each, counts[each.key]) for each in QUEUES.values()],
        "page": page,
        "firms": shown_firms(page.rows, request.user),
        "mail_leaves": mail.can_send(),
    }
    return render(request, "promotions/inquiry_desk/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@_for_staff
def inquiry_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One inquiry whole; what an officer does with it as a whole is posted here."""
    inquiry = get_object_or_404(Inquiry.objects.visible_to(request.user), pk=pk)
    form = CloseForm(request.POST or None)
    if request.method == "POST":
        try:
            said = _do(request, inquiry, form)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            inquiry.refresh_from_db()
            return _page(request, inquiry, status=409)
        messages.success(request, said)
        return redirect("promotions-desk:inquiry", pk=pk)
    return _page(request, inquiry)


@require_POST
@_for_staff
def firm_act(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """What an officer did about the inquiry with one firm."""
    rows = InquiryFirm.objects.in_scope(request.user, Action.CHANGE)
    found = get_object_or_404(rows.select_related("firm", "inquiry"), pk=row, inquiry=pk)
    act = _ACTS.get(request.POST.get("aksi", ""))
    note = _line(request.POST.get("note", ""))[:200]
    try:
        if act is None:
            raise ValidationError(_("Choose what was done."))
        said = act(request, found, note)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        inquiry = get_object_or_404(Inquiry.objects.visible_to(request.user), pk=pk)
        return _page(request, inquiry, status=409)
    messages.success(request, said)
    return redirect("promotions-desk:inquiry", pk=pk)


def _page(request: HttpRequest, inquiry: Inquiry, *, status: int = 200) -> HttpResponse:
    asked = _line(request.POST.get("cari") or request.GET.get("cari", ""))[:100]
    may_route = inquiry.state in (InquiryState.ROUTING, InquiryState.SENT)
    context = {
        "section": "desk",
        "inquiry": inquiry,
        "wish": list(wish_of(inquiry)),
        "buyer": list(buyer_of(inquiry)),
        "rows": shown_firms([inquiry], request.user).get(inquiry.pk, []),
        "held_for": inquiry.held_reasons,
        "close_form": CloseForm(),
        "typed": request.POST,
        "asked": asked,
        "may_route": may_route,
        "choices": firms_to_choose(inquiry, request.user, asked) if may_route else [],
        "mail_leaves": mail.can_send(),
    }
    return render(request, "promotions/inquiry_desk/page.html", context, status=status)


def _line(typed: str) -> str:
    return " ".join(typed.replace("\x00", " ").split())


def _do(request: HttpRequest, inquiry: Inquiry, form: CloseForm) -> str:
    """What was done with the inquiry as a whole, in a sentence."""
    act = request.POST.get("aksi", "")
    if act == "kirim":
        services.inquiry_release(inquiry=inquiry, by=request.user)
        tasks.post()
        return _("It is an inquiry, and goes on its way.")
    if act == "teruskan":
        chosen = [key for key in request.POST.getlist("usaha") if key.isascii() and key.isdigit()]
        firms = Firm.objects.in_scope(request.user, Action.CHANGE).working().filter(pk__in=chosen)
        made = services.inquiry_route(inquiry=inquiry, firms=firms, by=request.user)
        if not made:
            raise ValidationError(_("Choose at least one firm that does not have it yet."))
        tasks.post()
        return _("Passed on to: %(firms)s.") % {"firms": ", ".join(str(r.firm) for r in made)}
    if act == "tutup":
        _require_valid(form)
        reason = form.cleaned_data["reason"]
        services.inquiry_close(inquiry=inquiry, reason=reason, by=request.user)
        return _("Closed. The buyer reads the reason.")
    raise ValidationError(_("Choose what was done."))


def _told(request: HttpRequest, row: InquiryFirm, note: str) -> str:
    services.firm_told(row=row, by=request.user, note=note)
    return _("Noted: %(firm)s knows. It has three working days to answer.") % {"firm": row.firm}


def _answered(request: HttpRequest, row: InquiryFirm, note: str) -> str:
    services.firm_answered(row=row, by=request.user, note=note)
    return _("Noted: %(firm)s has answered.") % {"firm": row.firm}


def _closed(request: HttpRequest, row: InquiryFirm, note: str) -> str:
    form = CloseForm(request.POST)
    _require_valid(form)
    reason = form.cleaned_data["reason"]
    services.firm_closed(row=row, reason=reason, by=request.user, note=note)
    return _("Closed. The buyer reads the reason.")


_ACTS: dict[str, Callable[[HttpRequest, InquiryFirm, str], str]] = {
    "sampai": _told,
    "jawab": _answered,
    "tutup": _closed,
}


def _require_valid(form: CloseForm) -> None:
    if not form.is_valid():
        raise ValidationError([str(each) for errors in form.errors.values() for each in errors])
