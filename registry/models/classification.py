"""KBLI in its editions, the buyers' product groups, the officials' industry groups, and units."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models.base import Bilingual, tracked
from registry.querysets import KbliQuerySet, ReferenceQuerySet


class Reference(models.Model):
    """A table that is the same in every region."""

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        abstract = True

    def policy_regencies(self) -> None:
        """Classes belong to everybody."""
        return


@tracked()
class KbliEdition(Reference):
    """An edition of KBLI, by the BPS regulation that set it."""

    code = models.CharField(_("edition"), max_length=4, primary_key=True)
    title = models.CharField(_("title"), max_length=120)
    regulation = models.CharField(_("regulation"), max_length=80)
    in_force_on = models.DateField(_("in force on"), null=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("KBLI edition")
        verbose_name_plural = _("KBLI editions")
        ordering = ["-code"]

    def __str__(self) -> str:
        return f"KBLI {self.code}"


@tracked()
class IndustryGroup(Reference, Bilingual):
    """A group of KBLI divisions, in officials' words, for the dashboards."""

    slug = models.SlugField(_("slug"), primary_key=True)
    position = models.PositiveSmallIntegerField(_("position"), unique=True)
    divisions = models.CharField(_("KBLI divisions"), max_length=80)

    class Meta:
        verbose_name = _("industry group")
        verbose_name_plural = _("industry groups")
        ordering = ["position"]


class KbliLevel(models.TextChoices):
    """The five levels of KBLI."""

    SECTION = "section", _("section")
    DIVISION = "division", _("division")
    GROUP = "group", _("group")
    CLASS = "class", _("class")
    SUBCLASS = "subclass", _("subclass")


@tracked(exclude=["search"])
class KbliCode(Reference):
    """A code of one edition. The key is `2020-31002`: a code without its edition says nothing."""

    id = models.CharField(max_length=10, primary_key=True)
    edition = models.ForeignKey(KbliEdition, on_delete=models.PROTECT, verbose_name=_("edition"))
    code = models.CharField(_("code"), max_length=5)
    level = models.CharField(_("level"), max_length=10, choices=KbliLevel.choices)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("parent")
    )
    section = models.CharField(_("section"), max_length=1)
    title_id = models.CharField(_("title (Indonesian)"), max_length=255, blank=True)
    title_en = models.CharField(_("title (English)"), max_length=255, blank=True)
    group = models.ForeignKey(
        IndustryGroup,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="codes",
        verbose_name=_("industry group"),
    )
    search = models.TextField(editable=False, default="")

    objects = KbliQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("KBLI code")
        verbose_name_plural = _("KBLI codes")
        ordering = ["-edition", "code"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="kbli_code_once_an_edition"),
        ]
        indexes = [
            GinIndex(fields=["search"], name="kbli_search", opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        title = self.title_id or str(_("title not yet published"))
        return f"{self.code} {title} (KBLI {self.edition_id})"


@tracked()
class KbliMapping(Reference):
    """A main successor of a 2020 code in 2025; both may have several."""

    old = models.ForeignKey(KbliCode, on_delete=models.CASCADE, related_name="successors")
    new = models.ForeignKey(
        KbliCode, on_delete=models.CASCADE, null=True, blank=True, related_name="predecessors"
    )
    change = models.CharField(_("change"), max_length=80, blank=True)
    basis = models.CharField(_("basis"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("KBLI mapping")
        verbose_name_plural = _("KBLI mappings")
        constraints = [
            models.UniqueConstraint(
                fields=["old", "new"], name="kbli_mapping_once", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old_id} → {self.new_id or '?'}"


@tracked()
class KbliWord(Reference):
    """An everyday word for a product that leads to a code ("kerupuk", "mebel rotan")."""

    word = models.CharField(_("word"), max_length=60)
    kbli = models.ForeignKey(KbliCode, on_delete=models.CASCADE, related_name="words")

    class Meta:
        verbose_name = _("product word")
        verbose_name_plural = _("product words")
        constraints = [models.UniqueConstraint(fields=["word", "kbli"], name="kbli_word_once")]

    def __str__(self) -> str:
        return f"{self.word} → {self.kbli_id}"


@tracked()
class Commodity(Reference, Bilingual):
    """A product group in buyers' words."""

    slug = models.SlugField(_("slug"), primary_key=True)
    position = models.PositiveSmallIntegerField(_("position"), unique=True)
    group = models.ForeignKey(
        IndustryGroup, on_delete=models.PROTECT, null=True, verbose_name=_("industry group")
    )

    class Meta:
        verbose_name = _("product group")
        verbose_name_plural = _("product groups")
        ordering = ["position"]


@tracked()
class CommodityKbli(Reference):
    """A KBLI code of a product group."""

    commodity = models.ForeignKey(Commodity, on_delete=models.CASCADE, related_name="codes")
    kbli = models.OneToOneField(KbliCode, on_delete=models.CASCADE, related_name="commodity_of")

    class Meta:
        verbose_name = _("code of a product group")
        verbose_name_plural = _("codes of product groups")

    def __str__(self) -> str:
        return f"{self.commodity_id}: {self.kbli_id}"


@tracked()
class Unit(Reference, Bilingual):
    """A unit of quantity, with its factor to the base unit of its dimension."""

    code = models.CharField(_("code"), max_length=10, primary_key=True)
    dimension = models.CharField(_("dimension"), max_length=20)
    factor = models.DecimalField(_("factor"), max_digits=12, decimal_places=4)
    aliases = models.TextField(_("other spellings"), blank=True)

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["code"]
