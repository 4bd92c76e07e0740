"""Groups: in a customer's file, and their own page (S0.9 to S0.12, S4.1, S4.2, S4.5, S4.9)."""

from relance.core.tenancy.users import Actor
from relance.main.container import House
from relance.usecases.insight.open_customer import CustomerWanted
from tests.http.conftest import Visitor

FILE = "/t/acme/customers/C10077"
KEPT = {"collector": "1", "scenario": "", "links": "1"}


def test_groups_and_colleagues_are_ticked_in_the_file_and_it_says_who_chose(
    lucie: Visitor, collected: Actor, house: House
) -> None:
    assert 'name="new-group"' in lucie.get(f"{FILE}/assign").text
    given = KEPT | {"new-group": "Key accounts", "colleague": ["2"]}
    assert lucie.post(f"{FILE}/assign", **given).status_code == 303
    page = lucie.get(FILE).text
    assert "Group: Key accounts" in page and "Colleague: Lucie Brandt" in page and "Chosen by Lucie Brandt" in page
    form = lucie.get(f"{FILE}/assign").text
    assert 'value="Key accounts" checked' in form and 'name="colleague" value="2" checked' in form
    assert lucie.post(f"{FILE}/assign", collector="1", scenario="").status_code == 303
    assert "Group: Key accounts" in lucie.get(FILE).text
    lucie.post(f"{FILE}/assign", **KEPT)
    assert "Key accounts" not in lucie.get(FILE).text
    opened = house.open_customer()(CustomerWanted(actor=collected, code="C10077"))
    assert opened.assigned.groups == () and opened.assigned.colleagues == ()


def test_a_group_that_cannot_be_is_shown_again_and_nothing_changes(lucie: Visitor, collected: Actor) -> None:
    refused = lucie.post(f"{FILE}/assign", **KEPT | {"new-group": "x" * 101, "colleague": ["2"]})
    assert refused.status_code == 422 and "at most 100" in refused.text
    assert "Colleague: Lucie Brandt" not in lucie.get(FILE).text
