"""The page that shows every component of the product with its states, for those who build it.

Rule: it is no part of the public site. It exists on a machine that serves only itself, and for
signed-in staff; for everybody else there is nothing at its address.
"""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ciayumajakuning import design_samples as samples
from promotions.pages import Page


class SampleForm(forms.Form):
    """Fields at rest and with errors; nothing is ever sent."""

    name = forms.CharField(label=_("Name"), required=False, initial="Rotan Contoh")
    nib = forms.CharField(label=_("NIB"))
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea)
    region = forms.ChoiceField(
        label=_("Region"), choices=[(name, name) for name, _mark in samples.REGIONS]
    )


@require_safe
@never_cache
def components(request: HttpRequest) -> HttpResponse:
    """Tokens, components and charts with sample numbers, missing ones among them."""
    if not (settings.MODE == "local" or settings.DEBUG or getattr(request.user, "is_staff", False)):
        raise Http404
    return render(
        request,
        "gaya.html",
        {
            "colours": samples.COLOURS,
            "sizes": samples.SIZES,
            "badges": samples.badges(),
            "tiles": samples.tiles(),
            "steps": samples.steps(),
            "tabs": samples.tabs(request.path),
            "rest": SampleForm(auto_id="contoh-%s"),
            "wrong": SampleForm({"region": samples.REGIONS[0][0]}, auto_id="salah-%s"),
            "page": Page(rows=range(24), number=3, pages=12, size=24, total=286, more=False),
            "charts": samples.charts(),
        },
    )
