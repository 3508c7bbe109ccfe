"""A messy sheet of any length: what offices send, invented, and always the same for one seed.

Rule: about one row in twelve has something wrong with it, as in the sheets that were looked at; no
number is a real person's.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xlsxwriter

HEADINGS = (
    "NO", "NAMA PERUSAHAAN", "NAMA PEMILIK", "L/P", "NIK", "ALAMAT", "DESA/KEL", "KECAMATAN",
    "KABUPATEN", "NO. TELP/HP", "NIB", "KBLI", "JENIS PRODUK", "TK L", "TK P",
    "NILAI INVESTASI (RP.000)", "KAPASITAS PRODUKSI", "SATUAN", "NILAI PRODUKSI (RP.000)",
    "NO. HALAL", "TAHUN DATA", "KETERANGAN",
)  # fmt: skip
PRODUCTS = (
    ("Batik", "13134"), ("Rotan", "31002"), ("Kerupuk", "10794"), ("Emping", "10794"),
    ("Mebel", "31001"), ("Konveksi", "14111"), ("Tahu", "10392"), ("Tempe", "10391"),
    ("Kue", "10710"), ("Sepatu", "15202"), ("Gerabah", "23932"), ("Kopi", "10761"),
)  # fmt: skip
FIRST = (
    "Sri", "Budi", "Ade", "Yanti", "Dedi", "Nana", "Titin", "Ujang", "Wati", "Agus", "Rina", "Eko",
)  # fmt: skip
LAST = (
    "Hidayat", "Lestari", "Sukma", "Permana", "Wijaya", "Santosa", "Kurnia", "Rahayu", "Saputra",
)  # fmt: skip
WORDS = (
    "Jaya", "Abadi", "Makmur", "Sejahtera", "Mulya", "Barokah", "Sinar", "Putra", "Mandiri",
)  # fmt: skip
_UNITS = ("kg", "Kg", "pcs", "lembar", "kodi", "Lusin", "botol", "bks")


def rows(count: int, data: Path, seed: int = 1) -> Iterator[list[Any]]:
    """The rows of the sheet; `data` is the folder of the official lists."""
    draw = random.Random(seed)
    places = _places(data)
    for number in range(1, count + 1):
        row = _row(number, draw, places)
        yield _spoilt(row, draw) if draw.random() < 1 / 12 else row


def write_sheet(path: Path, count: int, data: Path, seed: int = 1) -> None:
    """The same as a workbook with a title above the headings."""
    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_numbers": False}) as book:
        page = book.add_worksheet("Data IKM")
        page.write_row(0, 0, ["DATA INDUSTRI KECIL DAN MENENGAH"])
        page.write_row(2, 0, HEADINGS)
        page.write_row(3, 0, range(1, len(HEADINGS) + 1))
        for at, row in enumerate(rows(count, data, seed), 4):
            page.write_row(at, 0, row)


def _places(data: Path) -> list[tuple[str, str, str]]:
    def read(name: str) -> list[dict[str, str]]:
        with (data / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    regencies = {row["code"]: row["name"] for row in read("regencies.csv")}
    districts = {row["code"]: row["name"] for row in read("districts.csv")}
    return [
        (row["name"], districts[row["district_code"]], regencies[row["code"][:5]])
        for row in read("villages.csv")
    ]


def _row(number: int, draw: random.Random, places: list[tuple[str, str, str]]) -> list[Any]:
    product, kbli = draw.choice(PRODUCTS)
    owner = f"{draw.choice(FIRST)} {draw.choice(LAST)} {number % 977}"
    village, district, regency = draw.choice(places)
    form = draw.choice(("", "", "", "CV ", "UD. ", "PT "))
    return [
        number,
        f"{form}{product} {draw.choice(WORDS)} {draw.choice(LAST)} {number % 1009}",
        owner,
        draw.choice("LP"),
        f"3209{number:012}",
        f"Blok {draw.choice(WORDS)} RT {number % 9 + 1:02} RW {number % 5 + 1:02}",
        village,
        district,
        regency,
        f"08{draw.randrange(10**9, 10**10)}",
        f"{draw.randrange(10**11, 9 * 10**11):012}{number % 10}" if draw.random() < 0.6 else None,
        kbli,
        f"{product} {draw.choice(WORDS).lower()}",
        draw.randrange(1, 9),
        draw.randrange(0, 12),
        draw.randrange(500, 90_000),
        f"{draw.randrange(1, 90)}.{draw.randrange(100, 999)}",
        draw.choice(_UNITS),
        draw.randrange(1_000, 900_000),
        f"ID{draw.randrange(10**16, 9 * 10**16)}" if draw.random() < 0.1 else None,
        draw.choice((2023, 2024, 2025)),
        draw.choice((None, None, None, "binaan dinas", "aktif pameran")),
    ]


def _spoilt(row: list[Any], draw: random.Random) -> list[Any]:
    """The row with one of the defects that sheets have."""
    at, cell = draw.choice(
        (
            (10, 220001234567.0), (10, "0"), (10, "2103 000 77"), (9, 8.1234e10),
            (9, "0231-488123 / 0812 3456 789"),
            (7, row[7].upper().replace("A", "A ")), (6, f"Ds. {row[6]}"),
            (6, "Tidak Tahu"), (8, ""), (11, "99999"), (15, "12 juta"), (15, "Rp 1.250.000,-"),
            (16, "500 kg"), (17, "karungan"), (1, " ".join(row[1].upper())), (2, None),
            (19, "proses"), (1, row[12]), (13, "3 orang"), (18, "-"),
        )
    )  # fmt: skip
    return [*row[:at], cell, *row[at + 1 :]]
