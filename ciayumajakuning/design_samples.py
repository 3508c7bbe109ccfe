"""Invented numbers and names for the page of components; none of them is of a real firm."""

from __future__ import annotations

from typing import Any

from django.utils.dates import MONTHS_3
from django.utils.translation import gettext as _

from dashboards.charts import tints
from dashboards.charts.places import Area, Point
from dashboards.charts.words import number
from registry.models import Regency

# Every token of static/css/gaya.css that is a colour, in the groups in which it is used.
COLOURS: dict[str, dict[str, str]] = {
    "mega": {
        "mega-900": "#0A2342",
        "mega-800": "#123A6B",
        "mega-700": "#1B5299",
        "mega-500": "#3A78BF",
        "mega-300": "#6FA3D8",
        "mega-200": "#A9CBEA",
        "mega-100": "#DCEAF7",
    },
    "rotan": {
        "rotan-900": "#5E3D16",
        "rotan-700": "#7A5120",
        "rotan-500": "#A8742F",
        "rotan-300": "#C99A55",
        "rotan-100": "#F6ECD9",
    },
    "ciremai": {
        "ciremai-800": "#1B5540",
        "ciremai-600": "#2A7355",
        "ciremai-300": "#7DB79A",
        "ciremai-100": "#E3F1E9",
    },
    "genteng": {"genteng-800": "#8E2F1B", "genteng-600": "#B5391D", "genteng-100": "#FBE9E2"},
    "mangga": {"mangga-900": "#6B4700", "mangga-500": "#E2A21A", "mangga-100": "#FFF3D6"},
    "malam": {
        "malam": "#13233A",
        "tinta-2": "#3D4E66",
        "tinta-3": "#56657B",
        "tepi": "#7588A0",
        "garis": "#C9D6E4",
        "garis-2": "#E3EBF3",
        "kabut": "#F4F8FC",
        "mori": "#FBF6EC",
        "putih": "#FFFFFF",
    },
}
SIZES = ("xs", "sm", "md", "lg", "xl", "2xl", "3xl")
REGIONS = (
    ("Kota Cirebon", "i-kota"),
    ("Kab. Cirebon", "i-kabcirebon"),
    ("Kab. Indramayu", "i-indramayu"),
    ("Kab. Majalengka", "i-majalengka"),
    ("Kab. Kuningan", "i-kuningan"),
)
YEARS = (2019, 2020, 2021, 2022, 2023, 2024, 2025)


def badges() -> list[tuple[str, list[tuple[str, str, str]]]]:
    """All badges by what they tell: words, state, drawing."""
    return [
        (
            _("Certificates"),
            [
                (f"TKDN {number(82.4, 1)}%", "sah", "i-cek"),
                (_("TKDN until 14 Jan 2027"), "segera", "i-jam"),
                (_("TKDN ended"), "lewat", ""),
                ("Halal", "sah", "i-cek"),
                ("SNI", "sah", "i-cek"),
                ("BPOM", "sah", "i-cek"),
                ("P-IRT", "sah", "i-cek"),
                ("SVLK", "sah", "i-cek"),
            ],
        ),
        (
            _("Licences and accounts"),
            [
                (_("Has a NIB"), "sah", "i-cek"),
                (_("No NIB yet"), "belum", ""),
                (_("SIINas account"), "info", ""),
                (_("Reported Q3"), "info", ""),
                (_("Not yet reported"), "belum", ""),
                (_("Export-ready"), "info", ""),
            ],
        ),
        (
            _("State of the data"),
            [
                (_("Listed"), "belum", ""),
                (_("Reviewed"), "info", ""),
                (_("Verified"), "sah", "i-cek"),
                (_("Sample"), "belum", ""),
            ],
        ),
    ]


def tiles() -> list[tuple[str, str | None, str, str]]:
    """Four numbers, one of them missing."""
    return [
        (
            _("Firms on record and working"),
            number(11_959),
            _("closed and resting firms left out"),
            "",
        ),
        (_("Firms with a NIB"), number(9_214), "", "#ubin"),
        (_("SIINas account"), number(45, 1) + "%", "", ""),
        (_("Workers"), None, "", ""),
    ]


