"""The firm's one page for staff: what happened, quick actions, and the way back to the queue."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from registry.models import SiinasAccount
from registry.services import contact_log, firm_save, firms_merge, siinas_step
from tests.registry.factories import make_firm

pytestmark = pytest.mark.django_db
QUEUE = "antrean=terkendala&kecamatan=32.09.19"
CARRIED = "_tugas=antrean%3Dterkendala%26kecamatan%3D32.09.19"


def test_every_way_from_the_page_leads_back_to_the_queue(
    client: Any, people: dict[str, User]
) -> None:
    firm = make_firm(
        "Macet", nib="0220001234567", siinas={"state": "blocked", "blocker": "email_lost"}
    )
    client.force_login(people["cirebon_staff"])
    html = client.get(f"/kerja/usaha/{firm.pk}/?{QUEUE}").content.decode()
    account = SiinasAccount.objects.get()
    assert f"/kerja/tugas/?{QUEUE.replace('&', '&amp;')}" in html
    for address in (
        f"/kelola/registry/firm/{firm.pk}/change/?{CARRIED}",
        f"/kelola/registry/siinasaccount/{account.pk}/langkah/?{CARRIED}",
    ):
        assert f'href="{address}"' in html
        page = client.get(address).content.decode()
        assert QUEUE.replace("&", "&amp;") in page


def test_contacts_steps_and_changes_stand_in_one_line_of_time(
    client: Any, people: dict[str, User]
) -> None:
    by = people["cirebon_staff"]
    firm = make_firm("Riwayat", siinas={"state": "not_registered"})
    siinas_step(account=SiinasAccount.objects.get(), target="blocked", blocker="other", by=by)
    contact_log(firm=firm, channel="visit", outcome="agreed", note="Datang Kamis", by=by)
    firm.brand = "Baru"
    firm_save(firm, by=by, reason="kata pemilik")
    client.force_login(by)
    moments = client.get(f"/kerja/usaha/{firm.pk}/").context["moments"]
    told = {(entry.kind, entry.model_name) for moment in moments for entry in moment.entries}
    assert {("update", "firm"), ("insert", "contact"), ("update", "siinasaccount")} <= told
    assert [m.at for m in moments] == sorted((m.at for m in moments), reverse=True)
    assert "Datang Kamis" in client.get(f"/kerja/usaha/{firm.pk}/").content.decode()


def test_a_merge_stands_in_the_line_of_time(client: Any, people: dict[str, User]) -> None:
    by = people["cirebon_staff"]
    kept, gone = make_firm("Tetap"), make_firm("Ikut", owner="Siti")
    firms_merge(kept=kept, gone=gone, by=by, choices={}, reason="orang yang sama")
    client.force_login(by)
    moments = client.get(f"/kerja/usaha/{kept.pk}/").context["moments"]
    told = [(m.who, m.why, e.sentence) for m in moments for e in m.entries if not e.kind]
    assert [each[:2] for each in told] == [("cirebon_staff", "orang yang sama")]
    assert "Ikut" in told[0][2]
    client.force_login(people["official_all"])
    moments = client.get(f"/kerja/usaha/{kept.pk}/").context["moments"]
    assert all(entry.kind for moment in moments for entry in moment.entries)


def test_earlier_writes_are_shown_when_asked_for(client: Any, people: dict[str, User]) -> None:
    firm = make_firm("Panjang")
    for n in range(12):
        firm.brand = f"Merek {n}"
        firm_save(firm, by=people["cirebon_staff"], reason="uji")
    client.force_login(people["cirebon_staff"])
    short = client.get(f"/kerja/usaha/{firm.pk}/").context
    assert (len(short["moments"]), short["more_moments"]) == (8, 5)
    long = client.get(f"/kerja/usaha/{firm.pk}/?riwayat=semua").context
    assert (len(long["moments"]), long["more_moments"]) == (13, 0)


def test_officials_see_neither_the_log_nor_its_form(client: Any, people: dict[str, User]) -> None:
    firm = make_firm(phone="+6281200001234")
    client.force_login(people["official_all"])
    answer = client.get(f"/kerja/usaha/{firm.pk}/?antrean=nib")
    assert 'id="kontak"' not in answer.content.decode()
    assert answer.context["asked"] is None
    assert answer.context["written"] == []
