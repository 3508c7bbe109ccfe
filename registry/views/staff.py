"""What the pages for those who keep the register have in common."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache

from accounts import policy

View = Callable[..., HttpResponseBase]


def staff_may(action: str, kind: str) -> Callable[[View], View]:
    """Pages for those who may do `action` with things of `kind`; others learn that they may not."""

    def decorate(view: View) -> View:
        @wraps(view)
        @never_cache
        @login_required
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not policy.may_kind(request.user, action, kind):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return inner

    return decorate
