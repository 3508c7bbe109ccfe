"""History reads as sentences, hides what may not be seen, and any state can be brought back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from registry.history import compared, event_of, history_of
from registry.models import Centre, Certificate, Commodity, Firm, Owner, SiinasAccount
from registry.models.certificates import CertificateKind
from registry.services import (
    SYSTEM,
    NotAllowed,
    firm_save,
    remove_row,
    row_restore,
    save_row,
    siinas_step,
)
from tests.registry.factories import CIGUGUR, make_firm

pytestmark = pytest.mark.django_db


def sentences(row: Any, user: Any) -> list[str]:
    return [
        f"{moment.who}: {entry.sentence} | " + "; ".join(c.sentence for c in entry.changes)
        for moment in history_of(row, user)
        for entry in moment.entries
        if entry.kind != "insert"
    ]


def changed(firm: Firm, by: Any, **values: Any) -> Firm:
    for name, value in values.items():
        setattr(firm, name, value)
    return firm_save(firm, by=by, reason="salah ketik")


def test_change_reads_as_a_sentence_with_old_and_new_value(people: dict[str, Any]) -> None:
    officer = people["cirebon_staff"]
    firm = make_firm("Rotan Uji")
    changed(firm, officer, phone="+6281200001234", start_year=1998)
    latest = history_of(firm, officer)[0]
    assert (latest.who, latest.why) == ("cirebon_staff", "salah ketik")
    assert sentences(firm, officer)[0] == (
        "cirebon_staff: mengubah usaha Rotan Uji | telepon: dari belum diisi menjadi "
        "+6281200001234; tahun berdiri: dari belum diisi menjadi 1998"
    )


def test_choices_places_and_dates_read_in_words(people: dict[str, Any]) -> None:
    officer = people["province"]
    firm = make_firm("Pindah")
    changed(
        firm,
        officer,
        status="inactive",
        regency_id="32.08",
        district_id="32.08.18",
        village_id=CIGUGUR,
        confirmed_on="2026-10-03",
    )
    told = " ".join(sentences(firm, officer))
    assert "status: dari Aktif menjadi Tidak bekerja" in told or "status: dari Aktif" in told
    assert "desa/kelurahan: dari Tegalwangi, Weru, Kab. Cirebon menjadi Cigugur" in told
    assert "menjadi 3 Okt 2026" in told


def test_parts_of_a_firm_stand_in_its_history_also_when_taken_away(
    people: dict[str, Any],
) -> None:
    officer = people["cirebon_staff"]
    firm = make_firm("Berbagian", siinas={"state": "not_registered"})
    paper = Certificate(firm=firm, kind=CertificateKind.HALAL, number="ID3211000", open_ended=True)
    save_row(paper, by=officer, reason="surat dilihat")
    remove_row(paper, by=officer, reason="milik usaha lain")
    siinas_step(
        account=SiinasAccount.objects.get(),
        target="submitted",
        by=officer,
        registered_on=dt.date(2026, 1, 2),
    )
    kinds = [
        (entry.kind, entry.model.__name__)
        for moment in history_of(firm, officer)
        for entry in moment.entries
    ]
    assert ("delete", "Certificate") in kinds
    assert ("insert", "Certificate") in kinds
    assert ("update", "SiinasAccount") in kinds


def test_one_save_of_several_rows_is_one_moment(people: dict[str, Any]) -> None:
    firm = make_firm("Satu Saat", owner="Bu Rahasia", profile={"workers_total": 3})
    assert len(history_of(firm, people["province"])) == 1


def test_owners_stay_hidden_from_those_who_may_not_see_them(people: dict[str, Any]) -> None:
    firm = make_firm("Punya Pemilik", owner="Bu Rahasia")

    def told(who: str) -> str:
        return repr(history_of(firm, people[who]))

    assert "Bu Rahasia" in told("cirebon_staff")
    assert "Bu Rahasia" not in told("official_all")


def test_queries_do_not_grow_with_the_history(
    people: dict[str, Any], django_assert_max_num_queries: Any
) -> None:
    firm = make_firm("Panjang")
    for year in range(1990, 2020):
        changed(firm, people["province"], start_year=year)
    with django_assert_max_num_queries(23):
        assert len(history_of(firm, people["province"])) == 31


def test_earlier_state_is_compared_and_brought_back(people: dict[str, Any]) -> None:
    officer = people["cirebon_staff"]
    firm = make_firm("Rotan Lama", phone="+6281200001234")
    first = history_of(firm, officer)[0].entries[0]
    changed(firm, officer, name="Rotan Baru", phone="")
    model, event = event_of(firm, first.key, officer) or (None, None)
    assert model is Firm
    differences = {c.label: (c.new, c.old) for c in compared(Firm, event)}
    assert differences["nama usaha"] == ("Rotan Lama", "Rotan Baru")
    row_restore(model=Firm, event=event, by=officer, reason="keliru")
    firm.refresh_from_db()
    assert (firm.name, firm.phone) == ("Rotan Lama", "+6281200001234")
    assert compared(Firm, event) == []
    assert history_of(firm, officer)[0].why == "keliru"


def test_part_that_was_taken_away_comes_back_as_the_same_row(people: dict[str, Any]) -> None:
    officer = people["cirebon_staff"]
    firm = make_firm("Pemilik Kembali", owner="Bu Sri")
    owner = Owner.objects.get()
    remove_row(owner, by=officer, reason="keliru")
    gone = next(
        entry
        for moment in history_of(firm, officer)
        for entry in moment.entries
        if entry.kind == "delete"
    )
    model, event = event_of(firm, gone.key, officer) or (None, None)
    assert model is Owner
    row_restore(model=Owner, event=event, by=officer)
    assert (Owner.objects.get().name, Owner.objects.get().pk) == ("Bu Sri", event.pgh_obj_id)


def test_state_whose_nib_is_taken_meanwhile_is_refused(people: dict[str, Any]) -> None:
    officer = people["cirebon_staff"]
    firm = make_firm("Dulu", nib="0220001234567")
    key = history_of(firm, officer)[0].entries[0].key
    changed(firm, officer, nib=None)
    make_firm("Sekarang", nib="0220001234567")
    model, event = event_of(firm, key, officer) or (None, None)
    assert model is Firm
    with pytest.raises(ValidationError, match="0220001234567"):
        row_restore(model=Firm, event=event, by=officer)
    firm.refresh_from_db()
    assert firm.nib is None


def test_only_who_may_change_brings_back(people: dict[str, Any]) -> None:
    firm = make_firm("Milik Cirebon")
    _model, event = event_of(
        firm, history_of(firm, people["province"])[0].entries[0].key, people["province"]
    ) or (None, None)
    for name in ("kuningan_staff", "official_all", "left"):
        with pytest.raises(NotAllowed):
            row_restore(model=Firm, event=event, by=people[name])


def test_account_and_consent_are_never_set_back(people: dict[str, Any]) -> None:
    firm = make_firm("Akun", siinas={"state": "issued"}, consents=("catalogue",))
    for name in ("siinasaccount", "consent"):
        entry = next(
            e
            for moment in history_of(firm, people["province"])
            for e in moment.entries
            if e.model_name == name
        )
        model, event = event_of(firm, entry.key, people["province"]) or (Firm, None)
        with pytest.raises(ValidationError):
            row_restore(model=model, event=event, by=SYSTEM)


def test_pages_of_the_history_work_in_the_admin(client: Any, people: dict[str, Any]) -> None:
    firm = make_firm("Di Admin", phone="+6281200001234")
    changed(firm, people["cirebon_staff"], phone="")
    history = reverse("admin:registry_firm_history", args=[firm.pk])
    client.force_login(people["cirebon_staff"])
    html = client.get(history).content.decode()
    assert "telepon: dari +6281200001234 menjadi belum diisi" in html
    oldest = history_of(firm, people["province"])[-1].entries[0]
    state = reverse("admin:registry_firm_state", args=[firm.pk, oldest.key])
    assert "+6281200001234" in client.get(state).content.decode()
    assert client.post(state, {"reason": ""}).status_code == 200
    assert client.post(state, {"reason": "salah"}).status_code == 302
    firm.refresh_from_db()
    assert firm.phone == "+6281200001234"


@pytest.mark.parametrize(
    ("who", "status"),
    [("kuningan_staff", 404), ("official_all", 302), ("left", 302)],
)
def test_history_of_another_region_does_not_exist(
    client: Any, people: dict[str, Any], who: str, status: int
) -> None:
    firm = make_firm("Bukan Urusan")
    key = history_of(firm, people["province"])[0].entries[0].key
    client.force_login(people[who])
    for name, args in (("history", [firm.pk]), ("state", [firm.pk, key])):
        answer = client.get(reverse(f"admin:registry_firm_{name}", args=args))
        assert answer.status_code in {status, 403}


def test_event_of_another_firm_is_not_found_here(client: Any, people: dict[str, Any]) -> None:
    firm, other = make_firm("Satu"), make_firm("Dua")
    key = history_of(other, people["province"])[0].entries[0].key
    client.force_login(people["province"])
    for wrong in (key, "firm-0", "user-1", "firm-x", "x"):
        address = reverse("admin:registry_firm_state", args=[firm.pk, wrong])
        assert client.get(address).status_code == 404


def test_centre_of_a_site_stands_in_the_history_of_its_firm(people: dict[str, Any]) -> None:
    officer = people["cirebon_staff"]
    firm = make_firm("Di Sentra")
    site = firm.sites.get()
    site.centre = Centre.objects.create(
        name="Sentra Uji",
        slug="sentra-uji",
        commodity=Commodity.objects.first(),
        regency_id=firm.regency_id,
        district_id=firm.district_id,
        village_id=firm.village_id,
    )
    save_row(site, by=officer, reason="kunjungan")
    assert "sentra industri: dari belum diisi menjadi Sentra Uji" in sentences(firm, officer)[0]
