"""What the tables of the register share: history, names in two languages, places, private files."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from pathlib import PurePath
from typing import Any

import pghistory
from django.core.files.storage import FileSystemStorage
from django.core.validators import FileExtensionValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left, Length
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

MAX_FILE_BYTES = 10 * 1024 * 1024


def tracked(
    *, whole: str = "", **options: Any
) -> Callable[[type[models.Model]], type[models.Model]]:
    """Keep every state of every row of the table, whoever writes it and however.

    `whole` is the field of the thing that the rows describe: its history is asked for by it, rows
    that were taken away included.
    """
    if whole:

        def decorate_part(model: type[models.Model]) -> type[models.Model]:
            index = models.Index(fields=[whole], name=f"{model.__name__.lower()}_history")
            return tracked(meta={"indexes": [index]}, **options)(model)

        return decorate_part
    decorate: Callable[[type[models.Model]], type[models.Model]] = pghistory.track(
        # New ones for each table: an UpdateEvent keeps the columns of the first it meets.
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        **options,
    )
    return decorate


class Bilingual(models.Model):
    """A thing with an Indonesian and an English name; the screen takes the reader's."""

    name_id = models.CharField(_("name (Indonesian)"), max_length=200)
    name_en = models.CharField(_("name (English)"), max_length=200)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language of the reader."""
        return self.name_en if (get_language() or "id").startswith("en") else self.name_id


class Placed(models.Model):
    """A thing at a place: its regency, and as deep as is known below it."""

    regency = models.ForeignKey(
        "registry.Regency", on_delete=models.PROTECT, verbose_name=_("regency or city")
    )
    district = models.ForeignKey(
        "registry.District",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("district"),
    )
    village = models.ForeignKey(
        "registry.Village",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("village"),
    )

    class Meta:
        abstract = True


def _begins(code: str, upper: str) -> Exact:
    """Official codes carry the code of the region they lie in."""
    return Exact(Left(code, Length(upper)), F(upper))


def place_constraints(prefix: str) -> list[models.CheckConstraint]:
    """A district lies in its regency and a village in its district: official codes say so."""
    return [
        models.CheckConstraint(
            condition=Q(district__isnull=True) | Q(_begins("district_id", "regency_id")),
            name=f"{prefix}_district_in_regency",
            violation_error_message=_("The district does not lie in the chosen regency."),
        ),
        models.CheckConstraint(
            condition=Q(village__isnull=True)
            | (Q(district__isnull=False) & Q(_begins("village_id", "district_id"))),
            name=f"{prefix}_village_in_district",
            violation_error_message=_("The village does not lie in the chosen district."),
        ),
    ]


def point_constraint(prefix: str) -> models.CheckConstraint:
    """A point has both coordinates or none."""
    return models.CheckConstraint(
        condition=Q(latitude__isnull=True, longitude__isnull=True)
        | Q(
            latitude__isnull=False,
            longitude__isnull=False,
            latitude__range=(-90, 90),
            longitude__range=(-180, 180),
        ),
        name=f"{prefix}_point_whole",
        violation_error_message=_("Give both latitude and longitude, or neither."),
    )


class PrivateStorage(FileSystemStorage):
    """Files that only the policy hands out: their address is a view, not a folder of the server."""

    def url(self, name: str | None) -> str:
        """The address of the view that checks who asks."""
        return reverse("registry:file", kwargs={"name": name})


def private_path(instance: models.Model, filename: str) -> str:
    """A name that tells nothing and can't be guessed, in a folder a kind of row."""
    return f"{instance._meta.model_name}/{uuid.uuid4().hex}{PurePath(filename).suffix.lower()}"


class PrivateFileField(models.FileField):
    """A scan or a photo of a document, seen by staff only."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("upload_to", private_path)
        kwargs.setdefault("storage", PrivateStorage())
        kwargs.setdefault("blank", True)
        kwargs.setdefault(
            "validators", [FileExtensionValidator(["pdf", "jpg", "jpeg", "png"]), _not_too_large]
        )
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Leave storage and validators out of migrations: they are code, not schema."""
        name, path, args, kwargs = super().deconstruct()
        for key in ("storage", "validators"):
            kwargs.pop(key, None)
        return name, path, args, kwargs


def _not_too_large(file: Any) -> None:
    from django.core.exceptions import ValidationError

    if file.size > MAX_FILE_BYTES:
        raise ValidationError(
            _(
                "The file has %(mb).1f MB; at most 10 MB are taken. "
                "Scan it smaller, then try again."
            ),
            params={"mb": file.size / 1024 / 1024},
        )
