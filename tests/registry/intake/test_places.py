"""From names of places to codes, only inside what is certain."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.intake.places import Place, PlaceIndex

TRUSMI = ("32.09", "32.09.36", "32.09.36.2005")


def codes(place: Place) -> tuple[str | None, str | None, str | None]:
    return place.regency, place.district, place.village


def told(place: Place) -> list[tuple[str, str]]:
    return [(level, problem.code) for level, problem in place.problems]


@pytest.mark.parametrize(
    "texts",
    [
        ("Kab. Cirebon", "Plered", "Trusmi Kulon"),
        ("KABUPATEN CIREBON", "KEC. PLERED", "DS. TRUSMI KULON"),
        ("Cirebon Kab", "Kecamatan Plered", "Desa Trusmikulon"),
        ("Cirebon (Kab.)", "kec plered", "trusmi-kulon"),
        ("Cirebon", "Plered", "Trusmi Kulon"),
        ("32.09", "32.09.36", "32.09.36.2005"),
        ("3209", "Plered", "3209362005"),
        ("Kab. Cirebon, Jawa Barat", "Plered", "Trusmi Kulon"),
        ("Kab. Cirebon", "Plered", "Desa Trusmi Kulon Kec. Plered"),
        ("Kab. Cirebon", "Plered", "Trusmi Kulon (Blok Manis)"),
        ("Kab. Cirebon", "Plered", "Kel/Desa Trusmi Kulon"),
        ("Kab. Cirebon", "Plered", "Desa / Kelurahan Trusmi Kulon"),
        ("Kab. Cirebon", "Plered", "Trusmi Kulon RT 02/03"),
        ("Kab. Cirebon", "Kec. Plered Kab. Cirebon", "Trusmi Kulon, Plered"),
        ("Kab. Cirebon", "", "Desa Trusmi Kulon Kec. Plered"),
        ("", "", "Desa Trusmi Kulon Kec. Plered Kab. Cirebon"),
        ("Cirebon", "Plerred", "Trusmi Kulon"),
        ("Kab. Crb", "Plered", "Trusmi Kulon"),
    ],
)
def test_place_is_found_however_it_is_written(
    places: PlaceIndex, texts: tuple[str, str, str]
) -> None:
    place = places.resolve(*texts)
    assert (codes(place), told(place)) == (TRUSMI, [])


@pytest.mark.parametrize(
    ("regency", "code"),
    [
        ("Kota Cirebon", "32.74"),
        ("Cirebon Kota", "32.74"),
        ("kota crb", "32.74"),
        ("Kuningan", "32.08"),
        ("MAJALENGKA", "32.10"),
        ("32.1", "32.10"),
        ("Kab Kng", "32.08"),
        ("Mjlk", "32.10"),
        ("Kab. Idm", "32.12"),
        ("Kab Indramayu ", "32.12"),
    ],
)
def test_regency_is_found(places: PlaceIndex, regency: str, code: str) -> None:
    assert places.resolve(regency, "", "").regency == code


def test_bare_cirebon_is_settled_by_its_district(places: PlaceIndex) -> None:
    assert places.resolve("Cirebon", "Pekalipan", "Jagasatru").village == "32.74.04.1001"
    assert places.resolve("Cirebon", "Weru", "").district == "32.09.19"


def test_bare_cirebon_without_a_district_is_asked_about(places: PlaceIndex) -> None:
    place = places.resolve("Cirebon", "", "")
    assert place.regency is None
    assert told(place) == [
        ("regency_code", "region_ambiguous"), ("regency_code", "regency_missing"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("texts", "expected", "problem"),
    [
        (("", "", ""), (None, None, None), ("regency_code", "regency_missing")),
        (("Kab. Brebes", "Ketanggungan", "Kluwut"), (None, None, None),
         ("regency_code", "region_outside")),
        (("Kab. Indramayu", "Wanasraya", ""), ("32.12", None, None),
         ("district_code", "region_unknown")),
        (("Kab. Indramayu", "Juntinyuat", "Oborsari"), ("32.12", "32.12.11", None),
         ("village_code", "region_unknown")),
        (("Kab. Cirebon", "Gebang", "Kemlakagede"), ("32.09", "32.09.30", None),
         ("village_code", "village_not_in_district")),
        (("Kab. Indramayu", "", "Tugu"), ("32.12", None, None),
         ("village_code", "region_ambiguous")),
    ],
)  # fmt: skip
def test_deepest_certain_level_is_kept(
    places: PlaceIndex,
    texts: tuple[str, str, str],
    expected: tuple[str | None, ...],
    problem: tuple[str, str],
) -> None:
    place = places.resolve(*texts)
    assert (codes(place), told(place)) == (expected, [problem])


def test_village_that_is_alone_in_its_regency_names_its_district(places: PlaceIndex) -> None:
    assert codes(places.resolve("Kab. Cirebon", "", "Trusmi Kulon")) == TRUSMI


@pytest.mark.parametrize(
    ("texts", "village"),
    [
        (("Indramayu", "Trisi", "Jatimunggul"), "32.12.26.2003"),
        (("Kab. Cirebon", "Kapetakan", "Pegagan Lor"), "32.09.22.2012"),
        (("Majalengka", "Jatiwangi", "Ciborelang"), "32.10.11.2009"),
    ],
)
def test_other_spellings_are_known(
    places: PlaceIndex, texts: tuple[str, str, str], village: str
) -> None:
    assert places.resolve(*texts).village == village


def test_default_stands_in_only_for_what_is_not_named(places: PlaceIndex) -> None:
    assert places.resolve("", "Weru", "", default="32.09").district == "32.09.19"
    assert places.resolve("Kuningan", "", "", default="32.09").regency == "32.08"


def test_place_is_taken_out_of_an_address_that_names_it(places: PlaceIndex) -> None:
    address = "Blok Pon RT 04/05, Kel. Majalengka Kulon, Kec. Majalengka"
    place = places.resolve("Kab Majalengka", "", "", address=address)
    assert place.village == "32.10.07.1008"
    assert places.address_rest(address, place) == "Blok Pon RT 04/05"


def test_address_with_an_unknown_place_is_only_an_address(places: PlaceIndex) -> None:
    address = "Jl. Satu No. 2, Desa Antah, Kec. Berantah"
    place = places.resolve("Kab. Cirebon", "", "", address=address)
    assert (codes(place), told(place)) == (("32.09", None, None), [])
    assert places.address_rest(address, place) == address


@pytest.mark.parametrize(
    ("address", "default", "expected", "rest"),
    [
        ("Blok Kliwon RT 02/03 Ds. Trusmi Kulon Kec. Plered", "32.09", TRUSMI,
         "Blok Kliwon RT 02/03"),
        ("Jl. Raya No. 3 Desa Trusmi Kulon dekat pasar Kec Plered Kab. Cirebon 45154", "", TRUSMI,
         "Jl. Raya No. 3 dekat pasar 45154"),
        ("Blok Manis, Trusmi Kulon, Plered, Cirebon", "", TRUSMI, "Blok Manis"),
        ("Blok Manis RT 1/2 - Trusmi Kulon - Plered - Cirebon", "", TRUSMI, "Blok Manis RT 1/2"),
        ("Dusun II, Ds. Dukuh Tengah, Kec. Karangampel", "32.12",
         ("32.12", "32.12.10", "32.12.10.2016"), "Dusun II"),
        ("Jl. Kota Baru No. 3", "32.08", ("32.08", None, None), "Jl. Kota Baru No. 3"),
        ("Jl. Siliwangi, Kuningan", "32.09", ("32.09", None, None), "Jl. Siliwangi, Kuningan"),
        ("Jl. Raya, Plered", "32.09", ("32.09", None, None), "Jl. Raya, Plered"),
    ],
)  # fmt: skip
def test_address_in_one_cell_gives_up_its_places(
    places: PlaceIndex,
    address: str,
    default: str,
    expected: tuple[str | None, ...],
    rest: str,
) -> None:
    place = places.resolve("", "", "", address=address, default=default)
    assert (codes(place), told(place)) == (expected, [])
    assert places.address_rest(address, place) == rest


def test_address_says_only_what_the_columns_leave_open(places: PlaceIndex) -> None:
    address = "Ds. Trusmi Kulon Kec. Weru"
    assert codes(places.resolve("Kab. Cirebon", "Plered", "", address=address)) == TRUSMI
    place = places.resolve("Kab. Cirebon", "Weru", "Tegalwangi", address=address)
    assert place.village == "32.09.19.2009"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("Kab. Cirebon", "Plered", "Trusmi Kolon"), TRUSMI),
        (("Kab. Cirebom", "Pleredd", "Trusmii Kulon"), TRUSMI),
        (("Kab. Cirebon", "Plered", "Trusmi Kalen"), TRUSMI),
        # Three errors, or a name so short that one error makes another place.
        (("Kab. Cirebon", "Plered", "Trasma Kolan"), ("32.09", "32.09.36", None)),
        (("Kab. Cirebon", "Wera", ""), ("32.09", None, None)),
    ],
)
def test_small_typing_errors_are_forgiven(
    places: PlaceIndex, texts: tuple[str, str, str], expected: tuple[str | None, ...]
) -> None:
    assert codes(places.resolve(*texts)) == expected


def test_typing_error_between_two_places_is_not_mended(places: PlaceIndex) -> None:
    index = PlaceIndex(
        [("32.09", "Kabupaten Cirebon", "Cirebon", "kabupaten")],
        [("32.09.36", "32.09", "Plered")],
        [("32.09.36.2001", "32.09.36", "Karangjaya"), ("32.09.36.2002", "32.09.36", "Karangjawa")],
    )
    place = index.resolve("Cirebon", "Plered", "Karangjaga")
    assert place.village is None
    assert told(place) == [("village_code", "region_unknown")]


@settings(max_examples=200)
@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30), st.text(max_size=60))
def test_any_text_gives_an_answer(
    places: PlaceIndex, regency: str, district: str, village: str, address: str
) -> None:
    place = places.resolve(regency, district, village, address=address)
    assert place.village is None or place.village.startswith(place.district or "?")
    assert place.district is None or place.district.startswith(place.regency or "?")
