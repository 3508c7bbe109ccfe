"""From the names of places in a row to official codes.

The rule: a name is matched only inside what is already certain (a village inside its district, a
district inside its regency), for names repeat across the regions; the deepest level that is
certain is kept, with those above it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from registry.identifiers import Problem
from registry.identifiers.cells import clean_text

_PREFIXES = {
    "regency": r"kabupaten|kab|kotamadya|kodya|kota",
    "district": r"kecamatan|kec",
    "village": r"desa/kelurahan|desa/kel|ds/kel|kelurahan|desa|kel|ds",
}
_PREFIX = {
    level: re.compile(rf"^(?:{words})(?:\s*[.:]\s*|\s+)", re.IGNORECASE)
    for level, words in _PREFIXES.items()
}
_CITY = re.compile(r"\b(?:kota|kotamadya|kodya)\b", re.IGNORECASE)
_RURAL = re.compile(r"\bkab(?:upaten)?\b", re.IGNORECASE)
_CODE = re.compile(r"\d{2}\.?\d{2}(?:\.?\d{2}(?:\.?\d{4})?)?")


def fold(text: str) -> str:
    """The letters and digits of a name, so that Tegal Gubug and Tegalgubug are one."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if char.isalnum())


@dataclass(slots=True)
class Place:
    """What a row's place became, and what is wrong with which of its columns."""

    regency: str | None = None
    district: str | None = None
    village: str | None = None
    problems: list[tuple[str, Problem]] = field(default_factory=list)

    def tell(self, level: str, code: str, **params: str) -> None:
        """Note a problem of a level: regency, district or village."""
        self.problems.append((f"{level}_code", Problem(code, params)))


