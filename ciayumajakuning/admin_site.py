"""The admin site at `/kelola/`: Django's own, behind the same sign-in as the rest."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from registry.history import latest_changes
from registry.worklist import MISSING, OLD, URGENT, waiting


class WorkroomAdminSite(AdminSite):
    """Signs people in through allauth, so that second factor and limits hold here too."""

    site_header = _("Manage data")
    site_title = _("Manage data")
    index_title = _("Register of small industry")
    enable_nav_sidebar = False

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """The work list first: what is incomplete in the person's regions; then the tables."""
        queues = waiting(request.user)
        context = {
            "urgent": [queues[queue.key] for queue in URGENT],
            "missing": [queues[queue.key] for queue in (*MISSING, *OLD)],
            "moments": latest_changes(request.user),
            **(extra_context or {}),
        }
        return super().index(request, context)

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Send people to the one sign-in page; those without the right get 403 there."""
        return secure_admin_login(super().login)(request, extra_context=extra_context)
