"""The app of the public side: catalogue, cards of firms, inquiries of buyers."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PromotionsConfig(AppConfig):
    """What the public sees, and what it writes."""

    name = "promotions"
    verbose_name = _("Promotion")

    def ready(self) -> None:
        """What runs again and again is entered when the tables stand; the desk gets its tab."""
        from promotions.inquiries.queues import desk_tab
        from promotions.tasks import keep_schedules
        from registry.desk.tabs import LISTS

        post_migrate.connect(keep_schedules, sender=self, dispatch_uid="promotions.schedules")
        LISTS.append(desk_tab())
