"""Numbered pages of the catalogue's lists; the rule stands in `registry.paging`."""

from __future__ import annotations

from registry.paging import COUNT_LIMIT, MAX_PAGES, Page, capped_count, page_of

__all__ = ["COUNT_LIMIT", "MAX_PAGES", "Page", "capped_count", "page_of"]
