"""What holds the product together: settings, headers, health, logs, texts of the screen."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings

from ciayumajakuning import messages
from ciayumajakuning.requests import RequestIdFilter


def start(**environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=settings.BASE_DIR,
        env={
            "PATH": os.environ["PATH"],
            "VAR_DIR": os.environ.get("VAR_DIR", "var"),
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"])
def test_production_without_a_setting_stops_with_a_sentence(missing: str) -> None:
    complete = {"SECRET_KEY": "x" * 60, "ALLOWED_HOSTS": "a.id", "DATABASE_URL": "postgresql:///x"}
    complete.pop(missing)
    answer = start(**complete)
    assert answer.returncode != 0
    assert f"{missing} belum diisi" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_mode_nobody_knows_stops_with_a_sentence() -> None:
    answer = start(APP_MODE="coba")
    assert answer.returncode != 0
    assert "coba" in answer.stderr


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/katalog/usaha/", "/masuk/", "/tidak-ada/"])
def test_policy_of_content_is_strict(client: Any, address: str) -> None:
    policy = client.get(address)["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/katalog/usaha/", "/masuk/", "/tidak-ada/"])
def test_pages_have_no_inline_style_or_script(client: Any, address: str) -> None:
    html = client.get(address).content.decode()
    assert "style=" not in html
    assert "<script" not in html
    assert "onclick" not in html


@pytest.mark.django_db
def test_strip_warns_while_there_are_invented_firms(client: Any) -> None:
    from django.core.cache import cache

    from ciayumajakuning.context import SAMPLE_KEY
    from registry.models import Firm

    cache.delete(SAMPLE_KEY)
    assert "Data contoh" not in client.get("/").content.decode()
    Firm.objects.bulk_create([Firm(name="Contoh", regency_id="32.09", is_sample=True)])
    cache.delete(SAMPLE_KEY)
    for address in ("/", "/katalog/usaha/", "/masuk/", "/tidak-ada/"):
        assert "Data contoh" in client.get(address).content.decode(), address
    cache.delete(SAMPLE_KEY)


def test_process_that_lives_says_so(client: Any) -> None:
    assert client.get("/health/live").json() == {"status": "ok"}


@pytest.mark.django_db
def test_readiness_names_what_is_missing(client: Any) -> None:
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["database"] == "ok"
    assert answer.json()["migrations"] == "ok"
    assert answer.json()["worker"] != "ok"


def test_answer_carries_the_request_id_of_the_proxy(client: Any) -> None:
    answer = client.get("/health/live", headers={"X-Request-ID": "abc12345-xyz"})
    assert answer["X-Request-ID"] == "abc12345-xyz"
    forged = client.get("/health/live", headers={"X-Request-ID": "a b\nc"})
    assert forged["X-Request-ID"] != "a b\nc"


def test_log_line_is_json_with_a_request_id() -> None:
    from pythonjsonlogger.json import JsonFormatter

    record = logging.LogRecord("x", logging.INFO, "", 0, "halo", (), None)
    RequestIdFilter().filter(record)
    line = JsonFormatter(settings.LOGGING["formatters"]["json"]["format"]).format(record)
    assert json.loads(line)["message"] == "halo"
    assert "request_id" in json.loads(line)


def test_every_text_has_its_indonesian_version() -> None:
    assert messages.problems() == []


@pytest.mark.django_db
def test_wrong_password_does_not_tell_whether_the_account_exists(
    client: Any, people: dict[str, Any]
) -> None:
    answers = [
        client.post("/masuk/", {"login": mail, "password": "salah-salah"}).content.decode()
        for mail in ("province@contoh.id", "tidak-ada@contoh.id")
    ]
    sentences = [html.split('role="alert"')[1].split("</div>")[0] for html in answers]
    assert sentences[0] == sentences[1]


@pytest.mark.django_db
def test_right_password_opens_the_workroom(client: Any, people: dict[str, Any]) -> None:
    answer = client.post("/masuk/", {"login": "province@contoh.id", "password": "kata-sandi-uji"})
    assert (answer.status_code, answer["Location"]) == (302, "/kerja/dasbor/")


@pytest.mark.django_db
def test_nobody_signs_up(client: Any) -> None:
    assert client.get("/akun/daftar/").status_code == 404
    assert client.get("/accounts/signup/").status_code == 404
