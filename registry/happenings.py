"""Everything that happened to a firm, the latest first: its history, and the merges that made it.

Rule: as in `registry.history`, a person reads what the policy lets them see. A merge stands by
itself, since rows that moved along changed nothing but their firm.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from registry.history import Moment, history_of
from registry.models import Firm, FirmMerge


@dataclass(frozen=True)
class Told:
    """Something that happened, as a sentence; read like an entry of the history."""

    sentence: str
    kind: str = ""
    model_name: str = ""
    changes: tuple[Any, ...] = ()


def happenings_of(firm: Firm, user: Any) -> list[Moment]:
    """Every write and every merge."""
    moments = [*history_of(firm, user), *_merges(firm, user)]
    # Stable: what the history put in order within one instant stays so.
    return sorted(moments, key=lambda moment: moment.at, reverse=True)


def _merges(firm: Firm, user: Any) -> Iterator[Moment]:
    merges = FirmMerge.objects.visible_to(user).filter(Q(kept=firm) | Q(gone=firm))
    merges = merges.select_related("kept", "gone", "merged_by", "undone_by")
    for merge in merges.defer("changes", "choices"):
        said = {"gone": merge.gone, "kept": merge.kept}
        sentence = _("merged %(gone)s into %(kept)s") % said
        yield _moment(merge.merged_at, merge.merged_by, merge.reason, sentence)
        if merge.undone_at:
            sentence = _("undid the merge of %(gone)s into %(kept)s") % said
            yield _moment(merge.undone_at, merge.undone_by, "", sentence)


def _moment(at: dt.datetime, by: Any, why: str, sentence: str) -> Moment:
    return Moment(at, str(by or _("the system")), why, None, (Told(sentence),))  # type: ignore[arg-type]
