"""The app of the register: regions, classes, firms and what belongs to them."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    """The register of firms."""

    name = "registry"
    verbose_name = _("Register")
