"""A file, what the person says about it, and the plan that follows: the steps in their order."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils import timezone

from registry.intake import lookups
from registry.intake.headings import find_table
from registry.intake.interpret import Options, interpret
from registry.intake.kinds import KINDS
from registry.intake.pace import without_collecting
from registry.intake.plan import Plan, decide
from registry.intake.reading import read_sheets


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came in."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        """The fingerprint by which the same file is known again."""
        return hashlib.sha256(self.content).hexdigest()


@without_collecting()
def make_plan(upload: Upload, options: Options, *, by: Any) -> Plan:
    """The plan of a file for a person. Raises `reading.Refused`; writes nothing."""
    reference = lookups.reference()
    sheets = read_sheets(upload.content)
    table = find_table(
        sheets,
        sheet=options.sheet,
        mapping=options.mapping,
        kind=KINDS[options.kind],
        reference=reference,
    )
    known = partial(lookups.known, by=by)
    result = interpret(table, options, reference, today=timezone.localdate(), also=known)
    return decide(result, table, lookups.together(result.also), lookups.scope(by))
