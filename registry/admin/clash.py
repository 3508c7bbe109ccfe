"""The second of two people who save one firm: sees the differences, chooses, loses nothing.

Rule: what only the other one changed is taken over, what only this person changed is kept; where
both changed a field, or one changed a row that the other took away, the form comes back with both
values and asks which one holds. It is asked again when somebody writes once more in between.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import CheckboxInput, FileField, ModelChoiceField
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from registry.models import Firm
from registry.versions import as_text, authors_since, changed_since, from_text, version_of
from registry.wording import Names, in_words

VERSION, SEEN, PICK = "_versi", "_versi_dilihat", "_pilih-"
THEIRS, MINE = "mereka", "saya"


@dataclass(frozen=True)
class Line:
    """A field with its three values in words; without `key` there is nothing to choose."""

    what: str
    before: str
    theirs: str
    mine: str = ""
    key: str = ""
    picked: str = ""


class At(NamedTuple):
    """Where a row stands in the sent form, and what people call it; the firm's own is neither."""

    start: str = ""
    of: str = ""


@dataclass
class Clash:
    """What the other person changed while the form was open."""

    data: QueryDict  # the form as it goes on: taken over where only the other one changed
    seen: str  # the version that this was found against
    authors: list[Any] = field(default_factory=list)
    conflicts: list[Line] = field(default_factory=list)
    taken: list[Line] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def open(self) -> bool:
        """Whether somebody has to look: not seen yet, or something not chosen."""
        shown = self.data.get(SEEN) == self.seen
        return bool(self) and not (shown and all(line.picked for line in self.conflicts))

    def __bool__(self) -> bool:
        return bool(self.conflicts or self.taken or self.notes)


def clash_of(request: HttpRequest, firm: Firm, form: Any, formsets: list[Any]) -> Clash | None:
    """What stands between the sent form and the firm as it is now; None: nothing.

    `form` is the class of the form, `formsets` the classes of its inlines.
    """
    then = from_text(request.POST.get(VERSION, ""))
    now = version_of(firm)
    if then is None or then == now:
        return None
    clash = Clash(request.POST.copy(), as_text(now), authors_since(firm, then))
    base = changed_since(firm, Firm, then).get(firm.pk)
    if base is not None:
        _compare(clash, form.base_fields, firm, base, At())
    for formset in formsets:
        _compare_rows(clash, formset, firm, changed_since(firm, formset.model, then))
    return clash or None


def _compare_rows(clash: Clash, formset: Any, firm: Firm, before: dict[Any, Any]) -> None:
    """The rows of one inline that the other person wrote."""
    if not before:
        return
    prefix, model = formset.get_default_prefix(), formset.model
    now = {row.pk: row for row in model._default_manager.filter(firm=firm.pk, pk__in=before)}
    posted = dict(_posted(clash.data, prefix, model))
    gone = []
    for key, base in before.items():
        place, row = posted.get(key), now.get(key)
        if row is not None and place is not None and base is not None:
            _compare_row(clash, formset, row, base, f"{prefix}-{place}-")
        elif row is not None and base is None:
            clash.notes.append(
                _("Added meanwhile, it stays: %(kind)s %(row)s.")
                % {"kind": model._meta.verbose_name, "row": row}
            )
        elif row is None and place is not None and base is not None:
            gone.append((place, base))
    for place, base in gone:
        _taken_away(clash, formset, base, f"{prefix}-{place}-")
    if gone:
        _renumber(clash.data, prefix)


def _compare_row(clash: Clash, formset: Any, row: Any, base: Any, start: str) -> None:
    at = At(start, f"{row._meta.verbose_name} {row}")
    delete = f"{start}DELETE"
    if delete not in clash.data:
        _compare(clash, formset.form.base_fields, row, base, at)
        return
    picked = clash.data.get(f"{PICK}{delete}", "")
    clash.conflicts.append(Line(at.of, "", _("changed"), _("take away"), delete, picked))
    if picked == THEIRS:
        clash.data.pop(delete)
        _compare(clash, formset.form.base_fields, row, base, at)


