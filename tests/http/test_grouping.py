"""Grouped collection on screen: notice, members, and back again (B5)."""

from relance.core.tenancy.users import Actor
from relance.main.container import House
from relance.usecases.collection.list_actions import ActionsQuestion
from tests.http.conftest import Visitor


def test_b5_accounts_are_grouped_from_the_leads_file_and_show_a_notice(
    lucie: Visitor, collected: Actor, house: House
) -> None:
    page = lucie.get("/t/acme/customers/C10077/grouping").text
    assert "Grouped collection" in page
    done = lucie.post("/t/acme/customers/C10077/grouping", codes="C10154\nC10231")
    assert done.status_code == 303
    again = lucie.post("/t/acme/customers/C10077/grouping", codes="C10154")
    assert "Collected on this account already: C10154." in again.text
    lead, member = (lucie.get(f"/t/acme/customers/{code}").text for code in ("C10077", "C10154"))
    assert "Also collects 2 accounts:" in lead and "Azulejos Viana Lda" in lead
    assert "Collected with Groupe Marchetti et Fils: no reminder leaves from this account." in member
    assert "None: another account asks for these items." in member
    assert "Collected with another account from now on" in member
    waiting = house.list_actions()(ActionsQuestion(actor=collected))
    assert not [one for one in waiting if one.customer == "C10154" and one.state != "cancelled"]
    lucie.post("/t/acme/customers/C10154/grouping/end", member="C10154")
    assert "Collected with" not in lucie.get("/t/acme/customers/C10154").text.replace("Collected with another", "")


def test_what_cannot_be_grouped_is_said_and_what_was_typed_stays(lucie: Visitor, collected: Actor) -> None:
    refused = lucie.post("/t/acme/customers/C10077/grouping", codes="C10077\nC10154")
    assert refused.status_code == 422
    assert "cannot be collected on itself" in refused.text and "C10154" in refused.text


def test_a_viewer_groups_nothing(viewer: Visitor, collected: Actor) -> None:
    assert viewer.post("/t/acme/customers/C10077/grouping", codes="C10154").status_code == 403
