"""The texts of the screen: collected from the code, checked for translation, compiled.

Rule: an English text in the code is its own English version; each has an Indonesian one in
`locale/id`. Babel does the work, since a bare machine has no gettext.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from ciayumajakuning.environment import ROOT

APPS = ("accounts", "registry", "promotions", "dashboards", "coordination", "ciayumajakuning")
LANGUAGE = "id"
CATALOGUE = ROOT / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"
KEYWORDS: dict[str, tuple[int, ...] | tuple[tuple[int, str], int] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}


def collect() -> Catalog:
    """Every text that the code and the templates show."""
    catalog = Catalog(locale=LANGUAGE, domain="django", charset="utf-8")
    for path in _sources():
        source = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            # Babel reads it as Python, where the template's indentation would mean something.
            lines = templatize(source, origin=str(path)).splitlines()
            source = "\n".join(line.strip() for line in lines)
        place = path.relative_to(ROOT).as_posix()
        found = extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS, comment_tags=())
        for _line, text, _comments, context in found:
            catalog.add(text, locations=[(place, 0)], context=context)
    return catalog


def stored() -> Catalog:
    """The Indonesian catalogue as it stands in the project."""
    if not CATALOGUE.exists():
        return Catalog(locale=LANGUAGE, domain="django")
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale=LANGUAGE, domain="django")


def update() -> list[str]:
    """Bring the catalogue in line with the code; returns the texts still to be translated."""
    catalog = stored()
    catalog.update(collect(), no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    # Babel's head carries dates; without them the file changes only when a text does.
    catalog.header_comment = "# Indonesian texts of the screen."
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as file:
        write_po(file, catalog, sort_output=True, omit_header=False, include_lineno=False, width=99)
    return untranslated(catalog)


def problems() -> list[str]:
    """What keeps the Indonesian side from being complete; empty when nothing does."""
    catalog = stored()
    used = {_key(message) for message in collect() if message.id}
    kept = {_key(message): message for message in catalog if message.id}
    return [
        *(f"not in the catalogue: {key[0]}" for key in sorted(used - set(kept), key=str)),
        *(f"no longer used: {key[0]}" for key in sorted(set(kept) - used, key=str)),
        *(f"not translated: {text}" for text in untranslated(catalog)),
        *(
            f"{error}: {message.id}"
            for message in catalog
            if message.id and message.string
            for error in message.check(catalog)
        ),
    ]


def untranslated(catalog: Catalog) -> list[str]:
    """The texts without an Indonesian version, or with one that nobody has confirmed."""
    return [
        str(message.id)
        for message in catalog
        if message.id and (message.fuzzy or not _complete(message))
    ]


def compile_all() -> list[Path]:
    """Write the binary catalogues that Django reads; returns their paths."""
    written = []
    for source in sorted((ROOT / "locale").glob("*/LC_MESSAGES/*.po")):
        with source.open("rb") as file:
            catalog = read_po(file, locale=source.parts[-3])
        target = source.with_suffix(".mo")
        draft = target.with_suffix(".mo.new")
        with draft.open("wb") as file:
            write_mo(file, catalog)
        draft.replace(target)
        written.append(target)
    return written


def _complete(message: Message) -> bool:
    strings = message.string if isinstance(message.string, tuple | list) else [message.string]
    return bool(strings) and all(strings)


def _key(message: Message) -> tuple[str, str | None]:
    first = message.id[0] if isinstance(message.id, tuple | list) else message.id
    return first, message.context


def _sources() -> Iterator[Path]:
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path
    for pattern in ("*.html", "*.txt"):
        yield from sorted((ROOT / "templates").rglob(pattern))
