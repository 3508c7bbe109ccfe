"""The app of the register: regions, classes, firms and what belongs to them."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    """The register of firms."""

    name = "registry"
    verbose_name = _("Register")

    def ready(self) -> None:
        """What runs again and again is entered when the tables stand."""
        from registry.duplicates.sweep import keep_schedule
        from registry.standing.keeping import install
        from registry.tasks import keep_schedules

        post_migrate.connect(install, sender=self, dispatch_uid="standing")
        post_migrate.connect(keep_schedules, sender=self, dispatch_uid="registry.schedules")
        post_migrate.connect(keep_schedule, sender=self, dispatch_uid="duplicates")
