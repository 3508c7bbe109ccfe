"""No door of the register lets the identity number of a person (NIK) through, however parted."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from registry.identifiers import holds_identity
from registry.identifiers.identity import cut_identity, mask_identity
from registry.intake.reading import read_sheets
from registry.intake.texts import text_of, without_identities
from tests.registry.intake.conftest import make_workbook

NIK = "3209012345670001"
# Province, regency and district, birthday, serial number; a woman's day has 40 added.
niks = st.builds(
    "{:02}{:02}{:02}{:02}{:02}{:02}{:04}".format,
    st.sampled_from([11, 18, 21, 31, 32, 33, 35, 36, 51, 64, 73]),
    st.integers(1, 79), st.integers(1, 40),
    st.integers(1, 31) | st.integers(41, 71), st.integers(1, 12), st.integers(0, 99),
    st.integers(1, 9999),
)  # fmt: skip
GROUPINGS = [
    (16,), (4, 4, 4, 4), (2, 2, 2, 6, 4), (6, 6, 4), (6, 2, 2, 2, 4), (12, 4), (8, 8),
    (2, 2, 2, 2, 2, 2, 4), (4, 2, 6, 4), (1,) * 16, (10, 6), (3,) * 5 + (1,), (5, 5, 6),
]  # fmt: skip
SEPARATORS = [
    " ", ".", ",", "-", "/", "'", ":", ";", "_", "|", "   ", " - ", " – ", "–", "—", "‐", "−",
    ", ", " . ", "\n", "\t", "\u00a0", "\u200b", "·", "*", "+", "=", "\\", "~", " / ", "--", "`",
]  # fmt: skip
FRAMES = [
    "{}", "NIK {}", "Asep ({})", "ID{}", "ID {}", "KTP: {} a.n. Asep", "{} / 2024",
    "081234567890/{}", "0812 3456 7890 {}", "Budi {}, {}", "nik{}nik", "12-01-2020 {}",
    "NPWP/NIK:{}", "{}.0", "RT 02/03 {}", "1234567890123 / {}", "-6.705123, 108.553890 {}",
]  # fmt: skip


def parted(nik: str, grouping: tuple[int, ...], separator: str) -> str:
    """The number in groups of so many digits."""
    ends = list(itertools.accumulate(grouping))
    return separator.join(nik[end - size : end] for size, end in zip(grouping, ends, strict=True))


def survives(nik: str, text: str) -> bool:
    return nik in "".join(char for char in text if char.isdecimal())


@given(niks, st.sampled_from(GROUPINGS), st.sampled_from(SEPARATORS), st.sampled_from(FRAMES))
@example(NIK, (4, 4, 4, 4), " - ", "{}")
@example(NIK, (4, 4, 4, 4), "–", "{}")
@example(NIK, (4, 12), ",", "{}")
@example(NIK, (16,), "", "ID{}")
def test_identity_number_passes_no_door(
    nik: str, grouping: tuple[int, ...], separator: str, frame: str
) -> None:
    written = parted(nik, grouping, separator)
    text = frame.format(written, written)
    assert holds_identity(text)
    assert not survives(nik, mask_identity(text))
    assert not survives(nik, cut_identity(text))
    assert not survives(nik, text_of(text))
    cells: list[object] = [text, int(nik), -int(nik), float(nik)]
    without_identities(cells)
    assert not survives(nik, repr(cells))


@given(niks, st.lists(st.sampled_from(["", "", *SEPARATORS]), min_size=15, max_size=15))
def test_identity_number_parted_anywhere_by_anything_is_known(nik: str, signs: list[str]) -> None:
    text = "".join(map("".join, zip(nik, [*signs, ""], strict=True)))
    assert holds_identity(text)
    assert not survives(nik, text_of(text))


@pytest.mark.parametrize(
    "text",
    [
        "-6.734679147083456",
        "6.734679147083456",
        "-6,734679147083456",
        "108.5369128454345",
        "-6.705123 108.553890",
        "-6.705123, 108.553890",
        "-6.7051234,108.5538901",
        "-6.70512, 108.5538901234",
        "-6,705123 ; 108,553890",
        "-6.734679147083456, 108.53691284543450",
        "https://maps.google.com/?q=-6.734679147083456,108.5369128454345",
        "https://www.google.com/maps/@-6.7346791,108.5369128,17z",
        "12-01-2020/31-12-2023",
        "12/01/2020 - 31/12/2023",
        "2020-01-12 s/d 2023-12-31",
        "2020-01-12/2023-12-31",
        "2021-03-02 10:11:00+07",
        "85712345678/23145",
        "0812 3456 7890 0813 9999 8888",
        "0812-3456-7890 / 0813-9999-8888",
        "(0231) 123456 / (0231) 654321",
        "0231-8302345, 081234567890",
        "+62 812-3456-7890 / +62 813 9999 8888",
        "081234567890/085300006547",
        "9120000714644",
        "9120000714644 / 2024",
        "0220001234567/2021, 9120000714644/2022",
        "0010003371426000",
        "ID32090000047960240",
        "2093209011419-28",
        "01.234.567.8-901.234",
        "10.000.000 - 25.000.000",
        "Rp 150.000.000 / 2.000.000",
        "2019, 2020, 2021, 2022",
        "13134, 31002, 10750, 10794",
        "RT 002 RW 003 No. 12 Kode Pos 45154",
    ],
)  # fmt: skip
def test_what_is_no_identity_number_passes(text: str) -> None:
    assert not holds_identity(text)
    assert mask_identity(text) == text
    assert text_of(text) == text


@pytest.mark.parametrize(
    ("text", "certificate", "found"),
    [
        ("ID3209000004796024", True, False),
        ("ID 3209000004796024", True, False),
        ("ID3209000004796024", False, True),
        ("ID3209014107900001", True, True),
        ("3209000004796024", True, True),
    ],
)
def test_halal_number_that_lost_a_digit_is_known_in_its_column(
    text: str, certificate: bool, found: bool
) -> None:
    assert holds_identity(text, certificate=certificate) is found


def test_rest_of_the_text_stays() -> None:
    assert text_of("Asep (3209 - 0123 - 4567 - 0001), Weru 45154") == "Asep, Weru 45154"
    assert mask_identity("HP 0812 3456 7890 NIK 3209 0123 4567 0001") == (
        "HP 0812 3456 7890 NIK •••• •••• •••• ••••"
    )


def test_file_is_read_without_the_number_and_with_its_places() -> None:
    text = "Nama Usaha;Pemilik;Lintang\nBatik;Asep 3209 - 0123 - 4567 - 0001;-6.734679147083456\n"
    [sheet] = read_sheets(text.encode())
    assert sheet.rows[1].cells == [
        "Batik", "Asep •••• - •••• - •••• - ••••", "-6.734679147083456",
    ]  # fmt: skip


def test_name_of_a_sheet_is_masked() -> None:
    [sheet] = read_sheets(make_workbook([["Nama Usaha"], ["Batik"]], sheet=f"Asep {NIK}"))
    assert sheet.name == "Asep ••••••••••••••••"
