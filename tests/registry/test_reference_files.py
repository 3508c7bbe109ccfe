"""The reference files of the register, read as they stand: no database, no Django.

What the loader and every page rely on is checked here: complete lists, parents that exist,
codes that belong to their edition, and places that lie where their region is.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[2] / "registry" / "data"

COLUMNS = {
    "regencies": "code bps_code name short_name slug kind position mark province_code area_km2"
    " population lat lon",
    "districts": "code regency_code name bps_code lat lon",
    "villages": "code district_code name kind postal_code lat lon",
    "name_variants": "code variant source",
    "kbli_editions": "code title regulation in_force_on note",
    "kbli": "edition code level parent_code section title_id title_en",
    "kbli_mapping": "code_2020 code_2025 change basis",
    "kbli_words": "word edition code",
    "industry_groups": "slug position name_id name_en divisions",
    "commodities": "slug position name_id name_en group_slug",
    "commodity_kbli": "commodity_slug edition code",
    "centres": "name slug commodity_slug kbli_2020 regency_code district_code village_code units"
    " workers year lat lon coord_basis source source_ref note",
    "units": "code name_id name_en dimension factor_to_base aliases",
    "consent_texts": "purpose version effective_on body_id body_en",
    "tkdn_rules": "code title since until ceiling minimum material labour overhead development"
    " source note",
}
LEVEL_BY_LENGTH = {1: "section", 2: "division", 3: "group", 4: "class", 5: "subclass"}
SLUG = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")

Row = dict[str, str]


@cache
def read(name: str) -> list[Row]:
    """Return the rows of one file as dictionaries of text."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def kbli_by_key() -> dict[tuple[str, str], Row]:
    """Return the KBLI rows by edition and code."""
    return {(row["edition"], row["code"]): row for row in read("kbli")}


def codes_of_word(word: str, edition: str) -> list[str]:
    """Return the codes to which a word leads in an edition, the likeliest first."""
    return [
        row["code"]
        for row in read("kbli_words")
        if row["word"] == word and row["edition"] == edition
    ]


def successors() -> dict[str, set[str]]:
    """Return the 2025 codes that the mapping names for each 2020 code."""
    found: dict[str, set[str]] = {}
    for row in read("kbli_mapping"):
        found.setdefault(row["code_2020"], set()).add(row["code_2025"])
    return found


# Every file


@pytest.mark.parametrize("name", COLUMNS)
def test_file_is_plain_csv_with_its_columns(name: str) -> None:
    raw = (DATA / f"{name}.csv").read_bytes()
    assert b"\r" not in raw
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert raw.endswith(b"\n")
    assert raw.decode("utf-8").splitlines()[0] == COLUMNS[name].replace(" ", ",")


@pytest.mark.parametrize("name", COLUMNS)
def test_rows_are_full_and_trimmed(name: str) -> None:
    for row in read(name):
        assert None not in row
        for column, value in row.items():
            assert value is not None, (row, column)
            assert value == value.strip(), (row, column)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("regencies", "code"),
        ("regencies", "slug"),
        ("regencies", "position"),
        ("districts", "code"),
        ("districts", "bps_code"),
        ("villages", "code"),
        ("name_variants", "code variant"),
        ("kbli_editions", "code"),
        ("kbli", "edition code"),
        ("kbli_mapping", "code_2020 code_2025"),
        ("kbli_words", "word edition code"),
        ("industry_groups", "slug"),
        ("industry_groups", "position"),
        ("commodities", "slug"),
        ("commodities", "position"),
        ("commodity_kbli", "edition code"),
        ("centres", "slug"),
        ("units", "code"),
        ("consent_texts", "purpose version"),
    ],
)
def test_keys_are_unique(name: str, key: str) -> None:
    counts = Counter(tuple(row[column] for column in key.split()) for row in read(name))
    assert [found for found, times in counts.items() if times > 1] == []


@pytest.mark.parametrize("name", ["regencies", "industry_groups", "commodities", "centres"])
def test_slugs_fit_an_address(name: str) -> None:
    assert [row["slug"] for row in read(name) if not SLUG.match(row["slug"])] == []


