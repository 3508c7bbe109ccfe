"""What is printed or downloaded from the desk for the firms that were chosen."""

from __future__ import annotations

from tempfile import SpooledTemporaryFile
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.policy import Action
from registry.cards import path_of
from registry.desk.asked import desk_address
from registry.desk.chosen import Chosen, chosen_of
from registry.desk.papers import (
    MOST_FORMS,
    MOST_ROWS,
    MOST_VISITS,
    forms_of,
    visits_of,
    write_list,
)
from registry.views.staff import staff_may

_SPOOL = 5 * 1024 * 1024
_for_desk = staff_may(Action.ADD, "registry.contact")


@require_safe
@_for_desk
def desk_visits(request: HttpRequest) -> HttpResponse:
    """The visit list: by village, with room for handwriting."""
    chosen = chosen_of(request, request.GET)
    if (refused := _refused(request, chosen, MOST_VISITS)) is not None:
        return refused
    return _paper(request, chosen, "registry/desk/visits.html", villages=visits_of(chosen))


@require_http_methods(["GET", "HEAD", "POST"])
@_for_desk
def desk_forms(request: HttpRequest) -> HttpResponse:
    """A consent form for each firm, to be signed by hand; making them makes each firm a card."""
    chosen = chosen_of(request, request.GET)
    if (refused := _refused(request, chosen, MOST_FORMS)) is not None:
        return refused
    if request.method != "POST":
        full_path = request.get_full_path()
        return _paper(request, chosen, "registry/desk/forms_ask.html", full_path=full_path)
    forms = forms_of(chosen, lambda token: request.build_absolute_uri(path_of(token)))
    return _paper(request, chosen, "registry/desk/forms.html", forms=forms)


@require_safe
@_for_desk
def desk_xlsx(request: HttpRequest) -> HttpResponseBase:
    """The firms as a workbook."""
    chosen = chosen_of(request, request.GET)
    if (refused := _refused(request, chosen, MOST_ROWS)) is not None:
        return refused
    file = SpooledTemporaryFile(max_size=_SPOOL)  # noqa: SIM115 - the answer closes it
    write_list(file, chosen)
    file.seek(0)
    name = f"tugas-{chosen.asked.queue.key}-{timezone.localdate():%Y%m%d}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name)


def _refused(request: HttpRequest, chosen: Chosen, most: int) -> HttpResponse | None:
    """Back to the list with the reason where there is nobody, or more than can be printed."""
    found = chosen.firms.order_by().values("pk")[: most + 1].count()
    if 0 < found <= most:
        return None
    if not found:
        said = _("Tick at least one firm, or choose all that match the filters.")
    else:
        said = _(
            "At most %(most)s firms at once for this. Narrow the list with a filter, for example "
            "district by district."
        ) % {"most": most}
    messages.error(request, said)
    return redirect(desk_address(chosen.asked))


def _paper(request: HttpRequest, chosen: Chosen, template: str, **more: Any) -> HttpResponse:
    context = {
        "section": "desk",
        "chosen": chosen,
        "back": desk_address(chosen.asked),
        "now": timezone.now(),
        **more,
    }
    return render(request, template, context)
