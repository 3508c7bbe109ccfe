"""Signing in and the second step: in our words, and without a hint about other people."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import time
from typing import Any

import pytest
from django.core.cache import cache

from accounts.models import User

pytestmark = pytest.mark.django_db
SIGN_IN = "/masuk/"
PASSWORD = "kata-sandi-uji"


@pytest.fixture(autouse=True)
def no_limits_from_other_tests() -> None:
    cache.clear()


def code_of(secret: str, at: float) -> str:
    """The six digits that an authenticator app shows (RFC 6238)."""
    counter = struct.pack(">Q", int(at // 30))
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06d}"


def try_to_sign_in(client: Any, email: str, password: str) -> str:
    answer = client.post(SIGN_IN, {"login": email, "password": password})
    assert answer.status_code == 200
    return re.sub(r"csrfmiddlewaretoken[^>]*>|value=\"[^\"]*\"", "", answer.content.decode())


def test_password_managers_and_pasting_are_welcome(client: Any) -> None:
    html = client.get(SIGN_IN).content.decode()
    assert 'autocomplete="username"' in html
    assert 'autocomplete="current-password"' in html
    assert "onpaste" not in html


def test_wrong_password_and_unknown_account_look_alike(
    client: Any, people: dict[str, User]
) -> None:
    known = try_to_sign_in(client, people["province"].email, "salah sekali")
    unknown = try_to_sign_in(client, "tidak-ada@contoh.id", "salah sekali")
    assert known == unknown
    assert "<title>Galat: " in known
    assert known.index("ringkas-galat") < known.index("<h1")


def test_empty_fields_are_named_and_linked(client: Any) -> None:
    html = try_to_sign_in(client, "", "")
    assert 'href="#id_login"' in html
    assert html.count('aria-invalid="true"') == 2
    assert 'aria-describedby="id_login-g"' in html


def test_after_five_failures_one_waits_and_is_told_how_long(
    client: Any, people: dict[str, User]
) -> None:
    for _attempt in range(6):
        html = try_to_sign_in(client, people["province"].email, "salah sekali")
    assert re.search(r"Tunggu \d+ menit", html)


def test_switched_off_account_is_told_so_only_after_the_right_password(
    client: Any, people: dict[str, User]
) -> None:
    wrong = try_to_sign_in(client, people["left"].email, "salah sekali")
    assert wrong == try_to_sign_in(client, "tidak-ada@contoh.id", "salah sekali")


def test_signing_in_returns_to_the_page_asked_for(client: Any, people: dict[str, User]) -> None:
    wanted = "/kerja/dasbor/?wilayah=kuningan"
    html = client.get(SIGN_IN, {"next": wanted}).content.decode()
    assert f'name="next" value="{wanted}"' in html
    form = {"login": people["official_all"].email, "password": PASSWORD, "next": wanted}
    assert client.post(SIGN_IN, form)["Location"] == wanted


def switch_on_second_step(client: Any, user: User) -> tuple[str, list[str]]:
    client.post(SIGN_IN, {"login": user.email, "password": PASSWORD})
    setup = client.get("/akun/2fa/aplikasi/nyalakan/")
    if setup.status_code == 302:
        client.post(setup["Location"], {"password": PASSWORD})
        setup = client.get("/akun/2fa/aplikasi/nyalakan/")
    html = setup.content.decode()
    assert "data:" not in html
    assert '<svg role="img"' in html
    secret = re.search(r'class="kunci">([A-Z2-7]+)<', html)
    assert secret
    wrong = client.post("/akun/2fa/aplikasi/nyalakan/", {"code": "000000"})
    assert "Cek jam ponsel Anda" in wrong.content.decode()
    secret = re.search(r'class="kunci">([A-Z2-7]+)<', wrong.content.decode())
    assert secret
    answer = client.post(
        "/akun/2fa/aplikasi/nyalakan/", {"code": code_of(secret.group(1), time.time())}, follow=True
    )
    codes = re.findall(r"<code>(\d{8})</code>", answer.content.decode())
    assert len(codes) == 10
    return secret.group(1), codes


def test_second_step_is_set_up_asked_for_and_has_backup_codes(
    client: Any, people: dict[str, User]
) -> None:
    user = people["cirebon_staff"]
    _secret, codes = switch_on_second_step(client, user)
    client.post("/keluar/")
    answer = client.post(SIGN_IN, {"login": user.email, "password": PASSWORD}, follow=True)
    html = answer.content.decode()
    assert 'autocomplete="one-time-code"' in html
    assert 'inputmode="numeric"' in html
    assert client.get("/kerja/dasbor/").status_code == 302
    wrong = client.post("/masuk/kode/", {"code": "12345678"}).content.decode()
    assert "Cek jam ponsel Anda" in wrong
    right = client.post("/masuk/kode/", {"code": codes[0]})
    assert right.status_code == 302
    assert client.get("/kerja/dasbor/").status_code == 200
    mine = client.get("/akun/2fa/").content.decode()
    assert "9 kode" in mine


@pytest.mark.parametrize(
    "address",
    [
        "/akun/2fa/kode-cadangan/buat/",
        "/akun/2fa/aplikasi/matikan/",
        "/akun/2fa/kode-cadangan/",
    ],
)
def test_pages_of_the_second_step_open(client: Any, people: dict[str, User], address: str) -> None:
    switch_on_second_step(client, people["cirebon_staff"])
    answer = client.get(address)
    if answer.status_code == 302:
        client.post(answer["Location"], {"password": PASSWORD})
        answer = client.get(address)
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "Etalase" in html or "Ruang Kerja" in html
    assert html.count("<h1") == 1
