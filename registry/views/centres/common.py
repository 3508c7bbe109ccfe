"""What every page of a centre does first: who may be here, and which centre it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache

from accounts import policy
from accounts.policy import Action
from registry.models import Centre

View = Callable[..., HttpResponse]


def of_centre(action: Action) -> Callable[[View], View]:
    """A page of one centre: outside the person's regions there is none, and `action` is asked."""

    def decorate(view: View) -> View:
        @wraps(view)
        @never_cache
        @login_required
        def inner(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
            rows = Centre.objects.visible_to(request.user)
            rows = rows.select_related("regency", "district", "village", "commodity")
            centre = get_object_or_404(rows, pk=pk)
            if not policy.may(request.user, action, centre):
                raise PermissionDenied
            return view(request, centre, **kwargs)

        return inner

    return decorate
