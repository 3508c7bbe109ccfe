"""Texts of libraries that show on our pages and have no Indonesian of their own.

Nothing runs here: the list brings them into our catalogue, which Django merges with theirs.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

TASKS = (
    _("Scheduled task"),
    _("Scheduled tasks"),
    _("Queued task"),
    _("Queued tasks"),
    _("Successful task"),
    _("Successful tasks"),
    _("Failed task"),
    _("Failed tasks"),
    _("Task"),
    _("Tasks"),
)
