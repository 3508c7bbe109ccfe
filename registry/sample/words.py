"""What invented firms are made of: trades by region, words for names, places and reasons.

Rule: kinds of business and places are real, everything that could name somebody is made up.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Trade:
    """A kind of business: its codes in both editions, and what its firms are called and make."""

    kbli_2020: str
    kbli_2025: str
    heads: tuple[str, ...]
    products: tuple[str, ...]
    unit: str
    a_worker: int  # units that one worker makes in a year, about
    certificates: tuple[str, ...] = ()
    women: float = 0.5  # their share among the workers
    exports: float = 0.0
    food_type: str = ""  # of a P-IRT number, Peraturan BPOM 22/2018
    shop: str = "47711"  # the retail code that some firms have on their NIB instead


_FOOD = ("halal", "pirt", "brand")
RATTAN = Trade(
    "31002", "31012", ("Rotan", "Mebel Rotan"),
    ("kursi rotan", "meja rotan", "lampu rotan", "keranjang rotan", "ayunan rotan"),
    "pcs", 260, ("tkdn_ik", "svlk", "brand"), 0.35, 0.25, shop="47591",
)  # fmt: skip
WEAVING = Trade(
    "16291", "16291", ("Anyaman", "Anyaman Rotan"),
    ("keranjang anyam", "tudung saji", "tikar", "nampan anyam", "kap lampu anyam"),
    "pcs", 700, ("tkdn_ik", "brand"), 0.65, 0.12, shop="47591",
)  # fmt: skip
FURNITURE = Trade(
    "31001", "31011", ("Mebel", "Mebel Kayu"), ("lemari", "kursi tamu", "kusen", "tempat tidur"),
    "unit", 60, ("svlk", "tkdn_ik"), 0.1, 0.04, shop="47591",
)  # fmt: skip
BATIK = Trade(
    "13134", "13133", ("Batik", "Sanggar Batik", "Rumah Batik"),
    ("batik tulis", "batik cap", "kain mega mendung", "kemeja batik", "selendang batik"),
    "kodi", 9, ("tkdn_ik", "brand"), 0.75, 0.06,
)  # fmt: skip
GARMENTS = Trade(
    "14111", "14111", ("Konveksi", "Busana"), ("kaos", "gamis", "seragam sekolah", "sarung bantal"),
    "lusin", 120, ("brand", "tkdn_ik"), 0.6, 0.02,
)  # fmt: skip
CRACKERS = Trade(
    "10794", "10794", ("Kerupuk", "Keripik", "Camilan"),
    ("kerupuk udang", "kerupuk ikan", "keripik singkong", "rengginang", "emping melinjo"),
    "kg", 2400, _FOOD, 0.6, 0.03, "06", "47249",
)  # fmt: skip
CAKES = Trade(
    "10792", "10792", ("Dapur", "Kue"), ("kue basah", "tape ketan", "bolu", "lemper"),
    "bungkus", 5200, _FOOD, 0.8, 0.0, "06", "47242",
)  # fmt: skip
TAPE = Trade(
    "10792", "10792", ("Tape Ketan", "Peuyeum Ketan"), ("tape ketan", "tape ketan ember"),
    "bungkus", 6000, _FOOD, 0.7, 0.0, "06", "47242",
)  # fmt: skip
BAKERY = Trade(
    "10710", "10710", ("Roti", "Bakeri"), ("roti manis", "roti tawar", "kue kering"),
    "bungkus", 7800, _FOOD, 0.5, 0.0, "06", "47242",
)  # fmt: skip
SAUCE = Trade(
    "10771", "10771", ("Kecap",), ("kecap manis", "kecap asin"),
    "botol", 6500, ("halal", "bpom_md", "brand"), 0.4, 0.0, "", "47249",
)  # fmt: skip
TOFU = Trade(
    "10392", "10308", ("Tahu",), ("tahu kuning", "tahu putih"), "kg", 4800, ("halal",), 0.3,
    shop="47249",
)  # fmt: skip
FISH = Trade(
    "10211", "10211", ("Ikan Asin", "Olahan Ikan"), ("ikan asin", "teri kering", "jambal roti"),
    "kg", 3000, _FOOD, 0.55, 0.05, "02", "47249",
)  # fmt: skip
SHRIMP_PASTE = Trade(
    "10295", "10295", ("Terasi",), ("terasi udang", "terasi rebon", "petis"),
    "kg", 1500, _FOOD, 0.5, 0.02, "02", "47249",
)  # fmt: skip
SALT = Trade(
    "10774", "10772", ("Garam",), ("garam konsumsi", "garam krosok"),
    "ton", 30, ("halal", "sni", "bpom_md"), 0.2, shop="47249",
)  # fmt: skip
SYRUP = Trade(
    "10723", "10723", ("Sirup",), ("sirup jeruk nipis", "sirup mangga"),
    "botol", 5000, ("halal", "bpom_md", "brand"), 0.5, shop="47249",
)  # fmt: skip
COFFEE = Trade(
    "10761", "10761", ("Kopi",), ("kopi bubuk", "kopi sangrai"),
    "kg", 900, _FOOD, 0.35, 0.06, "10", "47249",
)  # fmt: skip
OIL = Trade(
    "20294", "20294", ("Atsiri",), ("minyak sereh wangi", "minyak nilam", "minyak cengkeh"),
    "kg", 220, ("tkdn_ik", "brand"), 0.15, 0.2,
)  # fmt: skip
TILES = Trade(
    "23922", "23922", ("Genteng", "Jebor"), ("genteng plentong", "genteng morando", "wuwung"),
    "pcs", 24000, ("sni", "tkdn_ik"), 0.4, shop="47591",
)  # fmt: skip
POTTERY = Trade(
    "23932", "23932", ("Gerabah",), ("gentong", "pot bunga", "celengan"),
    "pcs", 1800, ("tkdn_ik",), 0.5, 0.03, shop="47591",
)  # fmt: skip
STONE = Trade(
    "23963", "23969", ("Batu Alam",), ("batu andesit", "batu templek", "ukiran batu"),
    "m3", 60, ("tkdn_ik",), 0.05, 0.05, shop="47591",
)  # fmt: skip
CRAFT = Trade(
    "32903", "32903", ("Kriya", "Kerajinan"),
    ("kerajinan kulit kerang", "cendera mata", "lukisan kaca", "bunga kering"),
    "pcs", 900, ("tkdn_ik", "brand"), 0.55, 0.15, shop="47785",
)  # fmt: skip
BALLS = Trade(
    "32300", "32300", ("Bola",), ("bola sepak", "bola voli", "bola futsal"),
    "pcs", 1500, ("tkdn_ik", "sni", "brand"), 0.5, 0.08,
)  # fmt: skip
SANDALS = Trade(
    "15201", "15201", ("Sandal",), ("sandal karet", "sandal jepit", "sandal spon"),
    "kodi", 110, ("brand", "tkdn_ik"), 0.45,
)  # fmt: skip
METAL = Trade(
    "25111", "25111", ("Bengkel Las",), ("pagar", "teralis", "kanopi", "rangka baja"),
    "unit", 50, ("tkdn_ik",), 0.02, shop="47591",
)  # fmt: skip

# Regency → its share of the firms, and its trades with their weights.
REGIONS: dict[str, tuple[float, tuple[tuple[Trade, int], ...]]] = {
    "32.74": (0.10, (
        (CAKES, 5), (CRACKERS, 4), (BAKERY, 3), (BATIK, 3), (CRAFT, 3), (FISH, 3),
        (SHRIMP_PASTE, 2), (GARMENTS, 2), (METAL, 1),
    )),
    "32.09": (0.38, (
        (RATTAN, 14), (BATIK, 7), (CRACKERS, 8), (GARMENTS, 7), (FURNITURE, 4), (STONE, 4),
        (BAKERY, 3), (WEAVING, 3), (CRAFT, 2), (SANDALS, 2), (SHRIMP_PASTE, 2), (SALT, 1),
        (POTTERY, 1), (METAL, 1), (FISH, 1),
    )),
    "32.12": (0.20, (
        (CRACKERS, 9), (BATIK, 5), (FISH, 5), (SHRIMP_PASTE, 2), (SALT, 2), (GARMENTS, 4),
        (CAKES, 2), (SYRUP, 1), (METAL, 1),
    )),
    "32.10": (0.19, (
        (TILES, 9), (WEAVING, 6), (SAUCE, 3), (CRACKERS, 3), (BALLS, 2), (GARMENTS, 3),
        (FURNITURE, 2), (CRAFT, 2), (CAKES, 2), (TOFU, 1),
    )),
    "32.08": (0.13, (
        (TAPE, 6), (CRACKERS, 5), (COFFEE, 2), (OIL, 2), (SYRUP, 2), (GARMENTS, 3), (CAKES, 2),
        (TOFU, 2), (BATIK, 1), (FURNITURE, 1),
    )),
}  # fmt: skip

NAME_WORDS = (
    "Cahaya", "Sekar", "Lestari", "Mandiri", "Harapan", "Berkah", "Indah", "Melati", "Pelangi",
    "Tunas", "Rahayu", "Kencana", "Sejati", "Purnama", "Kinanti", "Wangi", "Gemilang", "Sarwa",
    "Pusaka", "Rimbun", "Tirta", "Puspa", "Kartika", "Bestari", "Asri", "Niaga", "Karsa",
    "Saluyu", "Binangkit", "Mekar", "Raharja", "Waluya", "Hurip", "Padma", "Kenari", "Anggun",
)  # fmt: skip
MALE = (
    "Asep", "Dadang", "Carsim", "Wahyu", "Rasdi", "Ujang", "Tarmin", "Kusnadi", "Yana", "Eman",
    "Sukardi", "Warta", "Ade", "Cecep", "Darsono", "Kasmin", "Toto", "Iwan", "Sanusi", "Jaelani",
)  # fmt: skip
FEMALE = (
    "Siti", "Neneng", "Rokayah", "Ratna", "Wiwin", "Dewi", "Entin", "Casmi", "Yuyun", "Lilis",
    "Turinih", "Eti", "Sumiyati", "Kasini", "Nunung", "Rumsari", "Ai", "Imas", "Warniti", "Tati",
)  # fmt: skip
MALE_LAST = (
    "Sutisna", "Suhendar", "Wijaya", "Kurniawan", "Sobari", "Sumantri", "Hidayat", "Permana",
    "Sudrajat", "Wibowo", "Setiadi", "Rohman", "Supriatna", "Mulyana", "Santoso", "Iskandar",
)  # fmt: skip
FEMALE_LAST = (
    "Rohaeni", "Kurniasih", "Komalasari", "Wulandari", "Nurjanah", "Suryani", "Handayani",
    "Marlina", "Rosmiati", "Sukaesih", "Lestari", "Kartini", "Maryati", "Solihat", "Puspitasari",
)  # fmt: skip
BLOCKS = ("Manis", "Pahing", "Pon", "Wage", "Kliwon", "Karanganyar", "Desa", "Kidul", "Lor")
COUNTRIES = (
    "Jerman", "Belanda", "Korea Selatan", "Malaysia", "Amerika Serikat", "Jepang", "Australia",
)  # fmt: skip
CLOSING = (
    "Pemilik berhenti berusaha",
    "Pindah ke luar daerah",
    "Pemilik meninggal, usaha tidak diteruskan",
    "Berganti menjadi toko, tidak lagi memproduksi",
)
