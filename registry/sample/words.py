"""What invented firms are made of: trades by region, names, owners. Nobody here is real."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Trade:
    """A kind of business: its codes in both editions, words for its name and what it makes."""

    kbli_2020: str
    kbli_2025: str
    word: str
    products: tuple[str, ...]
    unit: str
    certificates: tuple[str, ...]


RATTAN = Trade(
    "31002",
    "31012",
    "Rotan",
    ("kursi rotan", "meja rotan", "lampu rotan"),
    "pcs",
    ("tkdn_ik", "svlk"),
)
WEAVING = Trade(
    "16291", "16291", "Anyaman", ("keranjang anyam", "tikar", "tudung saji"), "pcs", ("tkdn_ik",)
)
BATIK = Trade(
    "13134",
    "13133",
    "Batik",
    ("batik tulis", "batik cap", "kain mega mendung"),
    "kodi",
    ("tkdn_ik", "brand"),
)
CRACKERS = Trade(
    "10794",
    "10794",
    "Kerupuk",
    ("kerupuk udang", "keripik singkong", "rengginang"),
    "kg",
    ("halal", "pirt"),
)
CAKES = Trade(
    "10792", "10792", "Dapur", ("tape ketan", "kue basah", "dodol"), "bungkus", ("halal", "pirt")
)
SAUCE = Trade(
    "10771", "10771", "Kecap", ("kecap manis", "kecap asin"), "botol", ("halal", "bpom_md")
)
FISH = Trade("10211", "10211", "Samudra", ("ikan asin", "teri kering"), "kg", ("halal", "pirt"))
GARMENTS = Trade("14111", "14111", "Konveksi", ("kaos", "gamis", "seragam"), "lusin", ("brand",))
TILES = Trade(
    "23922", "23922", "Genteng", ("genteng plentong", "genteng morando"), "pcs", ("sni", "tkdn_ik")
)
STONE = Trade("23969", "23969", "Batu Alam", ("batu andesit", "batu templek"), "m3", ("tkdn_ik",))
CRAFT = Trade(
    "32903", "32903", "Kriya", ("kerajinan kerang", "cendera mata"), "pcs", ("tkdn_ik", "brand")
)

# Regency → trades with their weights, and the regency's share of the firms.
REGIONS: dict[str, tuple[float, tuple[tuple[Trade, int], ...]]] = {
    "32.74": (0.10, ((CRACKERS, 4), (CAKES, 4), (BATIK, 2), (CRAFT, 3), (FISH, 2), (GARMENTS, 2))),
    "32.09": (
        0.38,
        (
            (RATTAN, 7),
            (BATIK, 4),
            (CRACKERS, 4),
            (GARMENTS, 3),
            (STONE, 2),
            (WEAVING, 3),
            (CAKES, 2),
            (CRAFT, 1),
        ),
    ),
    "32.12": (0.20, ((CRACKERS, 6), (FISH, 4), (BATIK, 3), (GARMENTS, 2), (CAKES, 2))),
    "32.10": (0.19, ((TILES, 6), (WEAVING, 4), (SAUCE, 2), (CAKES, 3), (GARMENTS, 2), (CRAFT, 2))),
    "32.08": (0.13, ((CAKES, 6), (CRACKERS, 3), (BATIK, 1), (GARMENTS, 2), (STONE, 1))),
}

SECOND = (
    "Contoh", "Lestari", "Sekar", "Mandiri", "Cahaya", "Harapan", "Sumber", "Jaya", "Berkah",
    "Indah", "Melati", "Pelangi", "Nusa", "Tunas", "Bina", "Rahayu", "Kencana", "Sejati",
)  # fmt: skip
MALE = ("Asep", "Dadang", "Carsim", "Wahyu", "Rasdi", "Ujang", "Tarmin", "Kusnadi", "Yana", "Eman")
FEMALE = ("Siti", "Neneng", "Rokayah", "Ratna", "Wiwin", "Dewi", "Entin", "Casmi", "Yuyun", "Lilis")
FAMILY = ("Contohwati", "Contohsari", "Rekaan", "Umpama", "Misalan", "Tamsil", "Ibarat", "Andaian")
STREETS = ("Jl. Contoh Raya", "Blok Umpama", "Gang Rekaan", "Dusun Misal", "Jl. Tamsil")
COUNTRIES = ("Jerman", "Belanda", "Korea Selatan", "Malaysia", "Amerika Serikat")
