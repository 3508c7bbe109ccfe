"""Controls of the admin's forms that say what they are, with and without script."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import ForeignKey
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class NamedEmptySelect(AutocompleteSelect):
    """A list to search in, whose empty choice has words: without script it is a plain list."""

    def create_option(
        self, name: str, value: Any, label: Any, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        """Give the choice without a label its words."""
        shown: Any = label if str(label) else _("not provided")
        return super().create_option(name, value, shown, *args, **kwargs)


class NamedEmptyMixin:
    """Searches in such lists wherever `autocomplete_fields` asks for it."""

    admin_site: Any

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> Any:
        """The field with our list."""
        if "widget" not in kwargs and db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs["widget"] = NamedEmptySelect(
                db_field, self.admin_site, using=kwargs.get("using")
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]
