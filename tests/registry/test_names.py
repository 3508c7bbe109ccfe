"""Names of firms: the legal form taken off, the key to match by, and names that are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.names import clean_firm_name, is_generic, name_key

texts = st.one_of(
    st.text(max_size=40),
    st.lists(
        st.sampled_from(
            [
                "PT",
                "PT.",
                "CV",
                "U.D.",
                "Po",
                "Kop.",
                "Firma",
                "Perorangan",
                "Tbk",
                "(Persero)",
                "N",
                "O",
                "V",
                "A",
                "Rotan",
                "Jaya",
                "Udang",
                ",",
                "-",
                "  ",
                "S.",
                "Pd",
                "Fa.",
            ]
        ),
        max_size=8,
    ).map(" ".join),
)


@pytest.mark.parametrize(
    ("text", "name", "form"),
    [
        ("CV. ROTAN JAYA", "ROTAN JAYA", "cv"),
        ("Rotan Jaya, CV", "Rotan Jaya", "cv"),
        ("MENARA SANTOSA PT", "MENARA SANTOSA", "pt"),
        ("PT.Rotan Jaya", "Rotan Jaya", "pt"),
        ("P.T. Rotan Jaya", "Rotan Jaya", "pt"),
        ("P T Rotan Jaya", "Rotan Jaya", "pt"),
        ("pt rotan jaya", "rotan jaya", "pt"),
        ("PT. A Tbk", "A", "pt"),
        ("PT Garam (Persero)", "Garam", "pt"),
        ("PT (Persero) Garam", "Garam", "pt"),
        ("PT Perorangan Rotan Jaya", "Rotan Jaya", "pt_perorangan"),
        ("Rotan Jaya, PT Perorangan", "Rotan Jaya", "pt_perorangan"),
        ("PT Rotan Jaya (Perorangan)", "Rotan Jaya", "pt_perorangan"),
        ("U.D. Sinar", "Sinar", "ud"),
        ("BAYU PRASAJA UD", "BAYU PRASAJA", "ud"),
        ("PD Gula Merah Kemuning", "Gula Merah Kemuning", "pd"),
        ("PO.  Agus Kurniawan", "Agus Kurniawan", "po"),
        ("Firma Pelangi Kartika", "Pelangi Kartika", "firma"),
        ("MANISAN EMAK MURNI, Firma ", "MANISAN EMAK MURNI", "firma"),
        ("Fa. Pelangi", "Pelangi", "firma"),
        ("Kop. Budi Tresna", "Budi Tresna", "koperasi"),
        ("Koperasi Budi Tresna", "Budi Tresna", "koperasi"),
        ("EMPING PANDAN ELOK KUB ", "EMPING PANDAN ELOK", "kub"),
        ("Kelompok Usaha Bersama Dewi", "Dewi", "kub"),
        ("Yayasan Bina Karya", "Bina Karya", "yayasan"),
        ("Rotan Jaya (perorangan)", "Rotan Jaya", "perorangan"),
        ("CV Maju, CV", "Maju", "cv"),
        ("PT CV Maju", "Maju", "pt"),
    ],
)
def test_legal_form_at_either_end_is_taken_off(text: str, name: str, form: str) -> None:
    assert clean_firm_name(text) == (name, form)


@pytest.mark.parametrize(
    "text",
    [
        "Cvita",
        "Udang Segar",
        "Podo Moro",
        "Ptolemi",
        "Pdam Rasa",
        "Kopi Abah",
        "Firman Jaya",
        "Fajar",
        "Fa Batik",
        "Kubis Segar",
        "Toko UD Jaya",
        "Siti, S.Pd",
        "Siti, S. Pd",
        "Po'ong",
    ],
)
def test_word_that_only_looks_like_a_legal_form_stays(text: str) -> None:
    assert clean_firm_name(text) == (text, None)


@pytest.mark.parametrize(
    "text", ["PT", "CV.", "U.D.", "Koperasi", "PT Perorangan", "Perorangan", "-"]
)
def test_name_that_is_only_a_legal_form_stays(text: str) -> None:
    assert clean_firm_name(text) == (text, None)


@pytest.mark.parametrize(
    ("text", "name", "form"),
    [
        ("N O V A", "NOVA", None),
        ("CV N O V A", "NOVA", "cv"),
        ("C V N O V A", "NOVA", "cv"),
        ("N O V A, CV", "NOVA", "cv"),
        ("P O N D O K", "PONDOK", None),
        ("B A T I K  A S R I", "BATIK ASRI", None),
        ("Toko A B C", "Toko ABC", None),
        ("R A Kartini", "R A Kartini", None),
    ],
)
def test_letter_spaced_name_is_joined(text: str, name: str, form: str | None) -> None:
    assert clean_firm_name(text) == (name, form)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("  Sirup   Omah Ikhtiar ", "Sirup Omah Ikhtiar"),
        ("Rotan\nJaya", "Rotan Jaya"),
        ("Rotan\u00a0Jaya,", "Rotan Jaya"),
        ("\ufeffRotan", "Rotan"),
        ("", ""),
        ("   ", ""),
    ],
)
def test_white_space_is_trimmed_and_single(text: str, name: str) -> None:
    assert clean_firm_name(text) == (name, None)


@pytest.mark.parametrize(
    "text",
    [
        "CV. ROTAN JAYA",
        "Rotan Jaya, CV",
        "rotan  jaya",
        "Rotán-Jaya",
        'PT "Rotan Jaya" Tbk',
        "R O T A N  J A Y A",
    ],
)
def test_key_of_other_spellings_is_the_same(text: str) -> None:
    assert name_key(text) == "rotan jaya"


@pytest.mark.parametrize(
    ("text", "key"),
    [("PT", "pt"), ("-", ""), ("", ""), ("Ma'ruf", "maruf"), ("Batik 99", "batik 99")],
)
def test_key_of_an_odd_name(text: str, key: str) -> None:
    assert name_key(text) == key


@pytest.mark.parametrize(
    ("name", "product"),
    [
        ("Tenun", None),
        ("MEUBEL", None),
        ("Kue Kering", "Tempe kedelai"),
        ("UD Batik", None),
        ("Industri Kerupuk", None),
        ("Pengrajin Rotan", None),
        ("-", None),
        ("", None),
        ("123", None),
        ("belum ada nama", None),
        ("Sambal Bawang Pedas", "sambal bawang pedas"),
    ],
)
def test_name_of_a_product_is_generic(name: str, product: str | None) -> None:
    assert is_generic(name, product)


@pytest.mark.parametrize(
    ("name", "product"),
    [
        ("Batik Sekar Jagat", "Batik tulis"),
        ("Kerupuk Dwi Warisan", "Kerupuk"),
        ("Tenun Ibu Siti", None),
        ("Adi", None),
        ("Sambal Bawang Pedas", "Sambal"),
    ],
)
def test_name_of_a_firm_is_not_generic(name: str, product: str | None) -> None:
    assert not is_generic(name, product)


def test_text_too_long_for_a_name_is_only_trimmed() -> None:
    text = "PT a" + ", b" * 200
    assert clean_firm_name(f" {text} ") == (text, None)


@given(texts)
def test_cleaning_twice_equals_once(text: str) -> None:
    name, _ = clean_firm_name(text)
    assert clean_firm_name(name)[0] == name


@given(texts)
def test_cleaning_never_empties_a_name(text: str) -> None:
    name, _ = clean_firm_name(text)
    assert any(c.isalnum() for c in name) or not any(c.isalnum() for c in text)


@given(texts)
def test_key_of_a_key_is_the_key(text: str) -> None:
    assert name_key(name_key(text)) == name_key(text)


@given(texts, st.none() | texts)
def test_generic_never_raises(name: str, product: str | None) -> None:
    assert is_generic(name, product) in (True, False)
