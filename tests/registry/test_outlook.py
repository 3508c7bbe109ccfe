"""One next step for officer and owner, and the TKDN estimate for a day that somebody asks for."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from promotions.cards import own_card
from registry.advice import FOR_OFFICER
from registry.advice_owner import FOR_OWNER
from registry.chain import with_chain
from registry.desk.rows import rows_of
from registry.dossier import dossier_of
from registry.models import Firm, FirmCard, ProductionSite, SiinasAccount, TkdnAnswers
from registry.services import SYSTEM, save_row, siinas_open, siinas_step
from tests.registry.factories import TEGALWANGI, make_firm
from tests.registry.test_tkdn import add_tkdn_rules

pytestmark = pytest.mark.django_db


def second_site(firm: Firm) -> ProductionSite:
    """A further plant of the firm."""
    place = {"regency_id": TEGALWANGI[:5], "district_id": TEGALWANGI[:8], "village_id": TEGALWANGI}
    site = ProductionSite(firm=firm, is_main=False, address="Blok lain", **place)
    return save_row(site, by=SYSTEM, reason="uji")


@pytest.mark.parametrize("main", [None, "not_registered", "blocked"])
def test_owner_and_officer_read_of_the_same_account(main: str | None) -> None:
    told = (
        None if main is None else {"state": main, "blocker": "other" if main == "blocked" else ""}
    )
    firm = make_firm(nib="0220001234567", siinas=told)
    account = siinas_open(site=second_site(firm), by=SYSTEM)
    siinas_step(account=account, target="issued", by=SYSTEM)
    (found,) = with_chain(Firm.objects.filter(pk=firm.pk))
    rung = "profile"
    account = SiinasAccount.objects.get(pk=account.pk)
    assert dossier_of(found, SYSTEM).advice == FOR_OFFICER.on(rung, account)
    assert rows_of([found], SYSTEM)[0].account == account
    assert own_card(FirmCard(firm=firm)).next_step == FOR_OWNER.on(rung, account)


class TestEstimate:
    """The estimate for a day: under the regulation of then, called an estimate all along."""

    @pytest.fixture
    def page(self, client: Any, people: dict[str, User]) -> Any:
        add_tkdn_rules()
        firm = make_firm()
        answers = TkdnAnswers(firm=firm, material=True, labour=True, overhead=False)
        save_row(answers, by=SYSTEM, reason="ditanya")
        client.force_login(people["cirebon_staff"])
        return lambda **asked: client.get(f"/kerja/usaha/{firm.pk}/", asked)

    @pytest.mark.parametrize("day", ["2024-05-01", "01/05/2024"])
    def test_under_the_regulation_of_a_day(self, page: Any, day: str) -> None:
        answer = page(per=day)
        dossier = answer.context["dossier"]
        assert dossier.outlook.rule.pk == "46/2022"
        assert (dossier.outlook.estimate.low, dossier.outlook.estimate.high) == (34, 36)
        assert dossier.readiness.rule.pk == "35/2025"  # what the firm is eligible for is today's
        html = answer.content.decode()
        assert "46/2022" in html
        assert 'value="01/05/2024"' in html

    def test_without_a_day_it_is_todays(self, page: Any) -> None:
        dossier = page().context["dossier"]
        assert dossier.outlook is dossier.readiness
        assert dossier.outlook.estimate is None

    def test_before_any_regulation_it_is_not_available(self, page: Any) -> None:
        answer = page(per="2010-01-01")
        assert answer.context["dossier"].outlook.rule is None
        assert "1 Jan 2010" in answer.content.decode()

    @pytest.mark.parametrize("day", ["31/02/2024", "kemarin", "2024", "<b>"])
    def test_what_is_no_date_is_told_and_today_taken(self, page: Any, day: str) -> None:
        answer = page(per=day)
        assert answer.status_code == 200
        assert answer.context["estimate_misread"] == day
        assert answer.context["dossier"].outlook is answer.context["dossier"].readiness

    def test_the_rest_of_the_address_is_kept(self, page: Any) -> None:
        html = page(per="2024-05-01", nib="ya").content.decode()
        assert '<input type="hidden" name="nib" value="ya">' in html
        assert "/kerja/usaha/?nib=ya" in html