@pytest.mark.parametrize("name", ["industry_groups", "commodities", "units"])
def test_names_stand_in_both_languages(name: str) -> None:
    assert all(row["name_id"] and row["name_en"] for row in read(name))


# Regions


def test_regencies_keep_the_fixed_order() -> None:
    rows = read("regencies")
    assert [row["short_name"] for row in rows] == [
        "Kota Cirebon",
        "Kab. Cirebon",
        "Kab. Indramayu",
        "Kab. Majalengka",
        "Kab. Kuningan",
    ]
    assert [row["position"] for row in rows] == ["1", "2", "3", "4", "5"]
    assert [row["slug"] for row in rows] == [
        "kota-cirebon",
        "kab-cirebon",
        "indramayu",
        "majalengka",
        "kuningan",
    ]
    assert [row["bps_code"] for row in rows] == [row["code"].replace(".", "") for row in rows]
    assert [row["kind"] for row in rows] == ["kota"] + ["kabupaten"] * 4
    assert len({row["mark"] for row in rows}) == 5


def test_regions_are_complete() -> None:
    assert len(read("regencies")) == 5
    assert len(read("districts")) == 134
    assert len(read("villages")) == 1482
    assert len(read("name_variants")) == 28


def test_official_counts_of_each_regency() -> None:
    districts = Counter(row["regency_code"] for row in read("districts"))
    villages = Counter((row["code"][:5], row["kind"]) for row in read("villages"))
    found = {
        code: (districts[code], villages[code, "desa"], villages[code, "kelurahan"])
        for code in districts
    }
    assert found == {
        "32.74": (5, 0, 22),
        "32.09": (40, 412, 12),
        "32.12": (31, 309, 8),
        "32.10": (26, 330, 13),
        "32.08": (32, 361, 15),
    }


def test_regions_lie_under_their_parents() -> None:
    regencies = {row["code"] for row in read("regencies")}
    districts = {row["code"] for row in read("districts")}
    for row in read("districts"):
        assert row["regency_code"] in regencies
        assert re.fullmatch(re.escape(row["regency_code"]) + r"\.\d{2}", row["code"])
        assert re.fullmatch(row["regency_code"].replace(".", "") + r"\d{3}", row["bps_code"])
    for row in read("villages"):
        assert row["district_code"] in districts
        assert re.fullmatch(re.escape(row["district_code"]) + r"\.[12]\d{3}", row["code"])
        assert row["kind"] == ("kelurahan" if row["code"][9] == "1" else "desa")
        assert re.fullmatch(r"\d{5}", row["postal_code"])


def test_names_are_unique_within_their_parent() -> None:
    for name, parent in (("districts", "regency_code"), ("villages", "district_code")):
        counts = Counter((row[parent], row["name"].casefold()) for row in read(name))
        assert max(counts.values()) == 1, name


def test_name_variants_belong_to_a_region_and_differ_from_its_name() -> None:
    names = {row["code"]: row["name"] for row in read("districts") + read("villages")}
    for row in read("name_variants"):
        assert names[row["code"]] != row["variant"]


@pytest.mark.parametrize("name", ["regencies", "districts", "villages", "centres"])
def test_coordinates_lie_in_the_five_regions(name: str) -> None:
    for row in read(name):
        assert Decimal("-7.25") <= Decimal(row["lat"]) <= Decimal("-6.15"), row
        assert Decimal("107.75") <= Decimal(row["lon"]) <= Decimal("108.90"), row


# KBLI


def test_kbli_2020_is_complete() -> None:
    levels = Counter(row["level"] for row in read("kbli") if row["edition"] == "2020")
    assert levels == {
        "section": 21,
        "division": 88,
        "group": 245,
        "class": 567,
        "subclass": 1789,
    }
    assert sum(levels.values()) == 2710


def test_kbli_2025_has_the_subclasses_of_manufacturing() -> None:
    rows = [row for row in read("kbli") if row["edition"] == "2025" and row["section"] == "C"]
    subclasses = [row for row in rows if row["level"] == "subclass"]
    assert len(subclasses) == 464
    assert {row["code"] for row in subclasses if not row["title_id"]} == {
        "16211",
        "17021",
        "19100",
        "25991",
        "30921",
        "32120",
    }
    assert {row["code"] for row in rows if row["level"] == "division"} == {
        str(number) for number in range(10, 34)
    }


