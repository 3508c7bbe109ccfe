"""What is done with many firms of a queue, on a page that names them first."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.policy import Action
from registry.desk.actions import ACTIONS, PAPERS, ManyAction
from registry.desk.asked import desk_address
from registry.desk.chosen import SHOWN_NAMES, Chosen, chosen_of
from registry.services.many import MOST, Tally
from registry.views.staff import staff_may


@require_http_methods(["GET", "HEAD", "POST"])
@staff_may(Action.ADD, "registry.contact")
def desk_many(request: HttpRequest) -> HttpResponse:
    """Name the firms and the effect, ask for the rest, then do it."""
    data = request.POST if request.method == "POST" else request.GET
    chosen, key = chosen_of(request, data), data.get("aksi", "")
    if not chosen.count:
        said = _("Tick at least one firm, or choose all that match the filters.")
        return _back(request, chosen, said)
    if key in PAPERS:
        return redirect(f"{reverse(PAPERS[key][1])}?{urlencode(chosen.parts)}")
    if (action := ACTIONS.get(key)) is None:
        return _back(request, chosen, _("Choose what is to be done with the firms."))
    if request.method != "POST":
        return _page(request, chosen, action, action.form())
    return _do(request, chosen, action)


def _do(request: HttpRequest, chosen: Chosen, action: ManyAction) -> HttpResponse:
    form = action.form(request.POST, request.FILES)
    if chosen.too_many or not form.is_valid():
        return _page(request, chosen, action, form, status=400)
    if request.POST.get("jumlah") != str(chosen.count):
        form.add_error(None, _("The list has changed meanwhile. Look at the number, then go on."))
        return _page(request, chosen, action, form, status=409)
    try:
        tally = action.do(firms=chosen.keys, by=request.user, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, chosen, action, form, status=400)
    _tell(request, action, tally)
    return redirect(desk_address(chosen.asked))


def _back(request: HttpRequest, chosen: Chosen, said: str) -> HttpResponse:
    messages.error(request, said)
    return redirect(desk_address(chosen.asked))


def _page(
    request: HttpRequest, chosen: Chosen, action: ManyAction, form: Any, status: int = 200
) -> HttpResponse:
    context = {
        "section": "desk",
        "chosen": chosen,
        "action": action,
        "form": form,
        "most": MOST,
        "back": desk_address(chosen.asked),
    }
    return render(request, "registry/desk/many.html", context, status=status)


def _tell(request: HttpRequest, action: ManyAction, tally: Tally) -> None:
    said = ngettext("%(what)s: %(n)s firm.", "%(what)s: %(n)s firms.", tally.done)
    messages.success(request, said % {"what": action.label, "n": tally.done})
    if tally.had:
        said = ngettext(
            "%(n)s firm had it already and stays as it is: %(names)s.",
            "%(n)s firms had it already and stay as they are: %(names)s.",
            len(tally.had),
        )
        messages.warning(request, said % {"n": len(tally.had), "names": _names(tally.had)})
    if tally.left:
        said = ngettext(
            "%(n)s firm was left out: %(names)s. Look at its page for the reason: a consent "
            "withdrawn since, or no main site in your region.",
            "%(n)s firms were left out: %(names)s. Look at their pages for the reason: a consent "
            "withdrawn since, or no main site in your region.",
            len(tally.left),
        )
        messages.warning(request, said % {"n": len(tally.left), "names": _names(tally.left)})


def _names(names: list[str]) -> str:
    told = ", ".join(names[:SHOWN_NAMES])
    return f"{told}, …" if len(names) > SHOWN_NAMES else told
