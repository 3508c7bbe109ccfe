"""The one view that hands out private files."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from registry.models import (
    Certificate,
    Consent,
    Partnership,
    PublicationDecision,
    SiinasAccount,
)

# Where a private file can hang: the model and its field.
_HOLDERS: dict[str, tuple[Any, str]] = {
    "certificate": (Certificate, "file"),
    "partnership": (Partnership, "file"),
    "consent": (Consent, "paper"),
    "siinasaccount": (SiinasAccount, "evidence_file"),
    "publicationdecision": (PublicationDecision, "paper"),
}


@require_safe
@never_cache
@login_required
def private_file(request: HttpRequest, name: str) -> FileResponse:
    """A scan, to whoever may see the row it belongs to; else 404."""
    holder = _HOLDERS.get(name.partition("/")[0])
    if holder is None:
        raise Http404
    model, field = holder
    row = model._default_manager.visible_to(request.user).filter(**{field: name}).first()
    if row is None:
        raise Http404
    try:
        content = getattr(row, field).open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(content, as_attachment=False)
    response["X-Content-Type-Options"] = "nosniff"
    return response
