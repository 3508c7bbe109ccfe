"""The pure rules of inquiries: working days, signs of advertising, stamps of forms."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promotions.inquiries import stamps
from promotions.inquiries.suspicion import content_hash, suspicions
from promotions.inquiries.workdays import after, answer_due, holidays, is_working


@pytest.mark.parametrize(
    ("sent", "due"),
    [
        ("2026-11-23", "2026-11-26"),  # Monday
        ("2026-11-26", "2026-12-01"),  # Thursday, over a weekend
        ("2026-11-28", "2026-12-02"),  # Saturday
        ("2026-12-22", "2026-12-29"),  # Christmas and the leave before it
        ("2026-03-17", "2026-03-27"),  # Nyepi and Idul Fitri
        ("2026-12-31", "2027-01-07"),  # New Year, Isra Mikraj
    ],
)
def test_answer_is_due_after_three_working_days(sent: str, due: str) -> None:
    assert answer_due(dt.date.fromisoformat(sent)) == dt.date.fromisoformat(due)


@given(st.dates(dt.date(2020, 1, 1), dt.date(2040, 1, 1)), st.integers(1, 20))
def test_working_days_lie_between(day: dt.date, count: int) -> None:
    shut = holidays()
    found = after(day, count, shut)
    between = [day + dt.timedelta(days=n) for n in range(1, (found - day).days + 1)]
    assert is_working(found, shut)
    assert sum(is_working(each, shut) for each in between) == count


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("Berapa harga 120 kursi rotan ke Bandung?", []),
        ("Please send a quotation, FOB Tanjung Priok.", []),
        ("Balas ke budi@toko-mebel.co.id atau budi@contoh.com, terima kasih.", []),
        ("Ukuran 40x60 cm.Kirim ke Jl. Siliwangi no. 5", []),
        ("Lihat https://contoh.example/promo", ["link"]),
        ("Kunjungi www.contoh-toko.com sekarang", ["link"]),
        ("visit best-deal.xyz now", ["link"]),
        ("<a href=x>klik</a>", ["link"]),
        ("Ｗｗｗ．contoh．com", ["link"]),
        ("ht\u200btps://contoh.example", ["link"]),
        ("Pinjaman tanpa agunan, dana cepat cair", ["words"]),
        ("We offer SEO and backlinks", ["words"]),
        ("Slot gacor di http://x.example", ["link", "words"]),
    ],
)
def test_what_looks_like_advertising(text: str, signs: list[str]) -> None:
    assert suspicions(text) == signs


def test_same_words_are_known_whatever_their_form() -> None:
    assert content_hash("Halo,  apa KABAR?") == content_hash("halo apa kabar")
    assert content_hash("halo apa kabar") != content_hash("halo apa")


def test_stamp_that_was_made_up_or_is_too_old_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    text = stamps.new_stamp()
    stamp = stamps.read_stamp(text)
    assert stamp is not None
    assert stamp.too_fast
    assert stamps.read_stamp("") is None
    assert stamps.read_stamp(text[:-1] + ("A" if text[-1] != "A" else "B")) is None
    monkeypatch.setattr(stamps, "MOST_AGE", dt.timedelta(seconds=-1))
    assert stamps.read_stamp(text) is None
