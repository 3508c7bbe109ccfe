"""The distinct words of the register, so that a mistyped question is mended against them."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchWord(models.Model):
    """A word that firms or owners are found by; gathered in the background, never typed."""

    word = models.TextField(primary_key=True)
    times = models.PositiveIntegerField(default=1)
    owners_only = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("search word")
        verbose_name_plural = _("search words")
        indexes = [GinIndex(fields=["word"], name="searchword_like", opclasses=["gin_trgm_ops"])]

    def __str__(self) -> str:
        return self.word
