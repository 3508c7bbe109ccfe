"""Wires the project: its own app for commands and pages that only compose, and the admin site."""

from __future__ import annotations

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig


class WiringConfig(AppConfig):
    """The app that holds wiring and no domain rule."""

    name = "ciayumajakuning"


class AdminConfig(DjangoAdminConfig):
    """Django's admin with the product's site in place of the stock one."""

    default_site = "ciayumajakuning.admin_site.WorkroomAdminSite"