def steps() -> list[str]:
    """The steps of an intake."""
    return [_("Upload"), _("Match columns"), _("Review"), _("Save"), _("Result")]


def tabs(here: str) -> list[tuple[str, str, int | None]]:
    """Three tabs, the first one shown."""
    return [
        (_("All"), here, 1027),
        (_("Not yet reported"), "?tab=lapor", 34),
        (_("Export-ready"), "?tab=ekspor", None),
    ]


def charts() -> dict[str, Any]:
    """What each chart is given, whole and with gaps."""
    names = [name for name, _mark in REGIONS]
    return {
        "source": _("Source: invented numbers of this page, 30 November 2026."),
        "bars": [
            (name, value, "#grafik", note, None, mark)
            for (name, mark), value, note in zip(
                REGIONS,
                (58.2, 41.3, None, 49.7, 0),
                (number(524) + " / " + number(901), "", "", "", ""),
                strict=True,
            )
        ],
        "growth": [
            (_("A name that is so long that it takes more than one line on a phone"), 6.3),
            (names[0], 0.4),
            (names[2], -2.8),
            (names[3], None),
        ],
        "small": [(names[0], 1), (names[1], 3), (names[2], 0), (names[4], 1_250_000)],
        "series": ["TKDN", "Halal"],
        "months": [
            (str(MONTHS_3[12]).capitalize(), (11, 7)),
            (str(MONTHS_3[1]).capitalize(), (19, 12)),
            (str(MONTHS_3[2]).capitalize(), (14, None)),
            (str(MONTHS_3[3]).capitalize(), (30, 17)),
            (str(MONTHS_3[4]).capitalize(), (0, 0)),
            (str(MONTHS_3[5]).capitalize(), (17, 12)),
        ],
        "years": YEARS,
        "panels": [
            (REGIONS[0][0], (5.9, -1.2, 2.1, 3.4, 3.9, 4.2, 4.6), REGIONS[0][1]),
            (REGIONS[1][0], (None, None, 1.8, 3.1, 4.4, 4.9, 5.2), REGIONS[1][1]),
            (REGIONS[2][0], (3.2, -2.8, -0.6, 1.9, None, 2.8, 3.1), REGIONS[2][1]),
            (REGIONS[3][0], (None, 0.8, None, 5.6, 6.1, 5.8, None), REGIONS[3][1]),
            (REGIONS[4][0], (None,) * 7, REGIONS[4][1]),
        ],
        "west_java": (5.1, -2.5, 2.5, 3.6, 4.1, 4.3, 4.6),
        "pairs": [
            (name, before, after, mark)
            for (name, mark), before, after in zip(
                REGIONS,
                (0.405, 0.351, None, 0.346, None),
                (0.412, 0.344, 0.322, 0.331, None),
                strict=True,
            )
        ],
        "columns": names,
        "rows": [
            (_("Food and drink"), [(412, "#grafik"), 1386, 1274, 40, 0], "KBLI 10–12"),
            (_("Textiles, batik and clothing"), [168, 742, None, 486, 96], "KBLI 13–15"),
        ],
        "shares": tints.SHARES,
        "regions": dict(zip(Regency.objects.all(), (58.2, 41.3, None, 49.7, 49.0), strict=False)),
        "areas": [
            Area(f"32.09.{n:02d}", None if n % 13 == 0 else n * 37 % 190, "#grafik")
            for n in range(1, 41)
        ],
        "points": [
            Point("Tegalwangi", -6.70743, 108.49181, 43, "#grafik"),
            Point("Tegalsari", -6.69325, 108.49431, 31, "#grafik"),
            Point("Karangsari", -6.72804, 108.47999, 12, "#grafik"),
            Point("Weru Lor", -6.70298, 108.50672, 2),
        ],
        "highlight": ["32.09.19", "32.09.36"],
    }