class PlaceIndex:
    """The official names of the regions, with their other spellings."""

    def __init__(
        self,
        regencies: Iterable[tuple[str, str, str, str]],
        districts: Iterable[tuple[str, str, str]],
        villages: Iterable[tuple[str, str, str]],
        variants: Iterable[tuple[str, str]] = (),
    ) -> None:
        """From (code, name, short name, kind), (code, regency, name), (code, district, name),
        and (code, other spelling)."""
        self.names: dict[str, str] = {}
        self._regencies: dict[str, dict[str, str]] = defaultdict(dict)
        for code, name, _short, kind in regencies:
            self.names[code] = name
            self._regencies[fold(_bare(name, "regency"))][kind] = code
        self._districts: dict[str, dict[str, str]] = defaultdict(dict)
        self._villages: dict[str, dict[str, str]] = defaultdict(dict)
        self._in_regency: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        upper = {}
        for code, regency, name in districts:
            self.names[code], upper[code] = name, regency
            self._districts[regency][fold(name)] = code
        for code, district, name in villages:
            self.names[code], upper[code] = name, district
            self._add_village(code, district, name)
        for code, variant in variants:
            if code not in upper:
                continue
            if upper[code] in self._regency_codes():
                self._districts[upper[code]].setdefault(fold(variant), code)
            else:
                self._add_village(code, upper[code], variant)

    def _regency_codes(self) -> set[str]:
        return {code for kinds in self._regencies.values() for code in kinds.values()}

    def _add_village(self, code: str, district: str, name: str) -> None:
        self._villages[district].setdefault(fold(name), code)
        self._in_regency[code[:5]][fold(name)].add(code)

    def resolve(
        self, regency: str, district: str, village: str, *, address: str = "", default: str = ""
    ) -> Place:
        """The codes of a row. `default` is the regency of a sheet whose rows name none."""
        named = {"regency": "", "district": "", "village": ""}
        if not (district or village):
            named = _from_address(address)
        place = Place()
        self._regency(place, regency or named["regency"], district or named["district"], default)
        if place.regency:
            self._district(place, district or named["district"], village or named["village"])
        if any(named.values()):
            # An address that names a place unknown to us is an address, not a wrong column.
            place.problems = [p for p in place.problems if p[0] == "regency_code"]
        return place

    def address_rest(self, address: str, place: Place) -> str:
        """The address less the parts that name what the codes already say."""
        known = {
            (level, fold(_bare(self.names[code], level)))
            for level, code in (
                ("regency", place.regency),
                ("district", place.district),
                ("village", place.village),
            )
            if code
        }
        kept = [
            part
            for part in address.split(",")
            if not any(
                _PREFIX[level].match(part.strip()) and fold(_bare(part, level)) == name
                for level, name in known
            )
        ]
        return ",".join(kept).strip(" ,;") if len(kept) < address.count(",") + 1 else address

    def _regency(self, place: Place, text: str, district: str, default: str) -> None:
        if not text:
            if default:
                place.regency = default
            else:
                place.tell("regency", "regency_missing")
            return
        code = _code(text)
        if code and code[:5] in self._regency_codes():
            place.regency = code[:5]
            return
        candidates = self._candidates(text)
        if len(candidates) > 1 and district:
            key = fold(_bare(district, "district"))
            candidates = [c for c in candidates if key in self._districts[c]]
        if len(candidates) == 1:
            place.regency = candidates[0]
        elif self._candidates(text):
            place.tell("regency", "region_ambiguous", value=text)
            place.tell("regency", "regency_missing")
        else:
            place.tell("regency", "region_outside", value=text)

    def _candidates(self, text: str) -> list[str]:
        """The regencies that a text may mean: by name, and by kind where it says the kind."""
        bare = re.sub(r"\([^)]*\)", " ", _RURAL.sub(" ", _CITY.sub(" ", text)))
        key = fold(bare).removeprefix("provjawabarat").removesuffix("jawabarat")
        kinds = self._regencies.get({"crb": "cirebon"}.get(key, key), {})
        stated = "kota" if _CITY.search(text) else "kabupaten" if _RURAL.search(text) else ""
        if len(kinds) > 1 and stated in kinds:
            return [kinds[stated]]
        return list(kinds.values())

    def _district(self, place: Place, district: str, village: str) -> None:
        regency = place.regency or ""
        if not district:
            self._village_alone(place, regency, village)
            return
        code = _code(district)
        found = self._districts[regency].get(fold(_bare(district, "district")))
        if code and code[:8] in self.names and code.startswith(regency):
            found = code[:8]
        if found is None:
            place.tell("district", "region_unknown", value=district)
            return
        place.district = found
        if village:
            self._village(place, village)

    def _village(self, place: Place, village: str) -> None:
        district = place.district or ""
        key = fold(_bare(village, "village"))
        code = _code(village)
        found = self._villages[district].get(key) or self._villages[district].get(fold(village))
        if code and code in self.names and code.startswith(district):
            found = code
        if found is not None:
            place.village = found
        elif self._in_regency[district[:5]].get(key):
            name = self.names[district]
            place.tell("village", "village_not_in_district", value=village, district=name)
        else:
            place.tell("village", "region_unknown", value=village)

    def _village_alone(self, place: Place, regency: str, village: str) -> None:
        """A village without its district is certain only if its regency has one of that name."""
        if not village:
            return
        found = self._in_regency[regency].get(fold(_bare(village, "village")), set())
        if len(found) == 1:
            place.village = next(iter(found))
            place.district = place.village[:8]
        else:
            code = "region_ambiguous" if found else "region_unknown"
            place.tell("village", code, value=village)


def _bare(text: str, level: str) -> str:
    """A name without the word for its level ("Kec.", "Desa")."""
    return _PREFIX[level].sub("", clean_text(text)).strip()


def _code(text: str) -> str | None:
    """An official code with its dots, if the text is one; BPS writes regencies without dots."""
    if not _CODE.fullmatch(text.strip()):
        return None
    digits = re.sub(r"\D", "", text)
    parts = [digits[:2], digits[2:4], digits[4:6], digits[6:10]]
    return ".".join(part for part in parts if part)


def _from_address(address: str) -> dict[str, str]:
    """Places that an address names with their word: "…, Kel. Sumber, Kec. Sumber"."""
    found = {"regency": "", "district": "", "village": ""}
    for part in (piece.strip() for piece in address.split(",")):
        for level in ("district", "village", "regency"):
            if not found[level] and _PREFIX[level].match(part):
                found[level] = part
                break
    return found
