"""Writing to a firm: the form, the check page, and the status page behind a secret address.

Rule: nothing is stored before the buyer has checked it. No script, no account, no puzzle: a trap
field, the time of the form and limits keep machines out, and what they let through is held for an
officer. A firm's contact is not told; the buyer's own goes only to whom the form names.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.limits import Limit, address_of
from promotions import services, tasks
from promotions.forms import GeneralInquiryForm, InquiryForm
from promotions.inquiries.stamps import Stamp, new_stamp, read_stamp
from promotions.inquiries.status import status_of
from promotions.inquiries.suspicion import content_hash, suspicions
from promotions.inquiries.words import buyer_of, wish_of
from promotions.models import Inquiry, Suspicion
from promotions.similar import similar_to
from promotions.views import gone
from registry.cards import hash_of
from registry.models import Firm

SENT_PER_ADDRESS = Limit("inquiry", 3, 3600)
SAME_WORDS = Limit("inquiry-words", 3, 86_400)
STATUS_PER_ADDRESS = Limit("inquiry-status", 60, 60)
# A field that people do not see; only machines fill it in.
TRAP = "situs"
SIMILAR = 3


@dataclass
class _Writing:
    """A form on its way: to whom, and what came with it."""

    request: HttpRequest
    firm: Firm | None
    form: InquiryForm
    step: str

    @property
    def context(self) -> dict[str, Any]:
        """What both pages show."""
        return {
            "firm": self.firm,
            "form": self.form,
            "trap": TRAP,
            "keep_months": settings.INQUIRY_KEEP_MONTHS,
            "section": "catalogue",
        }


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def write_to_firm(request: HttpRequest, slug: str, pk: str) -> HttpResponse:
    """Write to one public firm, and to some like it if the buyer wants."""
    public = Firm.objects.public()
    firm = public.select_related("regency", "village").filter(pk=int(pk)).first()
    if firm is None:
        return gone(request, public, int(pk))
    similar = similar_to(public, firm, SIMILAR)
    data = request.POST if request.method == "POST" else None
    step = request.POST.get("langkah", "")
    return _answer(_Writing(request, firm, InquiryForm(data, similar=similar), step))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def write_to_all(request: HttpRequest) -> HttpResponse:
    """Write without naming a firm; an officer chooses who gets it."""
    data = request.POST if request.method == "POST" else None
    step = request.POST.get("langkah", "")
    return _answer(_Writing(request, None, GeneralInquiryForm(data), step))


@require_http_methods(["GET", "HEAD"])
@never_cache
def inquiry_status(request: HttpRequest, token: str) -> HttpResponse:
    """What became of an inquiry, for whoever has its secret address."""
    if not STATUS_PER_ADDRESS.allows(address_of(request)):
        response = _wait(request)
    elif inquiry := Inquiry.objects.filter(token_hash=hash_of(token)).first():
        context = {"status": status_of(inquiry), "section": "catalogue"}
        response = render(request, "promotions/inquiry/status.html", context)
    else:
        response = render(request, "promotions/inquiry/unknown.html", status=404)
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "same-origin"
    return response


def _answer(writing: _Writing) -> HttpResponse:
    """The form; its check page when all is well; the status page when it was sent."""
    request = writing.request
    if request.method != "POST":
        return _form(writing, new_stamp())
    stamp = read_stamp(request.POST.get("cap", ""))
    if stamp is None:
        return _form(writing, new_stamp(), status=400, stale=True)
    if not writing.form.is_valid():
        return _form(writing, request.POST["cap"], status=400)
    if writing.step == "kirim":
        return _send(writing, stamp)
    if writing.step == "ubah":
        return _form(writing, request.POST["cap"])
    return _check(writing)


def _form(writing: _Writing, stamp: str, *, status: int = 200, stale: bool = False) -> HttpResponse:
    context = {**writing.context, "stamp": stamp, "stale": stale}
    return render(writing.request, "promotions/inquiry/form.html", context, status=status)


def _check(writing: _Writing, *, status: int = 200, problem: str = "") -> HttpResponse:
    """What will be sent, with the way back; it stands in hidden fields and nowhere else."""
    inquiry = _inquiry_of(writing)
    data = writing.request.POST
    kept = [
        (name, value)
        for name in [*writing.form.fields, TRAP, "cap"]
        for value in data.getlist(name)
    ]
    context = {
        **writing.context,
        "kept": kept,
        "also": writing.form.also_to(),
        "wish": list(wish_of(inquiry)),
        "buyer": list(buyer_of(inquiry)),
        "text": inquiry.text,
        "problem": problem,
    }
    return render(writing.request, "promotions/inquiry/check.html", context, status=status)


def _send(writing: _Writing, stamp: Stamp) -> HttpResponse:
    request, form = writing.request, writing.form
    known = Inquiry.objects.filter(token_hash=hash_of(stamp.token)).exists()
    inquiry = _inquiry_of(writing)
    if not known:
        if not SENT_PER_ADDRESS.allows(address_of(request)):
            return _check(
                writing,
                status=429,
                problem=_(
                    "From this network several inquiries were sent within an hour. Yours is still "
                    "here: wait an hour, then press “Send” again."
                ),
            )
        firms = [*([writing.firm] if writing.firm else []), *form.also_to()]
        draft = services.InquiryDraft(inquiry, firms, stamp.token, _held_for(request, form, stamp))
        services.inquiry_send(draft=draft)
        tasks.post()
    return redirect("promotions:inquiry", token=stamp.token)


def _held_for(request: HttpRequest, form: InquiryForm, stamp: Stamp) -> list[str]:
    """What speaks against it being an inquiry."""
    typed = form.cleaned_data
    found = [*suspicions(typed["text"], typed["name"], typed["company"])]
    if request.POST.get(TRAP):
        found.append(Suspicion.TRAP)
    if stamp.too_fast:
        found.append(Suspicion.FAST)
    if not SAME_WORDS.allows(content_hash(typed["text"])):
        found.append(Suspicion.REPEATED)
    return [str(each) for each in found]


def _inquiry_of(writing: _Writing) -> Inquiry:
    language = (get_language() or "id")[:2]
    return writing.form.inquiry(language, writing.request.build_absolute_uri("/"))


def _wait(request: HttpRequest) -> HttpResponse:
    return render(request, "promotions/card/unknown.html", {"wait": True}, status=429)
