"""The second step: which sheet, what each column means, in which unit, of which year."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from registry.intake.fields import MONEY
from registry.intake.kinds import KINDS
from registry.intake.labels import label_of
from registry.intake.review import columns_of
from registry.models import IntakeBatch
from registry.models.intake import BatchState
from registry.services import intake
from registry.views.imports.common import COLUMNS, batch_of, for_staff, go_on, show, tell

UNITS = [
    ("rupiah", _("rupiah")),
    ("thousand", _("thousands of rupiah")),
    ("million", _("millions of rupiah")),
    ("billion", _("billions of rupiah")),
]
EDITIONS = ("2020", "2025")
_SURE = {
    "match": ("sah", _("Match")),
    "guess": ("segera", _("Guess")),
    "chosen": ("info", _("Your choice")),
    "": ("biasa", _("Not used")),
}
_SEEN = {
    "firms": _("list of firms"),
    "recap": _("recapitulation"),
    "rows": _("other rows"),
    "empty": _("empty"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def import_columns(request: HttpRequest, pk: int) -> HttpResponse:
    """The columns as they were understood; sending them starts the reading."""
    batch = batch_of(request, pk)
    if batch.state not in (BatchState.COLUMNS, BatchState.REVIEW):
        return go_on(batch)
    errors: dict[str, list[str]] = {}
    answers = _answers(request, batch) if request.method == "POST" else None
    if answers is not None:
        try:
            batch = intake.intake_match_columns(batch=batch, by=request.user, **answers) or batch
            return go_on(batch)
        except ValidationError as error:
            errors = _errors(error)
    return show(
        request,
        "columns",
        batch,
        COLUMNS,
        typed_year=request.POST.get("tahun"),
        **_context(batch, request.user, answers, errors),
    )


@require_POST
@for_staff
def import_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Another sheet of the same file."""
    batch = batch_of(request, pk)
    try:
        intake.intake_choose_sheet(
            batch=batch, sheet=request.POST.get("lembar", ""), by=request.user
        )
    except ValidationError as error:
        tell(request, error)
    return go_on(batch_of(request, pk))


def _answers(request: HttpRequest, batch: IntakeBatch) -> dict[str, Any]:
    """What the form says: of each column its field and unit, and what holds for the whole file."""
    asked = request.POST
    fields, units = {}, {}
    for column in columns_of(batch):
        if column.get("dropped"):
            continue
        letter = column["letter"]
        name = asked.get(f"kolom_{letter}", "")
        fields[letter] = name if name in KINDS[batch.kind].by_name else ""
        if name in MONEY and (unit := asked.get(f"satuan_{letter}")):
            units[name] = unit
    year = asked.get("tahun", "").strip()
    return {
        "fields": fields,
        "units": units,
        "kbli_edition": asked.get("kbli", ""),
        "year": int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None,
        "remember": "ingat" in asked,
    }


def _errors(error: ValidationError) -> dict[str, list[str]]:
    if hasattr(error, "error_dict"):
        return dict(error.message_dict)
    return {NON_FIELD_ERRORS: error.messages}


def _context(
    batch: IntakeBatch, by: Any, answers: dict[str, Any] | None, errors: dict[str, list[str]]
) -> dict[str, Any]:
    """The rows of the table and the questions, as stored or as just answered."""
    fields = answers["fields"] if answers else {}
    units = answers["units"] if answers else {}
    columns = [_column(column, fields, units, errors) for column in columns_of(batch)]
    used = {column["field"] for column in columns if column["field"]}
    options, kind = batch.options, KINDS[batch.kind]
    # What a row finds its firm by; a list of firms needs the name.
    finding = {"name"} if kind.makes_firms else {"name", "nib"}
    return {
        "columns": columns,
        "fields": [(name, label_of(name)) for name in KINDS[batch.kind].by_name],
        "units": UNITS,
        "editions": EDITIONS,
        "edition": answers["kbli_edition"] if answers else options.get("kbli_edition", ""),
        "year": answers["year"] if answers else options.get("year"),
        "remember": answers["remember"] if answers else True,
        "has_kbli": "kbli" in used,
        "has_year": "data_year" in used,
        "errors": errors,
        "listed": _listed(errors, columns),
        "asks_year": "data_year" in kind.by_name,
        "missing": [] if used & finding else [label_of(name) for name in sorted(finding)],
        "sheets": [
            {**sheet, "seen": _SEEN.get(sheet["seen"], "")}
            for sheet in batch.table.get("sheets", [])
            if sheet["usable"]
        ],
        "earlier": intake.earlier_intakes(batch, by),
        "matched": len(used),
        "headed": len([column for column in columns if not column["dropped"]]),
    }


def _column(
    column: dict[str, Any],
    fields: dict[str, str],
    units: dict[str, str],
    errors: dict[str, list[str]],
) -> dict[str, Any]:
    letter = column["letter"]
    name = fields.get(letter, column.get("field") or "")
    changed = letter in fields and name != (column.get("field") or "")
    sure = ("chosen" if name else "") if changed else (column.get("sure") or "")
    return {
        **column,
        "field": name,
        "unit": units.get(name) or (column.get("unit") or ""),
        "asks": name in MONEY,
        "sure": _SURE[sure if name else ""],
        "errors": [*errors.get(letter, []), *(errors.get(f"unit_{name}", []) if name else [])],
    }


def _listed(errors: dict[str, list[str]], columns: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Each sentence with the input it speaks of, for the summary above the form."""
    at = {"kbli_edition": "kbli-2020", "year": "tahun"}
    for column in columns:
        at[column["letter"]] = f"kolom_{column['letter']}"
        if column["field"]:
            at[f"unit_{column['field']}"] = f"satuan_{column['letter']}"
    return [(at.get(key, "kolom"), sentence) for key, said in errors.items() for sentence in said]
