"""The same in English: the day first, since month first would be read as another day."""

from __future__ import annotations

from ciayumajakuning.formats.id.formats import DATE_INPUT_FORMATS

__all__ = ["DATE_INPUT_FORMATS"]
