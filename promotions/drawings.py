"""Product groups that have a drawing of ours in `static/img/kelompok/`."""

from __future__ import annotations

DRAWN = (
    "batik-tenun",
    "rotan-bambu",
    "kerupuk-keripik",
    "roti-kue",
    "genteng-gerabah",
    "hasil-laut-garam",
)
