"""What a firm types on its card: the fields of the fixed list, mended or refused as for staff."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from registry import identifiers
from registry.corrections import COLUMNS, Values
from registry.forms import begin_labels
from registry.messages import message_for
from registry.models import Firm, Village
from registry.models.cards import Correction

_MOST_WORKERS = 100_000
_TEL = {"inputmode": "tel", "autocomplete": "tel"}


def _text(name: str, label: Any, **attributes: Any) -> forms.CharField:
    length = Firm._meta.get_field(name).max_length  # type: ignore[union-attr]
    return forms.CharField(
        label=label,
        required=False,
        max_length=length,
        widget=forms.TextInput(attrs=attributes),
        error_messages={
            "max_length": _("This has %(show_value)s characters; at most %(limit_value)s are kept.")
        },
    )


def _typed(label: Any, **attributes: Any) -> forms.CharField:
    """A number or an address that our own parser reads."""
    widget = forms.TextInput(attrs=attributes)
    return forms.CharField(label=label, required=False, max_length=300, widget=widget)


def _people(label: Any) -> forms.IntegerField:
    wrong = _("Give a whole number between 0 and 100,000, or leave it empty.")
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=_MOST_WORKERS,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": wrong, "min_value": wrong, "max_value": wrong},
    )


class CorrectionForm(forms.Form):
    """The corrections that a firm can propose, filled with what stands or already waits."""

    phone = _typed(_("phone"), **_TEL)
    whatsapp = _typed(_("WhatsApp"), **_TEL)
    email = _typed(_("e-mail"), inputmode="email", autocomplete="email")
    website = _typed(_("website"), inputmode="url", autocomplete="url")
    address = _text("address", _("address"), autocomplete="street-address")
    village = forms.ChoiceField(label=_("village"), required=False)
    products = _text("products", _("main products"))
    brand = _text("brand", _("brand"))
    workers_male = _people(_("men"))
    workers_female = _people(_("women"))

    def __init__(
        self, firm: Firm, record: Mapping[str, Values], waiting: Mapping[str, Values], data: Any
    ) -> None:
        self.firm, self.record = firm, record
        shown = {**record, **waiting}
        super().__init__(data, initial=_initial(shown))
        self.workers_year: int = record[Correction.WORKERS]["year"]
        self.fields["village"].choices = _village_choices(firm)  # type: ignore[attr-defined]
        begin_labels(self.fields)

    def clean_phone(self) -> str:
        """An Indonesian number as +62…"""
        return self._parsed("phone", identifiers.parse_phone)

    def clean_whatsapp(self) -> str:
        """The same."""
        return self._parsed("whatsapp", identifiers.parse_phone)

    def clean_email(self) -> str:
        """One e-mail address."""
        return self._parsed("email", identifiers.parse_email)

    def clean_website(self) -> str:
        """An address with its scheme."""
        return self._parsed("website", identifiers.parse_website)

    def clean_address(self) -> str:
        """Plain text without an identity number."""
        return self._plain("address")

    def clean_products(self) -> str:
        """Plain text without an identity number."""
        return self._plain("products")

    def clean_brand(self) -> str:
        """Plain text without an identity number."""
        return self._plain("brand")

    def wanted(self) -> dict[str, Values]:
        """What the firm wants to stand on record, by correction."""
        typed = self.cleaned_data
        found = {
            what: {COLUMNS[what][0]: typed[what]} for what in COLUMNS if what != Correction.VILLAGE
        }
        found[Correction.VILLAGE.value] = self._place(typed["village"])
        found[Correction.WORKERS.value] = self._workers()
        return found

    def _place(self, village: str) -> Values:
        if not village:
            return dict(self.record[Correction.VILLAGE])
        return {"regency_id": village[:5], "district_id": village[:8], "village_id": village}

    def _workers(self) -> Values:
        men, women = self.cleaned_data["workers_male"], self.cleaned_data["workers_female"]
        if men is None and women is None:
            return dict(self.record[Correction.WORKERS])
        return {
            "year": self.workers_year,
            "workers_male": men,
            "workers_female": women,
            "workers_total": None,
        }

    def _parsed(self, name: str, parse: Any) -> str:
        parsed = parse(self.cleaned_data.get(name) or "")
        if parsed.problem is not None:
            raise ValidationError(message_for(parsed.problem))
        return parsed.value or ""

    def _plain(self, name: str) -> str:
        text = " ".join((self.cleaned_data.get(name) or "").split())
        if identifiers.holds_identity(text):
            raise ValidationError(
                _("This holds 16 digits like a NIK. Take them out: the register keeps no NIK.")
            )
        return text


def _initial(shown: Mapping[str, Values]) -> dict[str, Any]:
    own = {what: shown[what][COLUMNS[what][0]] for what in COLUMNS}
    own[Correction.VILLAGE.value] = shown[Correction.VILLAGE]["village_id"] or ""
    workers = shown[Correction.WORKERS]
    return own | {name: workers[name] for name in ("workers_male", "workers_female")}


def _village_choices(firm: Firm) -> list[Any]:
    """The villages of the firm's regency by district: a move elsewhere is the offices' matter."""
    groups: dict[str, list[tuple[str, str]]] = {}
    rows = Village.objects.filter(district__regency=firm.regency_id)
    for pk, name, district in rows.order_by("district__name", "name").values_list(
        "pk", "name", "district__name"
    ):
        groups.setdefault(str(district), []).append((pk, name))
    empty = [("", _("not provided"))] if not firm.village_id else []
    return [*empty, *groups.items()]
