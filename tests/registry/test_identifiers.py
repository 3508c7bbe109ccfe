"""Numbers and addresses as offices write them, and the one form in which they are kept."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.identifiers import (
    Box,
    Coordinates,
    Parsed,
    decode_pirt,
    format_npwp,
    hide_identity,
    holds_identity,
    is_industry,
    parse_bpom_md,
    parse_brand_number,
    parse_coordinates,
    parse_email,
    parse_halal,
    parse_kbli,
    parse_nib,
    parse_npwp,
    parse_phone,
    parse_pirt,
    parse_sni,
    parse_tkdn_percent,
    parse_website,
)

PARSERS: list[Callable[[object], Parsed]] = [
    parse_bpom_md,
    parse_brand_number,
    parse_coordinates,
    parse_email,
    parse_halal,
    parse_kbli,
    parse_nib,
    parse_npwp,
    parse_phone,
    parse_pirt,
    parse_sni,
    parse_tkdn_percent,
    parse_website,
]
TEXT_PARSERS = [p for p in PARSERS if p not in (parse_coordinates, parse_tkdn_percent)]

DIGITS = "0123456789"
ARABIC = "".join(chr(0x660 + n) for n in range(10))
FULL_WIDTH = "".join(chr(0xFF10 + n) for n in range(10))

cells = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.decimals(),
    st.text(),
    st.text(alphabet=DIGITS + " .,-/'+eE°\"()NSLUBTIDKHM@:", max_size=40),
    st.dates(),
    st.binary(),
)
# 16 digits that do not begin with 0, as an identity number: in groups, as text or as a number.
identities = st.from_regex(r"[1-9][0-9]{15}", fullmatch=True)


def code(parsed: Parsed) -> str | None:
    return parsed.problem.code if parsed.problem else None


class Unprintable:
    def __str__(self) -> str:
        raise RuntimeError


# NIB


@pytest.mark.parametrize(
    ("cell", "nib"),
    [
        ("9120000714644", "9120000714644"),
        ("0220001234567", "0220001234567"),
        (" 9120000714644 ", "9120000714644"),
        ("'0220001234567", "0220001234567"),
        ("9120-0007-14644", "9120000714644"),
        ("912.0000.714.644", "9120000714644"),
        ("NIB: 9120000714644", "9120000714644"),
        ("9120000714644 / 2024", "9120000714644"),
        (9120000714644, "9120000714644"),
        (9120000714644.0, "9120000714644"),
        (Decimal("9120000714644"), "9120000714644"),
        ("9120000714644.0", "9120000714644"),
        ("9,120000714644E+12", "9120000714644"),
        ("9120000714644".translate(str.maketrans(DIGITS, ARABIC)), "9120000714644"),
        ("9120000714644".translate(str.maketrans(DIGITS, FULL_WIDTH)), "9120000714644"),
    ],
)
def test_nib_written_in_any_way_is_thirteen_digits(cell: object, nib: str) -> None:
    assert parse_nib(cell) == Parsed(nib)


@pytest.mark.parametrize("cell", [None, "", "  ", "-", "–", float("nan")])
def test_nib_blank_is_no_problem(cell: object) -> None:
    assert parse_nib(cell) == Parsed()


def test_nib_lone_dash_is_a_placeholder_where_the_caller_says_so() -> None:
    assert code(parse_nib("-", dash_is_placeholder=True)) == "nib_placeholder"
    assert parse_nib("", dash_is_placeholder=True) == Parsed()


@pytest.mark.parametrize(
    "cell",
    [
        "0",
        0,
        0.0,
        "000",
        "1234567890123",
        1234567890123,
        "12345",
        "0123456789",
        "1111111111111",
        "9999999999999",
        "belum ada",
        "proses",
    ],
)
def test_nib_placeholder_is_not_kept(cell: object) -> None:
    parsed = parse_nib(cell)
    assert (parsed.value, code(parsed)) == (None, "nib_placeholder")


@pytest.mark.parametrize("cell", [220000192819, 220000192819.0, "220000192819.0"])
def test_nib_number_of_twelve_digits_proposes_its_zero(cell: object) -> None:
    parsed = parse_nib(cell)
    assert (parsed.value, code(parsed)) == (None, "nib_leading_zero_lost")
    assert parsed.proposal == "0220000192819"


@pytest.mark.parametrize(
    ("cell", "count"),
    [("220000192819", "12"), ("140200089", "9"), ("28080007160787", "14"), (140200089, "9")],
)
def test_nib_of_another_length_says_how_many_digits(cell: object, count: str) -> None:
    parsed = parse_nib(cell)
    assert (parsed.value, code(parsed), parsed.proposal) == (None, "nib_length", None)
    assert parsed.problem is not None
    assert parsed.problem.params == {"value": str(cell), "count": count}


@pytest.mark.parametrize("cell", ["1,40200E+12", "2,20E+11", "9.12e+012", 9120000000000.0])
def test_nib_shortened_by_a_spreadsheet_is_not_trusted(cell: object) -> None:
    parsed = parse_nib(cell)
    assert (parsed.value, code(parsed), parsed.proposal) == (None, "number_precision_lost", None)


# NPWP


@pytest.mark.parametrize(
    ("cell", "npwp"),
    [
        ("01.000.981.2-426.000", "010009812426000"),
        ("010008304426000", "010008304426000"),
        ("NPWP 01.000.981.2-426.000", "010009812426000"),
        ("0010003371426000", "0010003371426000"),
        (810008304426001, "810008304426001"),
        (None, None),
        ("-", None),
    ],
)
def test_npwp_of_a_firm_is_kept_as_digits(cell: object, npwp: str | None) -> None:
    assert parse_npwp(cell) == Parsed(npwp)


@pytest.mark.parametrize(
    "cell",
    ["01.000.12", "10001234426", "1,0004E+14", "3,20901E+15", "0", "0" * 15, "9" * 22, "ada"],
)
def test_npwp_damaged_is_not_kept(cell: object) -> None:
    parsed = parse_npwp(cell)
    assert (parsed.value, code(parsed), parsed.proposal) == (None, "npwp_damaged", None)


def test_npwp_number_of_fourteen_digits_proposes_its_zero() -> None:
    assert parse_npwp(10008304426001).proposal == "010008304426001"


@pytest.mark.parametrize(
    "cell",
    [
        "3209000000001790",
        "3209 00 000000 1790",
        "'3209000000001790",
        "32.09.00.000000.1790",
        "3209/0000/0000/1790",
        "NIK 3209000000001790",
        3209000000001790,
        3209000000001790.0,
    ],
)
def test_npwp_that_is_a_persons_number_is_refused(cell: object) -> None:
    parsed = parse_npwp(cell)
    assert (parsed.value, code(parsed)) == (None, "npwp_is_identity")
    assert "3209" not in repr(parsed)


def test_npwp_printed_form_is_read_back() -> None:
    assert format_npwp("010009812426000") == "01.000.981.2-426.000"
    assert format_npwp("0010003371426000") == "0010003371426000"


# KBLI


@pytest.mark.parametrize(
    ("cell", "kbli"),
    [
        ("13134", "13134"),
        (13134, "13134"),
        (13134.0, "13134"),
        ("13.134", "13134"),
        ("14111 - Industri Pakaian Jadi (Konveksi) Dari Tekstil", "14111"),
        ("KBLI 2020: 14111", "14111"),
        ("Industri batik (13134)", "13134"),
        ("C.10794", "10794"),
        ("00011", "00011"),
    ],
)
def test_kbli_code_is_five_digits(cell: object, kbli: str) -> None:
    assert parse_kbli(cell) == Parsed(kbli)


def test_kbli_several_codes_keep_the_first() -> None:
    assert parse_kbli("10794, 10710 / 10794") == Parsed("10794", rest=("10710",))


@pytest.mark.parametrize("cell", ["makanan", "1079", "107941", "13134,5", 1.5, "13134.25"])
def test_kbli_without_a_code_is_unknown(cell: object) -> None:
    parsed = parse_kbli(cell)
    assert (parsed.value, code(parsed)) == (None, "kbli_unknown")


def test_kbli_number_of_four_digits_proposes_its_zero() -> None:
    assert parse_kbli(1111.0).proposal == "01111"


@pytest.mark.parametrize(
    ("kbli", "industry"),
    [
        ("10110", True),
        ("33200", True),
        ("09900", False),
        ("34000", False),
        ("47242", False),
        ("1313", False),
        ("131340", False),
        ("batik", False),
        ("١٣١٣٤", False),
    ],
)
def test_kbli_industry_is_divisions_ten_to_thirty_three(kbli: str, industry: bool) -> None:
    assert is_industry(kbli) is industry


# P-IRT


@pytest.mark.parametrize(
    "cell",
    [
        "2093209011419-28",
        "209320901141928",
        "P-IRT No. 2093209011419-28",
        "PIRT2093209011419-28",
        "2.09.3209.01.1419-28",
        209320901141928,
        209320901141928.0,
    ],
)
def test_pirt_written_in_any_way_has_one_form(cell: object) -> None:
    assert parse_pirt(cell) == Parsed("2093209011419-28")


@pytest.mark.parametrize("cell", ["proses", "2063209", "206320901", "9063209010072-29"])
def test_pirt_of_another_shape_is_kept_as_text(cell: str) -> None:
    parsed = parse_pirt(cell)
    assert (parsed.value, code(parsed)) == (cell, "pirt_invalid")


def test_pirt_is_taken_apart() -> None:
    pirt = decode_pirt("3063306010072-19")
    assert pirt is not None
    assert (pirt.packaging, pirt.food_type, pirt.regency_code) == ("3", "06", "33.06")
    assert (pirt.product, pirt.producer, pirt.valid_through) == ("01", "0072", 2019)
    assert pirt.number == "3063306010072-19"


def test_pirt_of_another_regency_is_outside() -> None:
    pirt = decode_pirt("2093209011419-28")
    assert pirt is not None
    assert not pirt.is_outside(["32.08", "32.09"])
    assert not pirt.is_outside(["3209"])
    assert pirt.is_outside(["32.08"])


def test_pirt_expires_after_its_year() -> None:
    pirt = decode_pirt("2093209011419-28")
    assert pirt is not None
    assert pirt.ends_on == dt.date(2028, 12, 31)
    assert not pirt.is_too_long(2023)
    assert pirt.is_too_long(2022)


# Halal, BPOM, SNI, brand, TKDN


@pytest.mark.parametrize(
    "cell", ["ID32090000047960240", "id 3209 0000047960240", "No. ID-32090000047960240"]
)
def test_halal_certificate_is_id_and_seventeen_digits(cell: str) -> None:
    assert parse_halal(cell) == Parsed("ID32090000047960240")


@pytest.mark.parametrize("cell", ["LPPOM 0112345", "ID321", "proses"])
def test_halal_of_another_shape_is_kept_as_text(cell: str) -> None:
    parsed = parse_halal(cell)
    assert (parsed.value, code(parsed)) == (cell, "halal_invalid")


@pytest.mark.parametrize("cell", ["KH 00120098761220", "kh-00120098761220", "KH00120098761220"])
def test_halal_decree_has_its_own_sentence(cell: str) -> None:
    parsed = parse_halal(cell)
    assert parsed.problem is not None
    assert (parsed.value, parsed.problem.code) == (cell, "halal_invalid")
    assert parsed.problem.message_code == "halal_is_decree"


def test_halal_digits_alone_propose_the_id() -> None:
    assert parse_halal("32090000047960240").proposal == "ID32090000047960240"


@pytest.mark.parametrize(
    ("parse", "cell", "value"),
    [
        (parse_bpom_md, "MD 235602169254", "MD235602169254"),
        (parse_bpom_md, "BPOM RI MD 235602169254", "MD235602169254"),
        (parse_sni, "SNI 8152:2015", "SNI 8152:2015"),
        (parse_sni, "sni: 01-2346-2006", "SNI 01-2346-2006"),
        (parse_sni, "SNI ISO 9001:2015", "SNI ISO 9001:2015"),
        (parse_brand_number, "IDM000360895 ", "IDM000360895"),
        (parse_brand_number, "idm 000 360 895", "IDM000360895"),
        (parse_brand_number, "DID2021012345", "DID2021012345"),
    ],
)
def test_certificate_number_has_one_form(
    parse: Callable[[object], Parsed[str]], cell: str, value: str
) -> None:
    assert parse(cell) == Parsed(value)


@pytest.mark.parametrize(
    ("parse", "cell", "problem"),
    [
        (parse_bpom_md, "ML 235602169254", "bpom_invalid"),
        (parse_sni, "dalam proses", "sni_invalid"),
        (parse_brand_number, "IDM 12", "brand_number_invalid"),
    ],
)
def test_certificate_number_of_another_shape_is_kept_as_text(
    parse: Callable[[object], Parsed[str]], cell: str, problem: str
) -> None:
    parsed = parse(cell)
    assert (parsed.value, code(parsed)) == (cell, problem)


@pytest.mark.parametrize(
    ("cell", "percent"),
    [
        ("27,5", "27.5"),
        ("25 %", "25"),
        ("38,4%", "38.4"),
        (40.0, "40"),
        (31.25, "31.25"),
        (0.275, "27.5"),
        ("100", "100"),
        (0, "0"),
        ("40.00", "40"),
        ("40 persen", "40"),
    ],
)
def test_tkdn_percent_is_plain_decimal_text(cell: object, percent: str) -> None:
    assert str(parse_tkdn_percent(cell).value) == percent


def test_tkdn_percent_above_a_hundred_is_refused() -> None:
    parsed = parse_tkdn_percent("140")
    assert parsed.problem is not None
    assert (parsed.value, parsed.problem.code) == (None, "number_unparseable")
    assert parsed.problem.message_code == "percent_out_of_range"


@pytest.mark.parametrize("cell", ["proses", -5, "25-40"])
def test_tkdn_percent_that_is_no_number_is_refused(cell: object) -> None:
    assert code(parse_tkdn_percent(cell)) == "number_unparseable"


# Telephone


@pytest.mark.parametrize(
    ("cell", "phone"),
    [
        ("0812-3456-7890", "+6281234567890"),
        ("+62 812 3456 7890", "+6281234567890"),
        ("6281234567890", "+6281234567890"),
        ("+62 (0)812 3456 7890", "+6281234567890"),
        ("0062 812 3456 7890", "+6281234567890"),
        ("81234567890", "+6281234567890"),
        (81234567890, "+6281234567890"),
        (81234567890.0, "+6281234567890"),
        ("0895.0000.6836", "+6289500006836"),
        ("Hp. 081234567890", "+6281234567890"),
        ("WA0812 3456 7890", "+6281234567890"),
        ("0812 3456 7890 (Budi)", "+6281234567890"),
        ("81,234,567,890", "+6281234567890"),
        ("0231-234567", "+62231234567"),
        ("(0232) 8006747", "+622328006747"),
        ("02348005715", "+622348005715"),
        (2318004652.0, "+622318004652"),
        ("(0231) 234567 ext. 12", "+62231234567"),
        ("0812 - 3456 - 7890", "+6281234567890"),
    ],
)
def test_phone_written_in_any_way_is_e164(cell: object, phone: str) -> None:
    assert parse_phone(cell) == Parsed(phone)


@pytest.mark.parametrize(
    ("cell", "first", "rest"),
    [
        ("088200002152/083100009264", "+6288200002152", ("+6283100009264",)),
        ("082200007319, 081100001222", "+6282200007319", ("+6281100001222",)),
        ("081600002992 atau 081100001261", "+6281600002992", ("+6281100001261",)),
        ("0816 0000 2992 dan 0811-0000-1261", "+6281600002992", ("+6281100001261",)),
        ("0816 0000 2992; 0231 234567", "+6281600002992", ("+62231234567",)),
        ("0816 0000 2992 - 0811 0000 1261", "+6281600002992", ("+6281100001261",)),
        ("081600002992 081100001261", "+6281600002992", ("+6281100001261",)),
        ("08123 / 081100001261", "+6281100001261", ("08123",)),
        ("0231-234567,68", "+62231234567", ("68",)),
    ],
)
def test_phone_several_keep_the_first(cell: str, first: str, rest: tuple[str, ...]) -> None:
    parsed = parse_phone(cell)
    assert (parsed.value, code(parsed), parsed.rest) == (first, "phone_multiple", rest)


def test_phone_given_twice_is_one() -> None:
    assert parse_phone("0816 0000 2992 / 081600002992") == Parsed("+6281600002992")


def test_phone_beside_an_identity_number_drops_the_other() -> None:
    assert parse_phone("081600002992 / 3209000000001790") == Parsed("+6281600002992")


@pytest.mark.parametrize(
    "cell", ["8,12E+10", "6,28E+12", "8.52348e+010", 85700000000.0, "81234000000.0", 81234000000]
)
def test_phone_rounded_by_a_spreadsheet_is_not_kept(cell: object) -> None:
    parsed = parse_phone(cell)
    assert (parsed.value, code(parsed)) == (None, "phone_damaged")


@pytest.mark.parametrize(
    "cell",
    [
        "08123",
        "0812-00",
        "RO",
        "KAB. CIREBON",
        "tidak hafal",
        "+65 9123 4567",
        "8006747",
        "0",
        "RT 05 RW 03",
        "0812O456789x",
        "9120000714644",
        "02/03/2021",
    ],
)
def test_phone_incomplete_is_not_kept(cell: str) -> None:
    parsed = parse_phone(cell)
    assert (parsed.value, code(parsed)) == (None, "phone_invalid")


# E-mail and website


@pytest.mark.parametrize(
    ("cell", "email"),
    [
        (" Abah.Prasaja@Surel.Example ", "abah.prasaja@surel.example"),
        ("mailto:a@b.co.id", "a@b.co.id"),
        ("<a@b.id>.", "a@b.id"),
    ],
)
def test_email_is_kept_in_lower_case(cell: str, email: str) -> None:
    assert parse_email(cell) == Parsed(email)


def test_email_several_keep_the_first() -> None:
    assert parse_email("a@b.id / c@d.id") == Parsed("a@b.id", rest=("c@d.id",))


@pytest.mark.parametrize("cell", ["sadewa@", "sadewa", "a@b", "a b@c.id", "a@@b.id", "a..b@c.id"])
def test_email_incomplete_is_not_kept(cell: str) -> None:
    parsed = parse_email(cell)
    assert (parsed.value, code(parsed)) == (None, "email_invalid")


def test_email_with_a_space_in_it_proposes_the_joined_one() -> None:
    assert parse_email("budi@contoh. id").proposal == "budi@contoh.id"


@pytest.mark.parametrize(
    ("cell", "website"),
    [
        ("www.contoh.id", "https://www.contoh.id"),
        ("http://Contoh.ID/Batik", "http://contoh.id/Batik"),
        ("HTTPS://www.contoh.id ", "https://www.contoh.id"),
        ("contoh.id:8000/x", "https://contoh.id:8000/x"),
    ],
)
def test_website_has_a_scheme(cell: str, website: str) -> None:
    assert parse_website(cell) == Parsed(website)


@pytest.mark.parametrize(
    "cell",
    [
        "ftp://contoh.id",
        "javascript:alert(1)",
        "belum ada",
        "@batik",
        "https://",
        "https://a:b@c.id",
        "http://[::1",
        "contoh.id:99999",
    ],
)
def test_website_of_another_kind_is_refused(cell: str) -> None:
    assert code(parse_website(cell)) == "website_invalid"


# Coordinates

CIREBON = Coordinates(Decimal("-6.708333"), Decimal("108.555"))


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [
        (-6.708333, 108.555),
        ("-6,708333", "108,555"),
        ("-6.708333°", "108.555°"),
        ("6°42'30\" S", "108°33'18\" E"),
        ("6°42′30″ LS", "108° 33′ 18″ BT"),
        ("S 6° 42.5'", "E108°33.3'"),
        ("6.708333 S", "108.555 E"),
        ("-6.708333, 108.555", None),
        ("-6.708333,108.555", ""),
        ("-6,708333; 108,555", None),
        ("-6,708333 108,555", "-"),
        ("6.708333 LS / 108.555 BT", None),
        ("LS: 6.708333, BT: 108.555", None),
        ("Lat: -6.708333, Long: 108.555", None),
        ("Lintang -6.708333", "Bujur 108.555"),
        ("-6.708333147083456", "108.5550004128454"),
    ],
)
def test_coordinates_written_in_any_way_are_decimals(latitude: object, longitude: object) -> None:
    assert parse_coordinates(latitude, longitude) == Parsed(CIREBON)


def test_coordinates_swapped_are_mended_and_reported() -> None:
    parsed = parse_coordinates("108,555", -6.708333)
    assert (parsed.value, code(parsed)) == (CIREBON, "coordinates_swapped")


@pytest.mark.parametrize(
    ("latitude", "longitude", "message"),
    [
        (-6.20431, 106.84523, "coordinates_outside"),
        (0, 0, "coordinates_outside"),
        (-6.7, None, "coordinates_incomplete"),
        ("-", "108.5", "coordinates_incomplete"),
        ("ada", "108.5", "coordinates_unreadable"),
        ("6°75'", "108.5", "coordinates_unreadable"),
    ],
)
def test_coordinates_elsewhere_are_not_kept(
    latitude: object, longitude: object, message: str
) -> None:
    parsed = parse_coordinates(latitude, longitude)
    assert parsed.problem is not None
    assert (parsed.value, parsed.problem.code) == (None, "coordinates_outside")
    assert parsed.problem.message_code == message


def test_coordinates_without_their_minus_are_proposed() -> None:
    parsed = parse_coordinates("6.708333", "108.555")
    assert (parsed.value, parsed.proposal) == (None, "-6.708333, 108.555")


def test_coordinates_are_judged_by_the_given_box() -> None:
    jakarta = Box(Decimal("-6.4"), Decimal("-6.0"), Decimal("106.6"), Decimal("107.0"))
    assert parse_coordinates(-6.2, 106.8, box=jakarta).value is not None


@pytest.mark.parametrize(
    ("latitude", "longitude", "inside"),
    [
        ("-7.25", "107.75", True),
        ("-6.15", "108.9", True),
        ("-7.250001", "108", False),
        ("-6.149999", "108", False),
        ("-6.5", "108.900001", False),
        ("-6.5", "107.749999", False),
    ],
)
def test_coordinates_on_the_edge_are_inside(latitude: str, longitude: str, inside: bool) -> None:
    assert (parse_coordinates(latitude, longitude).value is not None) is inside


# Identity numbers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3209000000001790", True),
        ("NIK 3209 00 000000 1790", True),
        (3209000000001790.0, True),
        ("0010003371426000", False),
        ("ID32090000047960240", False),
        ("081234567890", False),
    ],
)
def test_identity_number_is_recognised(text: object, found: bool) -> None:
    assert holds_identity(text) is found


def test_identity_number_is_shown_masked() -> None:
    assert hide_identity("NIK 3209 00 000000 1790") == "NIK •••• •• •••••• ••••"
    assert hide_identity("NIB 9120000714644") == "NIB 9120000714644"


@given(
    identities,
    st.sampled_from(
        [
            "{}",
            "NIK {}",
            "'{}",
            "{} / 2024",
            "{}.0",
            "081234567890/{}",
            "{}@contoh.id",
            "https://contoh.id/{}",
            "SNI 01-{}-2015",
            "KH {}",
        ]
    ),
)
def test_identity_number_never_leaves_a_parser(identity: str, frame: str) -> None:
    for cell in (frame.format(identity), int(identity), float(identity)):
        for parse in PARSERS:
            seen = re.sub(r"\D", "", repr(parse(cell)).replace("+6281234567890", ""))
            assert identity not in seen
            assert identity[:15] not in seen


# Properties of all parsers


@given(cells)
def test_parser_never_raises(cell: object) -> None:
    for parse in PARSERS:
        assert isinstance(parse(cell), Parsed)
    decode_pirt(str(cell))


@given(cells, cells)
def test_coordinates_parser_never_raises(latitude: object, longitude: object) -> None:
    assert isinstance(parse_coordinates(latitude, longitude), Parsed)


@pytest.mark.parametrize(
    "cell",
    [
        Unprintable(),
        dt.date(2024, 1, 2),
        10**5000,
        Decimal("1E+999999"),
        Decimal("1E-999999"),
        Decimal("sNaN"),
        float("inf"),
        object(),
        True,
        "9" * 10_000,
        "1E999",
        "\x00",
        "\ud800",
    ],
    ids=lambda cell: type(cell).__name__,
)
def test_parser_never_raises_on_strange_cells(cell: object) -> None:
    for parse in PARSERS:
        assert isinstance(parse(cell), Parsed)


@given(cells)
def test_canonical_value_parsed_again_is_itself(cell: object) -> None:
    for parse in TEXT_PARSERS:
        value = parse(cell).value
        if value is not None:
            assert parse(value).value == value


@given(st.from_regex(r"[0-9]{13}", fullmatch=True), st.sampled_from(["", " ", ".", "-"]))
def test_nib_with_marks_is_read_back(nib: str, mark: str) -> None:
    parsed = parse_nib(mark.join((nib[:4], nib[4:8], nib[8:])))
    assert parsed.value == nib or code(parsed) == "nib_placeholder"


@given(st.from_regex(r"[0-9]{15}", fullmatch=True))
def test_npwp_printed_is_read_back(npwp: str) -> None:
    assert parse_npwp(format_npwp(npwp)).value == (npwp if len(set(npwp)) > 1 else None)


@given(st.from_regex(r"8[0-9]{8,11}", fullmatch=True).filter(lambda n: not n.endswith("000000")))
def test_phone_with_any_prefix_is_the_same_number(national: str) -> None:
    for prefix in ("0", "62", "+62 ", "+62-", "Hp. 0"):
        assert parse_phone(prefix + national).value == f"+62{national}"


@given(st.from_regex(r"[1-8][0-9]{14}", fullmatch=True))
def test_pirt_taken_apart_and_written_is_the_same(digits: str) -> None:
    pirt = decode_pirt(digits)
    assert pirt is not None
    assert pirt.number.replace("-", "") == digits


@given(
    st.decimals("-7.25", "-6.15", places=6, allow_nan=False),
    st.decimals("107.75", "108.9", places=6, allow_nan=False),
)
def test_coordinates_written_out_are_read_back(latitude: Decimal, longitude: Decimal) -> None:
    parsed = parse_coordinates(str(latitude), str(longitude))
    assert parsed.value == Coordinates(latitude, longitude)
    assert parse_coordinates(str(longitude), str(latitude)).value == parsed.value
    assert parse_coordinates(f"{latitude}, {longitude}").value == parsed.value
