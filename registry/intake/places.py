"""From the names of places in a row to official codes.

The rule: a name is matched only inside what is already certain (a village inside its district, a
district inside its regency), for names repeat across the regions; the deepest level that is
certain is kept, with those above it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from registry.identifiers import Problem
from registry.intake.addresses import Mention, mentions, name_of, parts, without
from registry.intake.spelling import bare, code_of, fold, near

_CITY = re.compile(r"\b(?:kota|kotamadya|kodya)\b", re.IGNORECASE)
_RURAL = re.compile(r"\bkab(?:upaten)?\b", re.IGNORECASE)
_MAY_NAME_PLACES = re.compile(
    r"\b(?:kec|kecamatan|desa|ds|kel|kelurahan|kab|kabupaten|kota|kodya|kotamadya)\b", re.IGNORECASE
)
# As number plates and letters of the offices shorten them.
_SHORT = {
    short: name
    for name, shorts in (
        ("cirebon", "crb cbn crbn"),
        ("kuningan", "kng kgn kngn"),
        ("majalengka", "mjl mjlk mjk mjlngk majl"),
        ("indramayu", "idm idr im imy indr"),
    )
    for short in shorts.split()
}
_LEVELS = ("regency", "district", "village")
_REMEMBERED = 20_000
_TAIL = 4


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
            self._regencies[fold(bare(name, "regency"))][kind] = code
        self._districts: dict[str, dict[str, str]] = defaultdict(dict)
        self._villages: dict[str, dict[str, str]] = defaultdict(dict)
        self._in_regency: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._last: tuple[str, list[Mention]] = ("", [])
        self._resolved: dict[tuple[str, str, str, str], Place] = {}
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
            if upper[code] in self.regency_codes():
                self._districts[upper[code]].setdefault(fold(variant), code)
            else:
                self._add_village(code, upper[code], variant)

        self._every = {
            "regency": set(self._regencies),
            "district": {key for names in self._districts.values() for key in names},
            "village": {key for names in self._villages.values() for key in names},
        }

    def regency_codes(self) -> set[str]:
        """The codes of the regencies of the register."""
        return {code for kinds in self._regencies.values() for code in kinds.values()}

    def _add_village(self, code: str, district: str, name: str) -> None:
        self._villages[district].setdefault(fold(name), code)
        self._in_regency[code[:5]][fold(name)].add(code)

    def resolve(
        self, regency: str, district: str, village: str, *, address: str = "", default: str = ""
    ) -> Place:
        """The codes of a row. `default` is the regency of a sheet whose rows name none.

        What the columns leave open, an address may say. The answer is shared: change nothing in it.
        """
        if address and not (regency and district and village):
            return self._with_address((regency, district, village), address, default)
        return self._remembered(regency, district, village, default)

    def address_rest(self, address: str, place: Place) -> str:
        """The address less the places that the codes already say."""
        said = {"regency": place.regency, "district": place.district, "village": place.village}
        if _MAY_NAME_PLACES.search(address):
            known = [
                mention
                for mention in self._mentions(address)
                if (code := said[mention.level]) and self._means(mention.level, mention.name, code)
            ]
            address = without(address, known)
        return self._less_tail(address, [(level, code) for level, code in said.items() if code])

    def _less_tail(self, address: str, said: Sequence[tuple[str, str]]) -> str:
        """The address less the names without their word at its end."""
        for text, start in reversed(parts(address) if len(parts(address)) > 1 else []):
            if not any(self._means(level, text, code) for level, code in said):
                break
            address = address[:start]
        return address

    def is_name(self, level: str, text: str) -> bool:
        """Whether any region has a place of this level and name."""
        return self._is_place(level, bare(text, level)) or bool(
            level == "regency" and self._candidates(text)
        )

    def _remembered(self, regency: str, district: str, village: str, default: str) -> Place:
        texts = (regency, district, village, default)
        place = self._resolved.get(texts)
        if place is None:
            if len(self._resolved) >= _REMEMBERED:
                self._resolved.clear()
            place = self._resolved[texts] = Place()
            names = self._names(regency, district, village)
            self._regency(place, *names[:2], default)
            if place.regency:
                self._district(place, *names[1:])
        return place

    def _names(self, regency: str, district: str, village: str) -> tuple[str, str, str]:
        """The names alone; what the cell of a lower level says of an empty upper one counts."""
        if village and not self._is_place("village", bare(village, "village")):
            for mention in mentions(village, self._is_place):
                if mention.level == "district" and not district:
                    district = mention.name
                elif mention.level == "regency" and not regency and self._candidates(mention.name):
                    regency = village[mention.start : mention.end]
        return regency, self._name("district", district), self._name("village", village)

    def _name(self, level: str, text: str) -> str:
        """The text, or the only part of it that is a name of the level."""
        if not text or self._is_place(level, bare(text, level)) or code_of(text):
            return text
        name = name_of(level, text, self._is_place)
        return name if self._is_place(level, bare(name, level)) else text

    def _with_address(self, texts: tuple[str, str, str], address: str, default: str) -> Place:
        named = self._named(address)
        regency, district, village = texts
        if district:
            named.pop("district", None)
        alone = self._remembered(regency, district, village, default)
        if not named:
            return self._from_tail(texts, address, default, alone)
        guess = self._remembered(
            regency or named.get("regency", ""),
            district or named.get("district", ""),
            village or named.get("village", ""),
            default,
        )
        if guess.district is None and named.get("district") and alone.regency:
            # The address names a district that this regency hasn't: it tells nothing.
            return alone
        own = {f"{level}_code" for level, text in zip(_LEVELS, texts, strict=True) if text}
        own.add("regency_code")
        told = [problem for problem in guess.problems if problem[0] in own]
        return Place(guess.regency, guess.district, guess.village, told)

    def _named(self, address: str) -> dict[str, str]:
        """The first place of each level that an address names with its word."""
        found: dict[str, str] = {}
        if _MAY_NAME_PLACES.search(address):
            for mention in self._mentions(address):
                text = address[mention.start : mention.end]
                if mention.level != "regency" or self._candidates(text):
                    found.setdefault(mention.level, text)
        return found

    def _from_tail(
        self, texts: tuple[str, str, str], address: str, default: str, alone: Place
    ) -> Place:
        """Names without their words at the end: "Blok Manis, Trusmi Kulon, Plered, Cirebon".

        Certain only where two of them agree: a village in its district, a district in its regency.
        """
        regency, district, village = texts
        pieces = [text for text, _start in parts(address)[-_TAIL:]]
        if district or village or len(pieces) < 2:
            return alone
        ways = [(regency, pieces)]
        if self._candidates(pieces[-1]):
            ways.append((regency or pieces[-1], pieces[:-1]))
        for upper, rest in ways:
            named = len(rest) < len(pieces)
            tries = [(rest[-1], rest[-2] if len(rest) > 1 else ""), (rest[-1], "")]
            tries += [("", rest[-1])] if named else []
            for at, (upper_name, name) in enumerate(tries):
                place = self._remembered(upper, upper_name, name, default)
                if place.village or (named and at and place.district):
                    return Place(place.regency, place.district, place.village)
            if named and not (default or alone.regency) and place.regency:
                return Place(place.regency)
        return alone

    def _mentions(self, address: str) -> list[Mention]:
        """The places of an address; the last one is remembered, for it is asked for twice."""
        if address != self._last[0]:
            self._last = (address, mentions(address, self._is_place))
        return self._last[1]

    def _is_place(self, level: str, name: str) -> bool:
        return fold(name) in self._every[level]

    def _means(self, level: str, name: str, code: str) -> bool:
        key = fold(name)
        if level == "village":
            return self._villages[code[:8]].get(key) == code
        if level == "district":
            return self._districts[code[:5]].get(key) == code
        return code in self._regencies.get(key, {}).values()

    def _regency(self, place: Place, text: str, district: str, default: str) -> None:
        if not text:
            if default:
                place.regency = default
            else:
                place.tell("regency", "regency_missing")
            return
        code = code_of(text)
        if code and code[:5] in self.regency_codes():
            place.regency = code[:5]
            return
        candidates = self._candidates(text)
        if len(candidates) > 1 and district:
            key = fold(bare(district, "district"))
            exact = [c for c in candidates if key in self._districts[c]]
            candidates = exact or [c for c in candidates if near(key, self._districts[c])]
        if len(candidates) == 1:
            place.regency = candidates[0]
        elif self._candidates(text):
            place.tell("regency", "region_ambiguous", value=text)
            place.tell("regency", "regency_missing")
        else:
            place.tell("regency", "region_outside", value=text)

    def _candidates(self, text: str) -> list[str]:
        """The regencies that a text may mean: by name, and by kind where it says the kind."""
        key = fold(re.sub(r"\([^)]*\)", " ", _RURAL.sub(" ", _CITY.sub(" ", text))))
        key = key.removeprefix("provjawabarat").removesuffix("jawabarat")
        kinds = self._regencies.get(_SHORT.get(key, key)) or near(key, self._regencies)
        if not kinds:
            return []
        stated = "kota" if _CITY.search(text) else "kabupaten" if _RURAL.search(text) else ""
        if len(kinds) > 1 and stated in kinds:
            return [kinds[stated]]
        return list(kinds.values())

    def _district(self, place: Place, district: str, village: str) -> None:
        regency = place.regency or ""
        if not district:
            self._village_alone(place, regency, village)
            return
        code = code_of(district)
        found = self._districts[regency].get(fold(bare(district, "district")))
        if code and code[:8] in self.names and code.startswith(regency):
            found = code[:8]
        if found is None and not self._is_place("district", bare(district, "district")):
            found = near(fold(bare(district, "district")), self._districts[regency])
        if found is None:
            place.tell("district", "region_unknown", value=district)
            return
        place.district = found
        if village:
            self._village(place, village)

    def _village(self, place: Place, village: str) -> None:
        district = place.district or ""
        key = fold(bare(village, "village"))
        code = code_of(village)
        found = self._villages[district].get(key) or self._villages[district].get(fold(village))
        if code and code in self.names and code.startswith(district):
            found = code
        if found is not None:
            place.village = found
        elif self._in_regency[district[:5]].get(key):
            name = self.names[district]
            place.tell("village", "village_not_in_district", value=village, district=name)
        elif close := near(key, self._villages[district]):
            place.village = close
        else:
            place.tell("village", "region_unknown", value=village)

    def _village_alone(self, place: Place, regency: str, village: str) -> None:
        """A village without its district is certain only if its regency has one of that name."""
        if not village:
            return
        found = self._in_regency[regency].get(fold(bare(village, "village")), set())
        if len(found) == 1:
            place.village = next(iter(found))
            place.district = place.village[:8]
        else:
            code = "region_ambiguous" if found else "region_unknown"
            place.tell("village", code, value=village)
