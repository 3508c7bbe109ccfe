"""Every control of the admin's forms says what it is."""

from __future__ import annotations

import re
from typing import Any

from accounts.models import User
from registry.models import Owner
from tests.registry.factories import make_firm


def form_of_a_firm(client: Any, people: dict[str, User]) -> str:
    firm = make_firm("Rotan Uji", consents=("catalogue",))
    Owner.objects.create(firm=firm, name="Sari")
    client.force_login(people["province"])
    html: str = client.get(f"/kelola/registry/firm/{firm.pk}/change/").content.decode()
    return html


def test_each_control_of_a_row_has_a_label(client: Any, people: dict[str, User]) -> None:
    html = form_of_a_firm(client, people)
    labelled = set(re.findall(r'<label[^>]* for="([^"]+)"', html))
    ids = re.findall(r'<(?:input|select|textarea)[^>]* id="(id_(?:owners|activities)-0-\w+)"', html)
    hidden = re.findall(r'<input type="hidden"[^>]* id="([^"]+)"', html)
    controls = set(ids) - set(hidden)
    assert {"id_owners-0-name", "id_owners-0-gender", "id_owners-0-DELETE"} <= controls
    assert controls <= labelled


def test_empty_choice_has_words(client: Any, people: dict[str, User]) -> None:
    html = form_of_a_firm(client, people)
    assert re.findall(r'<option value=""[^>]*></option>', html) == []
    assert re.search(r'<option value=""[^>]*>belum diisi</option>', html)
