"""No note keeps a password; notes that only speak of one are kept."""

from __future__ import annotations

import datetime as dt
import string
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from registry.forms import SiinasStepForm
from registry.forms_desk import ContactForm
from registry.forms_reports import ReportForm
from registry.models import Contact, SiinasAccount
from registry.passwords import tells_a_password
from registry.services import SYSTEM, contact_log, report_record, siinas_open, siinas_step
from tests.registry.factories import make_firm
from tests.registry.test_reporting import COMPLETE, make_period

HOLDS = [
    "password: rotan123",
    "Kata sandi siinas = Rotan#1",
    "pw:abc",
    "Sandi rotan123",
    "pw nya rotan123",
    "pw-nya: rotan",
    "passwordnya Rotan2024",
    "kata sandi akun SIINas adalah batik77",
    "kata sandi diganti rotan123",
    "user budi, pass: rotan",
    "lupa kata sandi; yang baru: sandi Trusmi@1",
    "kata sandi 123456",
    "SANDI (Rotan99)",
    "katasandi=rahasia",
    "kata sandi -> rotan1",
]
FINE = [
    "",
    "lupa kata sandi",
    "kata sandi sudah diganti",
    "kata sandi sudah diganti 24/11/2026",
    "kata sandi diganti 24/11/2026",
    "password terlupa",
    "lupa password, sudah ke helpdesk",
    "kata sandi diganti oleh pemilik",
    "kata sandi: sudah diganti",
    "password: lupa",
    "salah password 3 kali",
    "password 8 karakter, minta diganti",
    "password 3x salah, akun terkunci 30 menit",
    "reset kata sandi ke budi.rotan@gmail.com",
    "Pak Sandi 0812-3456-7890",
    "Bu Sandi RT05 Tegalwangi",
    "reset sandi, tiket SIINAS-881",
    "nomor WA 081234567890, NIB 0220001234567",
    "rotan123",
    "Kompas 2024, passport tidak ada",
    "persandian 2024",
    "sandi tahun 2025 dibuat ulang",
]


@pytest.mark.parametrize("note", HOLDS)
def test_a_password_is_noticed(note: str) -> None:
    assert tells_a_password(note)


@pytest.mark.parametrize("note", FINE)
def test_what_only_speaks_of_a_password_is_not_one(note: str) -> None:
    assert not tells_a_password(note)


WORDS = st.sampled_from(["password", "kata sandi", "Sandi", "pw", "PWD", "passwordnya", "pass"])
LINKS = st.sampled_from([" ", ": ", "=", " nya ", " siinas ", " akun adalah ", " baru: ", " - "])
SECRETS = st.builds(
    lambda a, b, c: f"{a}{b}{c}",
    st.text(string.ascii_letters, min_size=3, max_size=8),
    st.integers(10, 9999),
    st.text(string.ascii_letters, max_size=4),
)
PLAIN = (
    "lupa kata sandi password sudah diganti oleh pemilik akun siinas surel minta helpdesk belum "
    "terlupa salah besok kembali kantor usaha"
)
HARMLESS = st.lists(st.sampled_from(PLAIN.split()), max_size=12)


@given(HARMLESS, WORDS, LINKS, SECRETS, HARMLESS)
def test_any_word_with_digits_after_a_word_for_password(
    before: list[str], word: str, link: str, secret: str, after: list[str]
) -> None:
    assert tells_a_password(" ".join([*before, f"{word}{link}{secret}", *after]))


@given(HARMLESS)
def test_plain_words_are_never_one(words: list[str]) -> None:
    assert not tells_a_password(" ".join(words))


SECRET = "pw nya rotan123"


@pytest.mark.django_db
class TestNoRoadKeepsOne:
    """The same rule at every field in which somebody might write one."""

    @pytest.mark.parametrize("name", ["note", "ticket"])
    def test_step_of_an_account(self, name: str) -> None:
        account = siinas_open(site=make_firm().sites.get(), by=SYSTEM)
        told = {"target": "blocked", "blocker": "other", name: SECRET}
        with pytest.raises(ValidationError, match=r"password.*sandi"):
            siinas_step(account=account, by=SYSTEM, **told)
        form = SiinasStepForm(account, {**told, "on": "24/11/2026"})
        assert name in form.errors

    def test_contact(self) -> None:
        told: dict[str, Any] = {"channel": "phone", "outcome": "agreed", "note": SECRET}
        with pytest.raises(ValidationError, match=r"password.*sandi"):
            contact_log(firm=make_firm(), by=SYSTEM, **told)
        assert not Contact.objects.exists()
        assert "note" in ContactForm({**told, "on": "24/11/2026"}).errors

    def test_report(self) -> None:
        firm, period = make_firm(siinas=COMPLETE), make_period()
        account = SiinasAccount.objects.get(site__firm=firm)
        with pytest.raises(ValidationError, match=r"password.*sandi"):
            report_record(
                account=account,
                period=period,
                state="returned",
                by=SYSTEM,
                on=dt.date(2026, 11, 2),
                note=SECRET,
            )
        assert (
            "note" in ReportForm({"state": "submitted", "on": "2026-11-02", "note": SECRET}).errors
        )

    def test_notes_of_a_firm(self, client: Any, people: dict[str, User]) -> None:
        client.force_login(people["province"])
        page = client.post("/kelola/registry/firm/add/", {"name": "Uji", "notes": SECRET})
        assert "notes" in page.context["adminform"].form.errors
