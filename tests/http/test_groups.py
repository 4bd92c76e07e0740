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


def test_groups_have_their_page_with_figures_and_lead_to_their_customers(
    lucie: Visitor, collected: Actor, house: House
) -> None:
    assert "No group yet" in lucie.get("/t/acme/groups").text
    assert lucie.post("/t/acme/groups", name="Key & Co").status_code == 303
    lucie.post(f"{FILE}/assign", **KEPT | {"group": "Key & Co"})
    page = lucie.get("/t/acme/groups").text
    assert "Key &amp; Co" in page and "€48,215.30" in page
    assert "Not enough history" in page, "for a DSO (B19)"
    assert "/t/acme/customers?where=group+%3D+%22Key+%26+Co%22" in page
    assert lucie.post("/t/acme/groups", name="KEY & co").status_code == 422
    assert lucie.post("/t/acme/groups/1", name="Large").status_code == 303
    asked = lucie.get("/t/acme/groups/1/remove").text
    assert "Remove Large?" in asked and "1 customer leaves it" in asked
    assert lucie.post("/t/acme/groups/1/remove").status_code == 303
    assert lucie.get("/t/acme/groups/1").status_code == 404
    assert "Group: Large" not in lucie.get(FILE).text


def test_a_viewer_sees_groups_and_changes_none(viewer: Visitor, collected: Actor, house: House) -> None:
    house.create_group()(collected, "Key")
    page = viewer.get("/t/acme/groups").text
    assert ">Key<" in page and "Create a group" not in page and "/t/acme/groups/1" not in page
    assert viewer.post("/t/acme/groups", name="Other").status_code == 403


def test_a_group_narrows_the_agenda(lucie: Visitor, collected: Actor, house: House) -> None:
    assert "All groups" not in lucie.get("/t/acme/agenda").text
    lucie.post(f"{FILE}/assign", **KEPT | {"new-group": "Key"})
    whole = lucie.get("/t/acme/agenda").text
    assert "All groups" in whole and "Transports Delaunay" in whole and "/t/acme/agenda?group=1" in whole
    narrow = lucie.get("/t/acme/agenda?group=1").text
    assert "Groupe Marchetti" in narrow and "Transports Delaunay" not in narrow
    assert "The filters leave nothing" in lucie.get("/t/acme/agenda?group=77").text


def test_each_number_opens_its_list_and_the_balance_is_aged_by_group(
    lucie: Visitor, collected: Actor, house: House
) -> None:
    lucie.post(f"{FILE}/assign", **KEPT | {"new-group": "Key"})
    page = lucie.get("/t/acme/groups").text
    for criterion in ("balance+%21%3D+0+EUR&amp;sort=balance", "overdue+%3E+0+EUR&amp;sort=overdue"):
        address = f"/t/acme/customers?where=group+%3D+Key+and+{criterion}"
        assert address in page
        assert "Groupe Marchetti" in lucie.get(address.replace("&amp;", "&")).text
    aged = lucie.get("/t/acme/reports/aged-balance?by=group").text
    assert "in each of them, and in the total once" in aged and "No group" in aged
    assert "/t/acme/customers?where=group+%3D+Key+and+over-90+%21%3D+0" in aged
    lucie.post("/t/acme/searches/save", target="customers", name="Mine", where="group = Key")
    assert "Saved search:" in lucie.get("/t/acme/groups/1").text
    assert "find nobody by this group any more" in lucie.get("/t/acme/groups/1/remove").text
