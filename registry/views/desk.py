"""The desk: queues of firms, and the contact log of a firm."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.policy import Action
from registry import services
from registry.desk.actions import ACTIONS, PAPERS
from registry.desk.asked import asked_of, came_from, desk_address
from registry.desk.messages import with_links
from registry.desk.queues import due_today
from registry.desk.rows import rows_of, with_places
from registry.desk.tabs import tabs_of
from registry.forms_desk import ContactForm
from registry.models import Firm
from registry.views.firms import firm_answer
from registry.views.staff import staff_may

PAGE_SIZE = 25
_for_desk = staff_may(Action.ADD, "registry.contact")


@require_safe
@_for_desk
def desk(request: HttpRequest) -> HttpResponse:
    """One queue: the firms that want the same step, with all that each lacks."""
    asked = asked_of(request)
    tabs = tabs_of(asked)
    firms = with_places(Firm.objects.visible_to(request.user))
    page = asked.page(request.GET.get("hal"), PAGE_SIZE, firms)
    return render(
        request,
        "registry/desk/list.html",
        {
            "section": "desk",
            "asked": asked,
            "filters": asked.filters,
            "tabs": tabs,
            "page": page,
            "rows": with_links(rows_of(page.rows, request.user), asked.queue, request.user),
            "next_tab": next((tab for tab in tabs if tab.count and not tab.current), None),
            "actions": ACTIONS.values(),
            "papers": [(key, label) for key, (label, _name) in PAPERS.items()],
            "today_count": due_today(request.user),
            "today": timezone.localdate(),
            "now": timezone.now(),
        },
    )


@require_POST
@_for_desk
def contact_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Log one contact with a firm, then go back to where one came from."""
    firm = get_object_or_404(Firm.objects.in_scope(request.user, Action.CHANGE), pk=pk)
    asked = came_from(request, request.POST.get("kembali"))
    form = ContactForm(request.POST)
    if not form.is_valid():
        return firm_answer(request, pk, contact=form, asked=asked, status=400)
    services.contact_log(firm=firm, by=request.user, **form.cleaned_data)
    messages.success(request, _("Contact with %(firm)s logged.") % {"firm": firm})
    if asked is not None and "_daftar" in request.POST:
        return redirect(desk_address(asked))
    back = f"?{asked.query}" if asked else ""
    return redirect(f"{reverse('registry:firm', args=[pk])}{back}#kontak")