def _compare(clash: Clash, fields: Any, row: Any, base: Any, at: At) -> None:
    """Field by field: taken over, kept, or to be chosen."""
    for name, form_field in fields.items():
        if isinstance(form_field, FileField):
            continue  # a file that was not chosen anew stays as it is
        column = _column(row, name)
        if column is None:
            continue
        was, is_now = column.value_from_object(base), column.value_from_object(row)
        if was == is_now:
            continue
        key = f"{at.start}{name}"
        typed = form_field.widget.value_from_datadict(clash.data, {}, key)
        if not form_field.has_changed(is_now, typed):
            continue  # both say the same
        names = Names.of([base, row])
        what = f"{at.of}: {column.verbose_name}" if at.of else str(column.verbose_name)
        before, theirs = (in_words(column, value, names) for value in (was, is_now))
        if not form_field.has_changed(was, typed):
            put(clash.data, key, form_field, is_now)
            clash.taken.append(Line(what, before, theirs))
            continue
        picked, mine = clash.data.get(f"{PICK}{key}", ""), _said(form_field, typed)
        clash.conflicts.append(Line(what, before, theirs, mine, key, picked))
        if picked == THEIRS:
            put(clash.data, key, form_field, is_now)


def _taken_away(clash: Clash, formset: Any, base: Any, start: str) -> None:
    """A row that the other one took away: it goes, unless this person had changed it."""
    what = f"{formset.model._meta.verbose_name} {_name(formset, base)}".strip()
    changed = [
        name
        for name, form_field in formset.form.base_fields.items()
        if (column := _column(base, name)) is not None
        and not isinstance(form_field, FileField)
        and form_field.has_changed(
            column.value_from_object(base),
            form_field.widget.value_from_datadict(clash.data, {}, f"{start}{name}"),
        )
    ]
    key = f"{start}id"
    if not changed or f"{start}DELETE" in clash.data:
        _drop(clash.data, start)
        clash.notes.append(_("Taken away meanwhile: %(what)s.") % {"what": what})
        return
    clash.data[key] = ""
    clash.notes.append(
        _("Taken away meanwhile, though you changed it: %(what)s. Saving adds it again.")
        % {"what": what}
    )


def _posted(data: QueryDict, prefix: str, model: type[models.Model]) -> Iterator[tuple[Any, int]]:
    """The rows of an inline that the form carries, by key."""
    for place in range(_total(data, prefix)):
        key = data.get(f"{prefix}-{place}-id", "")
        if key.isascii() and key.isdigit():
            yield int(key), place


def _renumber(data: QueryDict, prefix: str) -> None:
    """Rows that are in the table first, then new ones, as a set of forms counts them."""
    rows = []
    for place in range(_total(data, prefix)):
        start = f"{prefix}-{place}-"
        row = {key[len(start) :]: data.pop(key) for key in list(data) if key.startswith(start)}
        if row:
            rows.append(row)
    rows.sort(key=lambda row: not any(row.get("id", [""])))
    for place, row in enumerate(rows):
        for name, values in row.items():
            data.setlist(f"{prefix}-{place}-{name}", values)
    data[f"{prefix}-TOTAL_FORMS"] = str(len(rows))
    data[f"{prefix}-INITIAL_FORMS"] = str(sum(any(row.get("id", [""])) for row in rows))


def _total(data: QueryDict, prefix: str) -> int:
    text = data.get(f"{prefix}-TOTAL_FORMS", "0")
    return min(int(text), 1_000) if text.isascii() and text.isdigit() else 0


def _drop(data: QueryDict, start: str) -> None:
    for key in [key for key in data if key.startswith(start)]:
        data.pop(key)


def _column(row: Any, name: str) -> Any:
    """The field of the table behind a field of the form."""
    found = {each.name: each for each in row._meta.concrete_fields}
    return found.get(name)


def put(data: QueryDict, key: str, form_field: Any, value: Any) -> None:
    """Write a value into the sent form as the form itself would show it."""
    if isinstance(form_field.widget, CheckboxInput):
        data.pop(key, None)
        if value:
            data[key] = "on"
        return
    shown = form_field.widget.format_value(form_field.prepare_value(value))
    if isinstance(shown, list | tuple):
        shown = shown[0] if shown else ""
    data[key] = "" if shown is None else str(shown)


def _said(form_field: Any, typed: Any) -> str:
    """What was typed, in words where it is a choice."""
    if typed in (None, ""):
        return _("not provided")
    try:
        value = form_field.clean(typed)
    except ValidationError:
        return str(typed)
    if isinstance(form_field, ModelChoiceField):
        return str(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    choices = dict(getattr(form_field, "choices", ()))
    return str(choices.get(value, typed))


def _name(formset: Any, base: Any) -> str:
    """What people call a row that is gone: its first field that is filled."""
    names = Names.of([base])
    for name in formset.form.base_fields:
        column = _column(base, name)
        if column is not None and (value := column.value_from_object(base)) not in (None, ""):
            return in_words(column, value, names)
    return ""
