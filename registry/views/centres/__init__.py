"""Thin faces of the centres for staff and officials."""

from __future__ import annotations

from registry.views.centres.members import centre_members, centre_proposals, centre_refused
from registry.views.centres.pages import centre_list, centre_page
from registry.views.centres.writing import (
    centre_figures,
    centre_households,
    centre_propose,
    centre_step,
)

__all__ = [
    "centre_figures",
    "centre_households",
    "centre_list",
    "centre_members",
    "centre_page",
    "centre_proposals",
    "centre_propose",
    "centre_refused",
    "centre_step",
]
