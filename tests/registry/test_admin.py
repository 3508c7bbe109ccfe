"""The admin as an officer uses it: add, mend, close, search, step. Nothing typed is lost."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from registry.models import Consent, Firm, SiinasAccount
from registry.services import SYSTEM, siinas_open
from tests.registry.factories import CIGUGUR, TEGALWANGI, make_firm

pytestmark = pytest.mark.django_db
ADD = "/kelola/registry/firm/add/"
INLINES = (
    "activities", "certificates", "profiles", "sites", "partnerships", "facilitations", "owners",
    "consents", "tkdn_answers",
)  # fmt: skip


def typed(**fields: str) -> dict[str, str]:
    """What a browser sends for the firm form, its inlines empty unless given."""
    data = {"name": "Rotan Baru", "status": "active", "village": TEGALWANGI, "_continue": "1"}
    for prefix in INLINES:
        data |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    return data | fields


@pytest.fixture
def officer(client: Any, people: dict[str, User]) -> Any:
    client.force_login(people["cirebon_staff"])
    return client


def test_village_alone_says_where_the_firm_is(officer: Any) -> None:
    officer.post(ADD, typed(nib="0220.0012.34567", phone="0812-0000-1234"))
    firm = Firm.objects.get()
    assert (firm.regency_id, firm.district_id) == ("32.09", "32.09.19")
    assert (firm.nib, firm.phone) == ("0220001234567", "+6281200001234")
    assert firm.sites.get().is_main


def test_wrong_nib_gets_a_sentence_and_keeps_what_was_typed(officer: Any) -> None:
    html = officer.post(ADD, typed(nib="9120304", brand="Merek Saya")).content.decode()
    assert "NIB harus 13 angka" in html
    assert 'value="Merek Saya"' in html
    assert 'value="9120304"' in html
    assert not Firm.objects.exists()


def test_identity_number_as_npwp_is_not_kept(officer: Any) -> None:
    html = officer.post(ADD, typed(npwp="3209010101990001")).content.decode()
    assert "NIK" in html
    assert not Firm.objects.exists()


def test_village_of_another_region_is_refused_and_what_was_typed_stays(officer: Any) -> None:
    answer = officer.post(ADD, typed(village=CIGUGUR, brand="Merek Saya"))
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "di luar wilayah" in html
    assert 'value="Merek Saya"' in html
    assert not Firm.objects.exists()


def test_what_only_the_save_finds_out_shows_in_the_form(
    officer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_firm("Lebih Dulu", nib="0220001234567")
    monkeypatch.setattr("registry.forms.nib_taken_message", lambda *rest: None)
    monkeypatch.setattr("registry.models.Firm.validate_unique", lambda *a, **k: None)
    html = officer.post(ADD, typed(nib="0220001234567", brand="Merek Saya")).content.decode()
    assert "Lebih Dulu" in html
    assert 'value="Merek Saya"' in html
    assert Firm.objects.count() == 1


@pytest.mark.parametrize(
    ("latitude", "longitude", "kept"),
    [("-6.71", "108.48", True), ("108.48", "-6.71", True), ("52.1", "4.3", False)],
)
def test_point_lies_inside_the_area(
    officer: Any, latitude: str, longitude: str, kept: bool
) -> None:
    officer.post(ADD, typed(latitude=latitude, longitude=longitude))
    points = list(Firm.objects.values_list("latitude", "longitude"))
    assert [tuple(map(float, point)) for point in points] == ([(-6.71, 108.48)] if kept else [])


def test_size_classes_stand_side_by_side_with_what_is_missing(officer: Any) -> None:
    firm = make_firm(profile={"workers_total": 7, "business_capital": 2_000_000_000})
    html = officer.get(f"/kelola/registry/firm/{firm.pk}/change/").content.decode()
    assert "PP 7/2021 Pasal 35 ayat (3): Kecil<br>" in html
    assert "BPS: jumlah tenaga kerja: Kecil" in html
    assert "Permenperin 64/M-IND/PER/7/2016: belum dapat ditentukan, kurang: investasi" in html


def test_consent_takes_the_words_in_force_and_who_recorded_it(
    officer: Any, people: dict[str, User]
) -> None:
    consent = {
        "consents-TOTAL_FORMS": "1",
        "consents-0-purpose": "catalogue",
        "consents-0-given_on": "2026-11-20",
        "consents-0-channel": "paper",
    }
    officer.post(ADD, typed(**consent))
    kept = Consent.objects.get()
    assert (kept.text.version, kept.recorded_by) == (1, people["cirebon_staff"])
    assert Firm.objects.public().get() == kept.firm


def test_reason_stands_in_the_history(officer: Any) -> None:
    officer.post(ADD, typed(change_reason="Formulir 12 November"))
    event = Firm.objects.get().events.get()
    assert event.pgh_context.metadata["reason"] == "Formulir 12 November"


def test_list_searches_inside_the_scope(officer: Any) -> None:
    make_firm("Rotan Dekat", owner="Siti Uji")
    make_firm("Rotan Jauh", village=CIGUGUR)
    for question in ("rotan", "siti"):
        html = officer.get(f"/kelola/registry/firm/?q={question}").content.decode()
        assert ("Rotan Dekat" in html, "Rotan Jauh" in html) == (True, False)


def test_closing_asks_why_and_keeps_the_firm(officer: Any) -> None:
    firm = make_firm(consents=("catalogue",))
    address = f"/kelola/registry/firm/{firm.pk}/tutup/"
    officer.post(address, {"reason": "", "on": "2026-11-24"})
    assert Firm.objects.public().exists()
    officer.post(address, {"reason": "pemilik pensiun", "on": "2026-11-24"})
    firm.refresh_from_db()
    assert (firm.status, firm.closed_reason) == ("closed", "pemilik pensiun")
    assert not Firm.objects.public().exists()


def test_there_is_no_way_to_delete_a_firm(officer: Any) -> None:
    firm = make_firm()
    assert (
        officer.post(f"/kelola/registry/firm/{firm.pk}/delete/", {"post": "yes"}).status_code == 403
    )
    assert Firm.objects.filter(pk=firm.pk).exists()


def test_siinas_state_is_read_only_but_for_its_steps(officer: Any) -> None:
    account = siinas_open(site=make_firm().sites.get(), by=SYSTEM)
    address = f"/kelola/registry/siinasaccount/{account.pk}/"
    assert officer.post(f"{address}change/", {"state": "complete"}).status_code == 403
    html = officer.post(f"{address}langkah/", {"target": "blocked", "on": "2026-11-24"}).content
    assert "Langkah ini masih memerlukan" in html.decode()
    officer.post(f"{address}langkah/", {"target": "submitted", "on": "2026-11-24"})
    assert SiinasAccount.objects.get().state == "submitted"


def test_every_page_of_the_admin_opens(client: Any, people: dict[str, User]) -> None:
    from django.contrib import admin

    make_firm(siinas={"state": "issued"}, owner="Siti", profile={"workers_total": 3})
    client.force_login(people["province"])
    for model in admin.site._registry:
        name = f"/kelola/{model._meta.app_label}/{model._meta.model_name}/"
        answer = client.get(name)
        assert answer.status_code in {200, 403}, name
        row = model._default_manager.first()
        if answer.status_code == 200 and row is not None:
            assert client.get(f"{name}{row.pk}/change/").status_code == 200, name


def test_admin_list_has_a_query_budget(officer: Any, django_assert_max_num_queries: Any) -> None:
    for n in range(20):
        make_firm(f"Rotan {n}")
    with django_assert_max_num_queries(14):
        officer.get("/kelola/registry/firm/")


def test_private_file_goes_only_to_who_may_see_its_row(
    client: Any, people: dict[str, User]
) -> None:
    from django.core.files.base import ContentFile

    from registry.models import Certificate

    certificate = Certificate(firm=make_firm(), kind="halal")
    certificate.file.save("scan.pdf", ContentFile(b"%PDF-1.4"), save=True)
    address = certificate.file.url
    assert client.get(address).status_code == 302
    client.force_login(people["kuningan_staff"])
    assert client.get(address).status_code == 404
    client.force_login(people["cirebon_staff"])
    assert client.get(address).status_code == 200
    assert client.get("/kerja/berkas/../manage.py").status_code == 404
    certificate.file.delete(save=False)


def test_an_unusual_certificate_number_is_kept_and_told_of(officer: Any) -> None:
    answer = officer.post(
        ADD,
        typed(
            **{
                "certificates-TOTAL_FORMS": "1",
                "certificates-0-kind": "pirt",
                "certificates-0-number": "sedang diurus",
                "certificates-0-status": "issued",
            }
        ),
        follow=True,
    )
    assert Firm.objects.get().certificates.get().number == "sedang diurus"
    assert "bukan nomor P-IRT 15 angka" in answer.content.decode()


def test_a_halal_decree_is_refused_at_its_field_and_nothing_is_lost(officer: Any) -> None:
    html = officer.post(
        ADD,
        typed(
            brand="Merek Saya",
            **{
                "certificates-TOTAL_FORMS": "1",
                "certificates-0-kind": "halal",
                "certificates-0-number": "KH 00120",
                "certificates-0-status": "issued",
            },
        ),
    ).content.decode()
    assert not Firm.objects.exists()
    assert html.count("KH 00120") >= 2  # in the field, and in the sentence
    assert 'value="Merek Saya"' in html
