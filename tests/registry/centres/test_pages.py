"""Pages under /kerja/sentra/: who may open which, what they show, and what a form does."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from registry.models import Centre, CentreFigure, CentreRefusal, VillageHouseholds
from registry.services import SYSTEM, centre_members_refuse, centre_step
from tests.registry.factories import TEGALWANGI, make_firm

pytestmark = pytest.mark.django_db
LIST = "/en/kerja/sentra/"
READ = ("", "usaha/")
WRITE = ("langkah/?ke=designated", "angka/", "rumah-tangga/", "usulan/")
# Of each person: the answer to pages that only show a centre of Kab. Cirebon, and to its forms.
ANSWERS = {
    "province": (200, 200),
    "cirebon_staff": (200, 200),
    "kuningan_staff": (404, 404),
    "official_all": (200, 403),
    "official_kuningan": (404, 404),
}
DECREE = {
    "criterion": "decree",
    "decree_number": "500/12",
    "decree_date": "2026-02-03",
}


def at(centre: Centre, page: str = "") -> str:
    return f"{LIST}{centre.pk}/{page}"


@pytest.mark.parametrize("who", sorted(ANSWERS))
def test_page_answers_by_role_and_region(
    client: Any, people: dict[str, User], centre: Centre, who: str
) -> None:
    client.force_login(people[who])
    reading, writing = ANSWERS[who]
    for page in READ:
        assert client.get(at(centre, page)).status_code == reading, page
    for page in WRITE:
        assert client.get(at(centre, page)).status_code == writing, page
        assert client.post(at(centre, page)).status_code in (writing, 302), page
    expected = 302 if writing == 200 else writing
    assert client.post(at(centre, "usulan/ditolak/")).status_code == expected
    assert client.post(at(centre, "usaha/")).status_code == expected
    assert client.get(LIST).status_code == 200
    may_propose = who in ("province", "cirebon_staff", "kuningan_staff")
    assert client.get(f"{LIST}usul/").status_code == (200 if may_propose else 403)
    centre.refresh_from_db()
    assert centre.status == "recorded"


def test_stranger_is_sent_to_the_sign_in(client: Any, people: dict[str, User]) -> None:
    centre = Centre.objects.get(slug="rotan-tegalwangi")
    for address in (LIST, f"{LIST}usul/", *(at(centre, page) for page in (*READ, *WRITE))):
        assert "/masuk/" in client.get(address)["Location"]
    client.force_login(people["left"])
    assert "/masuk/" in client.get(LIST)["Location"]


def test_official_sees_no_way_to_change_anything(
    client: Any, people: dict[str, User], centre: Centre, firms: dict[str, Any]
) -> None:
    client.force_login(people["official_all"])
    for page in READ:
        html = client.get(at(centre, page)).content.decode()
        assert "langkah/" not in html
        assert "usulan/" not in html
        assert "<form" not in html.partition("<main")[2]
        assert "/kelola/" not in html


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 37),
        ("?wilayah=kuningan", 8),
        ("?wilayah=kab-cirebon&komoditas=rotan-bambu", 6),
        ("?status=designated", 0),
        ("?status=recorded&wilayah=indramayu", 5),
    ],
)
def test_list_is_narrowed_by_its_address(
    client: Any, people: dict[str, User], query: str, count: int
) -> None:
    client.force_login(people["province"])
    answer = client.get(f"{LIST}{query}")
    assert answer.context["page"].total == count
    assert len(answer.context["rows"]) == min(count, 25)


def test_unknown_filter_is_told_and_left_out(client: Any, people: dict[str, User]) -> None:
    client.force_login(people["cirebon_staff"])
    answer = client.get(f"{LIST}?wilayah=kuningan&status=x")
    assert answer.context["page"].total == 17
    assert "left out: kuningan, x" in answer.content.decode()


def test_pages_have_a_query_budget(
    client: Any,
    people: dict[str, User],
    centre: Centre,
    firms: dict[str, Any],
    django_assert_max_num_queries: Any,
) -> None:
    client.force_login(people["cirebon_staff"])
    for number in range(12):
        site = make_firm(f"Rotan {number}", profile={"workers_total": 3}).sites.get()
        site.centre = centre if number % 2 else None
        site.save()
    for page, most in (("", 32), ("usaha/", 12), ("usulan/", 14)):
        with django_assert_max_num_queries(most):
            assert client.get(at(centre, page)).status_code == 200
    with django_assert_max_num_queries(14):
        client.get(LIST)


def test_centre_is_proposed_with_its_villages(client: Any, people: dict[str, User]) -> None:
    client.force_login(people["cirebon_staff"])
    form = f"{LIST}usul/?kecamatan=32.09.19"
    assert "Kuningan" not in client.get(f"{LIST}usul/").content.decode()
    typed = {"name": "Sentra Rotan Baru", "commodity": "rotan-bambu", "source": "survei"}
    refused = client.post(form, typed)
    assert "Tick the village" in refused.content.decode()
    assert 'value="Sentra Rotan Baru"' in refused.content.decode()
    answer = client.post(form, {**typed, "villages": [TEGALWANGI]}, follow=True)
    centre = Centre.objects.get(slug="sentra-rotan-baru")
    assert answer.redirect_chain[-1][0] == at(centre)
    assert (centre.status, centre.origin, centre.village_id) == (
        "potential",
        "office",
        TEGALWANGI,
    )
    assert client.get(f"/en/sentra/{centre.slug}/").status_code == 404
    twin = client.post(form, {**typed, "villages": [TEGALWANGI]}, follow=True)
    assert twin.status_code == 200
    assert Centre.objects.filter(slug="sentra-rotan-baru-2").exists()
    assert "form" not in client.post(f"{LIST}usul/?kecamatan=32.08.18", typed).context


def test_step_form_asks_for_its_evidence_and_keeps_what_was_typed(
    client: Any, people: dict[str, User], centre: Centre
) -> None:
    client.force_login(people["cirebon_staff"])
    form = at(centre, "langkah/?ke=designated")
    html = client.get(form).content.decode()
    assert 'name="decree_number"' in html
    assert 'name="document"' not in html
    typed = {"seen": "recorded", "on": "2026-03-01", **DECREE}
    refused = client.post(form, typed | {"criterion": "five_firms", "note": "dicoba"})
    assert "is not met" in refused.content.decode()
    assert "500/12" in refused.content.decode()
    assert client.get(at(centre, "langkah/?ke=assisted")).status_code == 404
    assert client.get(at(centre, "langkah/?ke=x")).status_code == 404
    answer = client.post(form, typed, follow=True)
    assert "is “Designated by decree” now" in answer.content.decode()
    assert "2 working firms" not in answer.content.decode()
    stale = client.post(at(centre, "langkah/?ke=inactive"), {**typed, "note": "tutup"})
    assert "Somebody took a step meanwhile" in stale.content.decode()
    centre.refresh_from_db()
    assert (centre.status, centre.decree_number) == ("designated", "500/12")


def test_designated_centre_with_few_firms_is_warned_about(
    client: Any, people: dict[str, User], centre: Centre, firms: dict[str, Any]
) -> None:
    client.force_login(people["cirebon_staff"])
    assert "Only 2 working firms" not in client.get(at(centre)).content.decode()
    decree = DECREE | {"decree_date": dt.date(2026, 2, 3)}
    centre_step(centre=centre, target="designated", by=SYSTEM, **decree)
    assert "Only 2 working firms" in client.get(at(centre)).content.decode()
    assert "Few firms linked" in client.get(LIST).content.decode()


def test_figures_are_typed_as_people_write_them(
    client: Any, people: dict[str, User], centre: Centre, firms: dict[str, Any]
) -> None:
    client.force_login(people["cirebon_staff"])
    form = f"/kerja/sentra/{centre.pk}/angka/"
    typed = {"year": "2025", "units": "86", "production_value": "1.250.000", "source": "Pendataan"}
    assert client.post(form, typed | {"year": "2099"}).status_code == 200
    assert client.post(form, {"year": "2025", "source": "x"}).status_code == 200
    assert not CentreFigure.objects.filter(centre=centre).exists()
    client.post(form, typed)
    figure = CentreFigure.objects.get(centre=centre)
    assert (figure.production_value, figure.recorded_by) == (1_250_000, people["cirebon_staff"])
    again = client.post(form, typed)
    assert "sudah" in again.content.decode() or "already" in again.content.decode()
    client.post(f"{form}?tahun=2025", typed | {"units": "90"})
    figure.refresh_from_db()
    assert figure.units == 90
    html = re.sub(r"\s+", " ", client.get(at(centre)).content.decode())
    assert "-88" in html
    assert "filled in by 1 of 2 firms" in html


def test_households_belong_to_a_village_of_the_centre(
    client: Any, people: dict[str, User], centre: Centre
) -> None:
    client.force_login(people["cirebon_staff"])
    form = at(centre, "rumah-tangga/")
    typed = {"village": TEGALWANGI, "year": "2024", "households": "2,400", "source": "BPS"}
    client.post(form, typed | {"village": "32.09.36.2001"})
    assert not VillageHouseholds.objects.exists()
    client.post(form, typed)
    assert VillageHouseholds.objects.get().households == 2400
    nowhere = Centre.objects.get(slug="rotan-plumbon")
    assert client.get(at(nowhere, "rumah-tangga/")).status_code == 404


def test_many_proposals_are_linked_or_refused_after_a_second_look(
    client: Any, people: dict[str, User], centre: Centre, firms: dict[str, Any]
) -> None:
    client.force_login(people["cirebon_staff"])
    page = at(centre, "usulan/")
    html = client.get(page).content.decode()
    assert "same village, product group" in html
    third, fourth = (firms[name].sites.get() for name in ("third", "fourth"))
    far = firms["far"].sites.get()
    ticked = {"pilih": [third.pk, far.pk, "x"], "aksi": "gabung"}
    asked = client.post(page, ticked)
    assert asked.context["chosen"] == [third]
    third.refresh_from_db()
    assert third.centre is None
    client.post(page, ticked | {"pasti": "ya"})
    third.refresh_from_db()
    assert third.centre == centre
    client.post(page, {"pilih": [fourth.pk], "aksi": "tolak", "pasti": "ya", "reason": "toko"})
    assert CentreRefusal.objects.get().reason == "toko"
    assert client.get(page).context["page"].total == 0
    nothing = client.post(page, {"aksi": "gabung"}, follow=True)
    assert "Tick at least one firm" in nothing.content.decode()
    client.post(at(centre, "usulan/ditolak/"), {"pilih": [fourth.pk]})
    assert client.get(page).context["page"].total == 1


def test_member_is_taken_out_with_a_reason(
    client: Any, people: dict[str, User], centre: Centre, firms: dict[str, Any]
) -> None:
    client.force_login(people["cirebon_staff"])
    site = firms["first"].sites.get()
    leave = {"pilih": [site.pk], "aksi": "lepas", "pasti": "ya"}
    assert client.post(at(centre, "usaha/"), leave).status_code == 200
    client.post(at(centre, "usaha/"), leave | {"reason": "pindah"})
    site.refresh_from_db()
    assert site.centre is None


def test_admin_changes_what_describes_a_centre_and_not_its_status(
    client: Any, people: dict[str, User], centre: Centre
) -> None:
    client.force_login(people["cirebon_staff"])
    form = reverse("admin:registry_centre_change", args=[centre.pk])
    html = client.get(form).content.decode()
    for name in ("status", "decree_number", "slug", "criterion"):
        assert f'name="{name}"' not in html
    assert reverse("registry:centre", args=[centre.pk]) in html


def inlines(**figure: Any) -> dict[str, Any]:
    """The inline forms of the admin: one figure where it is given, else none."""
    prefix = "figures"
    total = {"TOTAL_FORMS": 1 if figure else 0, "INITIAL_FORMS": 1 if figure.get("id") else 0}
    empty = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0}
    forms = {f"{prefix}-{name}": value for name, value in total.items()}
    forms |= {f"{prefix}-0-{name}": value for name, value in figure.items()}
    return forms | {f"centrevillage_set-{name}": value for name, value in empty.items()}


def test_centre_added_in_the_admin_begins_as_a_proposal(
    client: Any, people: dict[str, User]
) -> None:
    client.force_login(people["cirebon_staff"])
    typed = {
        "name": "Sentra Admin",
        "slug": "sentra-admin",
        "commodity": "rotan-bambu",
        "regency": "32.09",
    }
    answer = client.post(reverse("admin:registry_centre_add"), typed | inlines())
    assert answer.status_code == 302
    centre = Centre.objects.get(slug="sentra-admin")
    assert (centre.status, centre.origin) == ("potential", "office")


def test_public_figure_changed_in_the_admin_is_the_offices(
    client: Any, people: dict[str, User]
) -> None:
    client.force_login(people["province"])
    figure = CentreFigure.objects.select_related("centre").get(centre__slug="kerupuk-kenanga")
    centre = figure.centre
    typed = {
        "name": centre.name,
        "commodity": centre.commodity_id,
        "regency": centre.regency_id,
        "district": centre.district_id,
        "village": centre.village_id,
    }
    row = {"id": figure.pk, "centre": centre.pk, "year": 2020, "units": 30, "source": "Dinas"}
    address = reverse("admin:registry_centre_change", args=[centre.pk])
    assert client.post(address, typed | inlines(**row)).status_code == 302
    figure.refresh_from_db()
    assert (figure.units, figure.origin, figure.recorded_by) == (30, "office", people["province"])


def test_threshold_is_changed_by_the_province_alone(client: Any, people: dict[str, User]) -> None:
    form = reverse("admin:registry_centrethreshold_change", args=["five_firms"])
    for who, answer in (("province", 302), ("cirebon_staff", 403)):
        client.force_login(people[who])
        sent = client.post(form, {"minimum": "6", "source": "Aturan baru"})
        assert sent.status_code == answer, who
    assert client.get(reverse("admin:registry_centrethreshold_add")).status_code == 403


def test_refused_pair_names_who_and_why(
    client: Any, people: dict[str, User], centre: Centre, firms: dict[str, Any]
) -> None:
    centre_members_refuse(
        centre=centre,
        sites=firms["third"].sites.all(),
        by=people["cirebon_staff"],
        reason="hanya gudang",
    )
    client.force_login(people["cirebon_staff"])
    html = client.get(at(centre, "usulan/")).content.decode()
    assert "hanya gudang" in html
    assert str(people["cirebon_staff"]) in html
