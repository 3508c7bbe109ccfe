"""The page of steps of a SIINas account: corrected evidence, and two who look at one account."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from registry.models import SiinasAccount
from registry.services import SYSTEM, siinas_open, siinas_step
from tests.registry.factories import make_firm

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client: Any, people: dict[str, User]) -> Any:
    client.force_login(people["cirebon_staff"])
    return client


class TestStepsOfAnAccount:
    """The page of steps: corrected evidence, and two who look at one account."""

    @pytest.fixture
    def account(self) -> SiinasAccount:
        account = siinas_open(site=make_firm().sites.get(), by=SYSTEM)
        siinas_step(account=account, target="issued", by=SYSTEM)
        told = {"target": "profile_incomplete", "sections": ["general", "plant"]}
        siinas_step(account=account, by=SYSTEM, **told)
        return SiinasAccount.objects.get(pk=account.pk)

    def test_evidence_is_corrected_at_the_same_state(
        self, officer: Any, account: SiinasAccount
    ) -> None:
        page = f"/kelola/registry/siinasaccount/{account.pk}/langkah/"
        html = officer.get(page).content.decode()
        assert 'value="profile_incomplete"' in html
        told = typed(officer.get(page).context["form"], target="profile_incomplete", sections=[])
        officer.post(page, told)
        account.refresh_from_db()
        assert (account.state, account.sections) == ("profile_incomplete", [])

    def test_what_two_people_add_is_put_together_after_a_look(
        self, officer: Any, account: SiinasAccount
    ) -> None:
        page = f"/kelola/registry/siinasaccount/{account.pk}/langkah/"
        opened = officer.get(page).context
        told = typed(opened["form"], target="profile_incomplete", sections=["plant", "contact"])
        told["_versi"] = opened["version"]
        theirs = {"sections": ["general", "plant", "oss"], "ticket": "T-9"}
        siinas_step(account=account, target="profile_incomplete", by=SYSTEM, **theirs)
        refused = officer.post(page, told)
        assert [change.new for change in refused.context["meanwhile"]]
        account.refresh_from_db()
        assert account.sections == ["general", "plant", "oss"]
        again = dict(refused.context["form"].data.lists())
        again["_versi"] = refused.context["version"]
        assert officer.post(page, again).status_code == 302
        account.refresh_from_db()
        assert set(account.sections or ()) == {"plant", "contact", "oss"}
        assert account.ticket == "T-9"


def typed(form: Any, **changes: Any) -> dict[str, Any]:
    """A form as it would be sent, with some fields changed."""
    shown = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in (shown | changes).items() if value not in (None, "")}
    if "on" in sent and not isinstance(sent["on"], str):
        sent["on"] = f"{sent['on']:%d/%m/%Y}"
    for name in ("registered_on", "issued_on"):
        if name in sent:
            sent[name] = f"{sent[name]:%d/%m/%Y}"
    return sent
