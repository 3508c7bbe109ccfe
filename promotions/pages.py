"""Numbered pages of the catalogue's lists; the rule stands in `registry.paging`."""

from __future__ import annotations

from registry.paging import capped_count, page_of

__all__ = ["capped_count", "page_of"]
