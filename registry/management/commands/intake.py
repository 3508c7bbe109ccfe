"""`manage.py intake FILE`: take in a spreadsheet of an office, dry unless --commit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from registry.intake.fields import MONEY
from registry.intake.interpret import Options
from registry.intake.kinds import KINDS
from registry.intake.meanings import UNITS
from registry.intake.plan import Plan
from registry.intake.reading import Refused
from registry.intake.report import refusal, report
from registry.intake.session import Upload, make_plan
from registry.intake.synonyms import PARTS
from registry.models import Regency
from registry.services import SYSTEM, NotAllowed
from registry.services.intake import Applied, intake_commit

PLANNED, REFUSED, OPEN = 0, 2, 3
_SHOWN_PROBLEMS = 20


class Command(BaseCommand):
    """Reads a sheet, shows the plan, and with --commit carries it out."""

    help = "Take in a spreadsheet of firms. Nothing is written without --commit."

    def add_arguments(self, parser: CommandParser) -> None:
        """The options of the contract."""
        parser.add_argument("file")
        parser.add_argument("--sheet")
        parser.add_argument("--kind", choices=list(KINDS), default="firms", help="what a row is")
        parser.add_argument("--regency", default="", help="for sheets that name none, e.g. 32.09")
        parser.add_argument("--year", type=int, help="data year when no column says it")
        parser.add_argument("--kbli-edition", choices=["2020", "2025"], default="2020")
        parser.add_argument("--money-unit", action="append", default=[], metavar="FIELD=UNIT")
        parser.add_argument("--map", action="append", default=[], metavar="HEADING=FIELD")
        parser.add_argument("--commit", action="store_true", help="carry the plan out")
        parser.add_argument("--report", metavar="PATH", help="write the JSON report; - to stdout")
        parser.add_argument("--user", metavar="EMAIL", help="act as this person of the office")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the plan, report it, carry it out; the exit status tells how it went."""
        with translation.override("id"):
            status = self._take(options)
        if status != PLANNED:
            raise SystemExit(status)

    def _take(self, options: dict[str, Any]) -> int:
        upload = _upload(Path(options["file"]))
        by = _person(options["user"])
        try:
            plan = make_plan(upload, _options(options), by=by)
        except Refused as refused:
            told = refusal(upload.name, refused)
            self._write(options["report"], told)
            self._say(options["report"], told["refused"]["message"])
            return REFUSED
        told = report(upload.name, plan)
        committed = None
        if options["commit"] and not told["questions"]:
            committed = _apply(plan, upload, _options(options), by)
        self._write(options["report"], told)
        self._say(options["report"], *summary_lines(told))
        if told["questions"]:
            return OPEN
        if committed is None:
            self._say(options["report"], _("Nothing was written. Add --commit to save."))
        else:
            self._say(options["report"], *committed.lines())
        return PLANNED

    def _say(self, path: str | None, *lines: str) -> None:
        """To people on standard output, unless the report goes there."""
        out = self.stderr if path == "-" else self.stdout
        for line in lines:
            out.write(line, style_func=str)

    def _write(self, path: str | None, told: dict[str, Any]) -> None:
        if path is None:
            return
        text = json.dumps(told, ensure_ascii=False, indent=1, default=str)
        if path == "-":
            self.stdout.write(text)
        else:
            Path(path).write_text(text + "\n", encoding="utf-8")


def summary_lines(told: dict[str, Any]) -> list[str]:
    """The plan in a few lines for people."""
    counts = told["summary"]
    names = {
        "new": _("new"),
        "update": _("changed"),
        "unchanged": _("unchanged"),
        "review": _("to review (possible duplicates)"),
        "error": _("with errors"),
        "skipped": _("left out (no firm)"),
    }
    head = _("%(file)s, sheet %(sheet)s, headings in row %(row)s") % {
        "file": told["file"],
        "sheet": told["sheet"] or "–",
        "row": told["header_row"],
    }
    lines = [head, *(f"  {counts[key]:>6}  {name}" for key, name in names.items())]
    for question in told["questions"]:
        lines.append(
            _(
                "Column %(column)s (%(heading)s) does not say in which unit its amounts are. "
                "Add --money-unit %(field)s=rupiah, or thousand, million, billion."
            )
            % question
        )
    return lines + _problem_lines(told)


def _problem_lines(told: dict[str, Any]) -> list[str]:
    every = [
        f"  {problem['column'] or ''}{row['row']}: {problem['message']}"
        for row in told["rows"]
        for problem in row.get("problems", [])
        if problem["level"] == "error"
    ]
    rest = len(every) - _SHOWN_PROBLEMS
    more = [_("… and %(count)s more errors") % {"count": rest}] if rest > 0 else []
    return every[:_SHOWN_PROBLEMS] + more


def _upload(path: Path) -> Upload:
    try:
        return Upload(path.name, path.read_bytes())
    except OSError as error:
        raise CommandError(
            _("%(path)s cannot be opened: %(reason)s.") % {"path": path, "reason": error.strerror}
        ) from error


def _apply(plan: Plan, upload: Upload, options: Options, by: Any) -> Applied:
    try:
        return intake_commit(plan=plan, upload=upload, options=options, by=by)
    except ValidationError as error:
        raise CommandError(
            _("Nothing was saved: %(why)s") % {"why": " ".join(error.messages)}
        ) from error
    except NotAllowed as error:
        raise CommandError(str(error)) from error


def _person(email: str | None) -> Any:
    if email is None:
        return SYSTEM
    person = User.objects.filter(email__iexact=email, is_active=True).first()
    if person is None:
        raise CommandError(_("There is no active account %(email)s.") % {"email": email})
    return person


def _options(options: dict[str, Any]) -> Options:
    if options["regency"] and not Regency.objects.filter(code=options["regency"]).exists():
        raise CommandError(_("%(code)s is no region code here.") % {"code": options["regency"]})
    units = _pairs(options["money_unit"], MONEY)
    for name, unit in units.items():
        if unit not in UNITS:
            raise CommandError(
                _("%(unit)s is no unit for %(field)s. Choose rupiah, thousand, million or billion.")
                % {"unit": unit, "field": name}
            )
    fields = KINDS[options["kind"]].by_name
    mapping = {}
    for pair in options["map"]:
        heading, _equals, name = pair.rpartition("=")
        if not heading or (name and name not in fields and name not in PARTS):
            raise CommandError(
                _("%(pair)s is no HEADING=FIELD. Fields: %(fields)s.")
                % {"pair": pair, "fields": ", ".join((*fields, *PARTS))}
            )
        mapping[heading] = name
    return Options(
        sheet=options["sheet"],
        regency=options["regency"],
        year=options["year"],
        kind=options["kind"],
        kbli_edition=options["kbli_edition"],
        money_units=units,
        mapping=mapping,
    )


def _pairs(given: list[str], names: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for pair in given:
        name, equals, value = pair.partition("=")
        if not equals or name not in names:
            raise CommandError(
                _("%(pair)s is no FIELD=UNIT. Fields: %(fields)s.")
                % {"pair": pair, "fields": ", ".join(names)}
            )
        found[name] = value
    return found