def test_kbli_codes_stand_under_their_parents() -> None:
    codes = kbli_by_key()
    for (edition, code), row in codes.items():
        assert row["level"] == LEVEL_BY_LENGTH[len(code)], row
        if row["level"] == "section":
            assert row["parent_code"] == ""
            assert row["section"] == code
            continue
        parent = codes[edition, row["parent_code"]]
        assert parent["section"] == row["section"]
        if row["level"] == "division":
            assert parent["level"] == "section"
        else:
            assert row["parent_code"] == code[:-1]


def test_kbli_titles_are_missing_only_where_documented() -> None:
    for row in read("kbli"):
        assert "  " not in row["title_id"]
        if row["edition"] == "2020":
            assert row["title_id"], row
            english = row["section"] == "C" and row["level"] != "subclass"
            assert not row["title_en"] or english, row
        elif row["level"] in {"group", "class"} or row["section"] != "C":
            assert row["title_id"] == row["title_en"] == "", row
        elif row["level"] == "division":
            assert row["title_id"], row
            assert row["title_en"], row


def test_editions_of_kbli_are_the_two_in_use() -> None:
    editions = {row["code"]: row for row in read("kbli_editions")}
    assert set(editions) == {"2020", "2025"} == {row["edition"] for row in read("kbli")}
    assert editions["2025"]["in_force_on"] == "2025-12-18"
    assert editions["2020"]["in_force_on"] == ""


def test_mapping_covers_every_manufacturing_code_of_2020() -> None:
    manufacturing = {
        row["code"]
        for row in read("kbli")
        if row["edition"] == "2020" and row["section"] == "C" and row["level"] == "subclass"
    }
    assert len(manufacturing) == 476
    assert {row["code_2020"] for row in read("kbli_mapping")} == manufacturing


def test_mapping_leads_to_codes_that_exist() -> None:
    codes = kbli_by_key()
    without_successor = set()
    for row in read("kbli_mapping"):
        assert row["basis"] in {"change list", "same code"}
        assert 0 < len(row["change"]) <= 80
        if row["code_2025"]:
            target = codes["2025", row["code_2025"]]
            assert target["level"] in {"class", "subclass"}
        else:
            without_successor.add(row["code_2020"])
    assert without_successor == {"23959", "28261"}


@pytest.mark.parametrize(
    ("old", "new"),
    [("13134", "13133"), ("31002", "31012"), ("10391", "10307"), ("10794", "10794")],
)
def test_mapping_of_local_trades(old: str, new: str) -> None:
    assert successors()[old] == {new}


@pytest.mark.parametrize(
    ("edition", "code", "title"),
    [
        ("2020", "13134", "Industri Batik"),
        ("2020", "13133", "Industri Pencetakan Kain"),
        ("2025", "13133", "Industri Kain Batik"),
        ("2020", "10773", "Industri Produk Masak Dari Kelapa"),
        ("2025", "10773", "Industri Garam Industri Aneka Pangan"),
        ("2025", "31012", "Industri Furnitur dari Rotan dan Bambu"),
    ],
)
def test_same_digits_mean_what_their_edition_says(edition: str, code: str, title: str) -> None:
    assert kbli_by_key()[edition, code]["title_id"] == title


# Groups and commodities


def test_every_division_is_in_exactly_one_group() -> None:
    rows = read("industry_groups")
    divisions = [division for row in rows for division in row["divisions"].split()]
    assert len(rows) == 7
    assert sorted(divisions) == [str(number) for number in range(10, 34)]


def test_commodities_number_their_positions() -> None:
    rows = read("commodities")
    assert 14 <= len(rows) <= 18
    assert [row["position"] for row in rows] == [str(n) for n in range(1, len(rows) + 1)]


def test_commodity_codes_are_subclasses_of_their_edition() -> None:
    codes = kbli_by_key()
    for row in read("commodity_kbli"):
        assert codes[row["edition"], row["code"]]["level"] == "subclass", row


