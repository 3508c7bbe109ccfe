"""Which sheet, and what its columns mean: nothing is planned while a question is open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from registry import tasks
from registry.intake import lookups, remembering
from registry.intake.fields import MONEY
from registry.intake.kinds import KINDS
from registry.intake.meanings import UNITS
from registry.intake.sheets import column_from, described, is_field, matched, survey
from registry.intake.store import unpack
from registry.intake.table import ADDRESS_PARTS
from registry.models import IntakeBatch
from registry.models.intake import BatchState
from registry.services.intake.base import begin, held

Errors = dict[str, list[str]]
EDITIONS = ("2020", "2025")
_FIRST_YEAR, _LAST_YEAR = 1990, 2100


def intake_choose_sheet(*, batch: IntakeBatch, sheet: str, by: Any) -> IntakeBatch:
    """Take another sheet of the file."""
    with held(batch, BatchState.COLUMNS, by=by) as now:
        found = survey(unpack(bytes(now.stored.content)), now.kind, lookups.reference())
        chosen = next((seen for seen in found if (seen.sheet.name or "") == sheet), None)
        if chosen is None:
            raise ValidationError(_("The file has no sheet %(sheet)s.") % {"sheet": sheet})
        if chosen.table is None:
            raise ValidationError(
                _("Sheet %(sheet)s has no list of firms. Choose another one.") % {"sheet": sheet}
            )
        now.sheet = sheet[:100]
        now.table = described(found, chosen)
        remembering.apply(now)
    return now


def intake_match_columns(
    *,
    batch: IntakeBatch,
    fields: Mapping[str, str],
    units: Mapping[str, str],
    kbli_edition: str = "",
    year: int | None = None,
    remember: bool = False,
    by: Any,
) -> IntakeBatch:
    """Say what each column means; then the rows are read in the background.

    Raises `ValidationError` with everything that is still open, by the name of its question.
    Columns that are not named keep their meaning.
    """
    with held(batch, BatchState.COLUMNS, BatchState.REVIEW, by=by) as now:
        errors = _match(now, fields, units)
        _check(now, kbli_edition, year, errors)
        if errors:
            raise ValidationError(errors)
        now.options |= {"kbli_edition": kbli_edition, "year": year}
        if remember:
            remembering.remember(now, by)
        begin(now, BatchState.PLANNING, now.table["rows"])
    tasks.start(now)
    now.refresh_from_db()
    return now


def _match(batch: IntakeBatch, fields: Mapping[str, str], units: Mapping[str, str]) -> Errors:
    errors: Errors = {}
    for column in batch.table["columns"]:
        name = fields.get(column["letter"], column["field"])
        if column["dropped"]:
            if name:
                errors[column["letter"]] = [
                    _("Column %(column)s holds identity numbers; it is never read.")
                    % {"column": column["letter"]}
                ]
            continue
        if name and not is_field(name, batch.kind):
            errors[column["letter"]] = [_("The register has no field %(field)s.") % {"field": name}]
            continue
        same = name == column["field"]
        unit = units.get(name) or (column["unit"] if same else "")
        sure = column["sure"] if same else "chosen"
        if same and not column["asks_unit"]:
            continue
        by_year, known = column["by_year"], column["commas"]
        matched(batch.table, column["letter"], name, unit, sure)
        if same:
            column.update(by_year=by_year, commas=known)
    return errors


def _check(batch: IntakeBatch, edition: str, year: int | None, errors: Errors) -> None:
    columns = [c for c in batch.table["columns"] if c["field"] and c["part"] not in ADDRESS_PARTS]
    named = Counter(name for column in columns for name in column_from(column).fields)
    kind = KINDS[batch.kind]
    if "name" not in named and (kind.makes_firms or "nib" not in named):
        errors["fields"] = [_("Say which column holds the name of the firm.")]
    for name, count in named.items():
        if count > 1:
            letters = [c["letter"] for c in columns if name in column_from(c).fields]
            errors.setdefault("fields", []).append(
                _("Columns %(columns)s both mean “%(field)s”. Keep one of them.")
                % {"columns": ", ".join(letters), "field": kind.by_name[name].heading}
            )
    for column in columns:
        if column["field"] in MONEY and column["unit"] not in UNITS:
            errors[f"unit_{column['field']}"] = [
                _("Say in which unit the amounts of column %(column)s (%(heading)s) are.")
                % {"column": column["letter"], "heading": column["heading"]}
            ]
    if ("kbli" in named and edition not in EDITIONS) or edition not in ("", *EDITIONS):
        errors["kbli_edition"] = [_("Say from which edition of KBLI the codes are: 2020 or 2025.")]
    asks_year = "data_year" in kind.by_name and "data_year" not in named
    if (asks_year and year is None) or (year is not None and not _FIRST_YEAR <= year <= _LAST_YEAR):
        errors["year"] = [_("Say which year the data describe, with four digits.")]
