"""Mends the words of a question that stand nowhere in the register.

Rule: a word is looked for among the register's distinct words, never among its rows; only who may
see owners is led to words that only owners' names have. What was typed is asked first: a question
that finds something is never changed.
"""

from __future__ import annotations

import re
from typing import Any

from django.contrib.postgres.lookups import TrigramSimilar
from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection, transaction
from django.db.models import F
from rapidfuzz.distance import OSA

from accounts import policy
from registry.models import SearchWord
from registry.search import words

SHORTEST = 4  # shorter words have too many neighbours
NEAREST = 40  # so many of the nearest are compared letter by letter
LATEST = 20_000  # so many of the newest lines of history are read for new words
_LETTERS = re.compile(r"[a-z]+")
# Both tables keep their words folded.
_WORDS = r"""
SELECT word, count(*) AS times, bool_and(own) AS owners_only FROM (
    SELECT unnest(string_to_array(search, ' ')) AS word, false AS own FROM registry_firm {firms}
    UNION ALL
    SELECT unnest(string_to_array(search, ' ')), true FROM registry_owner {owners}
) AS every WHERE word ~ '^[a-z]{{3,30}}$' GROUP BY word
"""


def mended(question: str, user: Any) -> str:
    """The question with its unknown words replaced by their nearest neighbours; else empty."""
    known = _visible(user)
    typed = words(question)
    better = [_mended_word(word, known) for word in typed]
    return " ".join(better) if better != typed else ""


def _visible(user: Any) -> Any:
    sees_owners = policy.may_kind(user, policy.Action.VIEW, "registry.owner")
    return SearchWord.objects.all() if sees_owners else SearchWord.objects.filter(owners_only=False)


def _mended_word(word: str, known: Any) -> str:
    if len(word) < SHORTEST or not _LETTERS.fullmatch(word):
        return word
    if known.filter(word__contains=word).exists():
        return word
    near = (
        known.filter(TrigramSimilar(F("word"), word))
        .order_by(TrigramSimilarity("word", word).desc(), "-times")
        .values_list("word", "times")[:NEAREST]
    )
    allowed = 1 if len(word) <= SHORTEST else 2
    found = [
        (distance, -times, other)
        for other, times in near
        if (distance := OSA.distance(word, other, score_cutoff=allowed)) <= allowed
    ]
    return min(found)[2] if found else word


def gather_all() -> int:
    """Gather the words anew from every firm and owner; returns how many there are."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM registry_searchword")
        every = _WORDS.format(firms="", owners="")
        cursor.execute(f"INSERT INTO registry_searchword {every}")
        return int(cursor.rowcount)


def gather_latest() -> int:
    """Add the words of what was written last; returns how many were new."""
    newest = "WHERE id IN (SELECT {key} FROM {table} ORDER BY pgh_id DESC LIMIT %s)"
    latest = _WORDS.format(
        firms=newest.format(key="pgh_obj_id", table="registry_firmevent"),
        owners=newest.format(key="pgh_obj_id", table="registry_ownerevent"),
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO registry_searchword {latest} "
            "ON CONFLICT (word) DO UPDATE SET owners_only = false "
            "WHERE registry_searchword.owners_only AND NOT excluded.owners_only",
            [LATEST, LATEST],
        )
        return int(cursor.rowcount)