def test_commodities_have_codes_in_both_editions_within_their_group() -> None:
    divisions = {row["slug"]: set(row["divisions"].split()) for row in read("industry_groups")}
    group_of = {row["slug"]: row["group_slug"] for row in read("commodities")}
    editions: dict[str, set[str]] = {slug: set() for slug in group_of}
    for row in read("commodity_kbli"):
        editions[row["commodity_slug"]].add(row["edition"])
        if row["code"] == "08930":  # salt from ponds is mining, yet buyers look for it here
            continue
        assert row["code"][:2] in divisions[group_of[row["commodity_slug"]]], row
    assert set(map(frozenset, editions.values())) == {frozenset({"2020", "2025"})}


@pytest.mark.parametrize(
    ("edition", "code", "commodity"),
    [
        ("2020", "13134", "batik-tenun"),
        ("2025", "13133", "batik-tenun"),
        ("2020", "13133", "pakaian-bordir"),
        ("2020", "31002", "rotan-bambu"),
        ("2025", "31012", "rotan-bambu"),
        ("2020", "10774", "hasil-laut-garam"),
        ("2025", "10772", "hasil-laut-garam"),
        ("2020", "10772", "tahu-kecap-bumbu"),
        ("2020", "23922", "genteng-gerabah"),
        ("2020", "23963", "batu-alam"),
    ],
)
def test_commodity_of_a_code(edition: str, code: str, commodity: str) -> None:
    found = [
        row["commodity_slug"]
        for row in read("commodity_kbli")
        if (row["edition"], row["code"]) == (edition, code)
    ]
    assert found == [commodity]


# Words


def test_words_lead_to_subclasses_of_manufacturing_in_both_editions() -> None:
    codes = kbli_by_key()
    editions: dict[str, set[str]] = {}
    for row in read("kbli_words"):
        assert row["word"] == row["word"].lower()
        assert len(row["word"]) <= 60
        target = codes[row["edition"], row["code"]]
        assert target["level"] == "subclass"
        assert target["section"] == "C"
        editions.setdefault(row["word"], set()).add(row["edition"])
    assert len(editions) >= 200
    assert [word for word, found in editions.items() if found != {"2020", "2025"}] == []


def test_words_leave_the_mapping_only_where_the_title_asks_for_it() -> None:
    """The mapping names main successors; these few words have a better one by its title."""
    beyond: dict[str, set[str]] = {}
    heirs = successors()
    for word in {row["word"] for row in read("kbli_words")}:
        old = codes_of_word(word, "2020")
        mapped = set().union(*(heirs[code] for code in old))
        for code in set(codes_of_word(word, "2025")) - mapped:
            beyond.setdefault(code, set()).update(old)
    assert beyond == {
        "10297": {"10221", "10293"},  # canned crab is no longer canned fish
        "10773": {"10774"},  # salt for the food industry
        "13122": {"13121"},  # cloth woven by hand
        "20124": {"20121"},  # organic fertiliser
        "25932": {"25933"},  # knives are cutting tools
    }


@pytest.mark.parametrize(
    ("word", "codes_2020", "codes_2025"),
    [
        ("kerupuk", ["10794"], ["10794"]),
        ("krupuk", ["10794"], ["10794"]),
        ("crackers", ["10794"], ["10794"]),
        ("mebel rotan", ["31002"], ["31012"]),
        ("rattan furniture", ["31002"], ["31012"]),
        ("anyaman rotan", ["16291"], ["16291"]),
        ("mebel kayu", ["31001"], ["31011"]),
        ("batik tulis", ["13134"], ["13133"]),
        ("batik cap", ["13134"], ["13133"]),
        ("tenun gedogan", ["13121"], ["13122"]),
        ("genteng", ["23922"], ["23922"]),
        ("roof tile", ["23922"], ["23922"]),
        ("bata merah", ["23921"], ["23921"]),
        ("gerabah", ["23932"], ["23932"]),
        ("batu alam", ["23963"], ["23969"]),
        ("kecap", ["10771"], ["10771"]),
        ("tempe", ["10391"], ["10307"]),
        ("tahu", ["10392"], ["10308"]),
        ("terasi", ["10295"], ["10295"]),
        ("garam", ["10774"], ["10772", "10773"]),
        ("tape ketan", ["10792"], ["10792"]),
        ("konveksi", ["14111"], ["14111"]),
        ("gula merah", ["10722"], ["10722"]),
        ("minyak atsiri", ["20294"], ["20294"]),
        ("sapu ijuk", ["32909"], ["32909"]),
        ("bola sepak", ["32300"], ["32300"]),
        ("sirup", ["10723"], ["10723"]),
    ],
)
def test_word_leads_to_its_code(word: str, codes_2020: list[str], codes_2025: list[str]) -> None:
    assert codes_of_word(word, "2020") == codes_2020
    assert codes_of_word(word, "2025") == codes_2025


