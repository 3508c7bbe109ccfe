"""The letters of columns, as the spreadsheet program shows them."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=1024)
def column_letter(index: int) -> str:
    """The letters of a column, from 0: A, B … Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """The index of a column, from 0, by its letters."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1
