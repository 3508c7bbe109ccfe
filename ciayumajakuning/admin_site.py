"""The admin site at `/kelola/`: Django's own, behind the same sign-in as the rest."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from registry.recent import recent_changes
from registry.worklist import work_list

_FIRST = ("Firm", "Centre", "SiinasAccount", "ProductionSite", "IntakeBatch")


def _rank(model: dict[str, Any]) -> tuple[int, bool, str]:
    """Where a table stands in its list: the daily ones, then those to change, then by name."""
    name = model["object_name"]
    place = _FIRST.index(name) if name in _FIRST else len(_FIRST)
    return place, bool(model["view_only"]), str(model["name"])


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
        context = {
            "work": work_list(request.user),
            "moments": recent_changes(request.user),
            **(extra_context or {}),
        }
        return super().index(request, context)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """What is worked on comes first, what is only looked up after it."""
        apps: list[Any] = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=_rank)
        return apps

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Send people to the one sign-in page; those without the right get 403 there."""
        return secure_admin_login(super().login)(request, extra_context=extra_context)