# Centres


def test_centres_are_those_that_public_sources_name() -> None:
    rows = read("centres")
    assert Counter(row["regency_code"] for row in rows) == {
        "32.09": 17,
        "32.12": 5,
        "32.10": 7,
        "32.08": 8,
    }
    assert all(row["source"] and row["source_ref"] for row in rows)


def test_centres_lie_inside_their_regency() -> None:
    districts = {row["code"]: row for row in read("districts")}
    villages = {row["code"]: row for row in read("villages")}
    for row in read("centres"):
        place = districts[row["district_code"]]
        assert place["regency_code"] == row["regency_code"]
        assert row["coord_basis"] == ("village" if row["village_code"] else "district")
        if row["village_code"]:
            place = villages[row["village_code"]]
            assert place["district_code"] == row["district_code"]
        assert (row["lat"], row["lon"]) == (place["lat"], place["lon"]), row["name"]


def test_centres_have_the_commodity_of_their_code() -> None:
    commodity = {
        row["code"]: row["commodity_slug"]
        for row in read("commodity_kbli")
        if row["edition"] == "2020"
    }
    for row in read("centres"):
        assert commodity[row["kbli_2020"]] == row["commodity_slug"], row["name"]


def test_centres_leave_unknown_figures_empty() -> None:
    for row in read("centres"):
        for column in ("units", "workers"):
            assert row[column] == "" or int(row[column]) > 0, row["name"]
        assert row["year"] == "" or 2000 <= int(row["year"]) <= 2026, row["name"]


# Units and consent


def test_units_are_those_of_the_intake() -> None:
    factors = {row["code"]: Decimal(row["factor_to_base"]) for row in read("units")}
    assert " ".join(factors) == (
        "kg ton pcs kodi lusin gros set lembar meter m3 liter botol bungkus pasang unit roll ekor"
    )
    assert (factors["kodi"], factors["lusin"], factors["gros"]) == (20, 12, 144)
    assert (factors["ton"], factors["m3"]) == (1000, 1000)


def test_each_dimension_has_one_base_unit() -> None:
    bases = Counter(row["dimension"] for row in read("units") if row["factor_to_base"] == "1")
    assert set(bases) == {row["dimension"] for row in read("units")}
    assert set(bases.values()) == {1}


def test_spellings_name_one_unit_only() -> None:
    spellings = [
        spelling for row in read("units") for spelling in [row["code"], *row["aliases"].split("|")]
    ]
    assert [text for text, times in Counter(spellings).items() if times > 1] == []
    assert all(text and text == text.lower() for text in spellings)


def test_consent_texts_say_what_the_law_asks() -> None:
    rows = read("consent_texts")
    assert [row["purpose"] for row in rows] == [
        "catalogue",
        "whatsapp",
        "exact_location",
        "siinas_badge",
    ]
    for row in rows:
        assert date.fromisoformat(row["effective_on"]) == date(2026, 11, 1)
        for words in (
            "siapa saja",
            "dinas perindustrian",
            "kapan saja",
            "3 × 24 jam",
            "UU 27/2022",
        ):
            assert words in row["body_id"], (row["purpose"], words)
        for words in ("anyone", "industry office", "at any time", "at once", "3 × 24 hours"):
            assert words in row["body_en"], (row["purpose"], words)
