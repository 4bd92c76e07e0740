"""The list of customers and a customer's file: what is shown, to whom, and that hostile names stay text."""

import re

import pytest

from relance.core.tenancy.users import Actor
from relance.main.container import House
from relance.usecases.customers.write_note import NewNote
from tests.http.conftest import Visitor
from tests.http.ledger import add_person

FILE = "/t/acme/customers/C10077"


def test_the_list_begins_with_the_most_overdue(lucie: Visitor, collected: Actor) -> None:
    page = lucie.get("/t/acme/customers").text
    assert page.index("Ferreira Distribuição SA") < page.index("Atelier Morin")


def test_a_search_finds_part_of_a_name_and_never_takes_a_pattern(lucie: Visitor, collected: Actor) -> None:
    assert "Kessler Anlagenbau GmbH" in lucie.get("/t/acme/customers?q=anlagen").text
    for hostile in ("%25", "_", "%22", "';--"):
        assert "No customer fits" in lucie.get(f"/t/acme/customers?q={hostile}").text


@pytest.mark.parametrize("sort", ["overdue", "balance", "code", "name"])
def test_every_order_can_be_read_page_by_page(house: House, collected: Actor, sort: str) -> None:
    from relance.usecases.insight.browse_customers import CustomersWanted

    seen: list[str] = []
    after = None
    while True:
        found = house.browse_customers()(CustomersWanted(actor=collected, sort=sort, after=after, limit=4))  # type: ignore[arg-type]  # from the table
        seen += [line.code for line in found.lines]
        if not found.more:
            break
        last = found.lines[-1]
        after = (getattr(last, sort), last.code, last.currency, last.customer)
    assert len(seen) == len(set(seen)) == found.count


def test_a_torn_cursor_is_refused_in_words(lucie: Visitor, collected: Actor) -> None:
    assert lucie.get("/t/acme/customers?after=%00").status_code == 422
    assert lucie.get("/t/acme/customers?view=everything").status_code == 422


def test_the_file_shows_figures_items_contacts_and_the_next_action(lucie: Visitor, collected: Actor) -> None:
    page = lucie.get(FILE).text
    for words in ("Groupe Marchetti et Fils", "Total due", "Oldest due", "Paola Marchetti", "Next action", "Timeline"):
        assert words in page


def test_a_piece_of_the_bar_filters_the_table(lucie: Visitor, collected: Actor) -> None:
    part = lucie.client.get(f"{FILE}?bucket=over_90", headers={"hx-request": "true", "hx-target": "items"}).text
    assert part.count('name="item"') == 1
    assert "<html" not in part


def test_an_unknown_customer_is_not_found(lucie: Visitor, collected: Actor) -> None:
    assert lucie.get("/t/acme/customers/C404").status_code == 404
    assert lucie.get("/t/acme/customers/C404/hold/promise").status_code == 404


def test_a_note_is_kept_and_shown_as_text(lucie: Visitor, collected: Actor) -> None:
    answer = lucie.post(f"{FILE}/notes", htmx=True, text="<img src=x onerror=alert(1)>")
    assert answer.status_code == 200
    assert "&lt;img src=x onerror=alert(1)&gt;" in answer.text
    assert "<img" not in answer.text


def test_a_collection_contact_needs_an_address_and_the_form_keeps_what_was_typed(
    lucie: Visitor, collected: Actor
) -> None:
    refused = lucie.post(f"{FILE}/contacts/0", htmx=True, name="Zola", collection="on")
    assert refused.status_code == 422
    assert 'value="Zola"' in refused.text
    typed = {"name": "Zola", "email": "zola@marchetti.example", "collection": "on", "role": "logistics"}
    kept = lucie.post(f"{FILE}/contacts/0", htmx=True, **typed)
    assert kept.headers["hx-redirect"].startswith(FILE)
    assert "Zola" in lucie.get(FILE).text and "Logistics" in lucie.get(FILE).text


def test_a_contact_of_another_customer_cannot_be_changed(lucie: Visitor, collected: Actor) -> None:
    others = re.search(r"contacts/(\d+)\"", lucie.get("/t/acme/customers/C10154").text.replace("contacts/0", ""))
    assert others
    assert lucie.post(f"{FILE}/contacts/{others.group(1)}", htmx=True, name="Eve").status_code == 404


def test_the_collector_chosen_by_a_person_says_who_chose(lucie: Visitor, collected: Actor) -> None:
    form = lucie.get(f"{FILE}/assign", htmx=True).text
    number = re.search(r'<option value="(\d+)">Lucie Brandt', form)
    assert number
    lucie.post(f"{FILE}/assign", collector=number.group(1), scenario="gentle")
    assert "Chosen by Lucie Brandt" in lucie.get(f"{FILE}/assign", htmx=True).text
    assert "Gentle" in lucie.get(FILE).text


def test_a_new_scenario_withdraws_what_the_old_one_proposed(lucie: Visitor, collected: Actor, house: House) -> None:
    before = lucie.get(FILE).text
    assert "step 5 of 5" in before or "of 5" in before
    lucie.post(f"{FILE}/assign", collector="", scenario="none")
    assert "None planned" in lucie.get(FILE).text


def test_who_sees_own_customers_only_finds_and_counts_only_these(
    house: House, visitor: Visitor, collected: Actor
) -> None:
    from relance.usecases.tenancy.change_settings import NewSettings

    add_person(house, collected, "carl@acme.example", "Carl", "collector")
    house.change_settings()(NewSettings(actor=collected, values={"collectors-see": "own"}))
    visitor.sign_in("carl@acme.example")
    assert "Groupe Marchetti" not in visitor.get("/t/acme/customers").text
    assert visitor.get(FILE).status_code == 404
    assert visitor.get("/t/acme/customers/C404").text == visitor.get(FILE).text
    assert "Nothing is open" in visitor.get("/t/acme/reports/aged-balance").text
    assert "Marchetti" not in visitor.get("/t/acme/items?view=all").text


def test_a_viewer_reads_and_changes_nothing(house: House, visitor: Visitor, collected: Actor) -> None:
    add_person(house, collected, "vera@acme.example", "Vera", "viewer")
    visitor.sign_in("vera@acme.example")
    page = visitor.get(FILE).text
    assert "Add note" not in page
    assert "Promise <kbd>" not in page
    for path, fields in (("notes", {"text": "x"}), ("hold/promise", {}), ("assign", {}), ("contacts/0", {"name": "x"})):
        assert visitor.post(f"{FILE}/{path}", **fields).status_code == 403
    assert visitor.get("/t/acme/imports").status_code == 403
    assert visitor.get("/t/acme/settings/company").status_code == 403


def test_an_empty_note_is_refused(house: House, collected: Actor) -> None:
    from relance.core.kernel.errors import BadInput

    with pytest.raises(BadInput):
        house.write_note()(NewNote(actor=collected, code="C10077", text="  \n "))


def test_a_note_is_changed_and_taken_back_by_who_wrote_it(lucie: Visitor, collected: Actor) -> None:
    file = "/t/acme/customers/C10077"
    page = lucie.post(f"{file}/notes", htmx=True, text="Calls on Mondays").text
    [address] = re.findall(r'action="([^"]+/notes/\d+)"', page)
    assert "Calls on Tuesdays" in lucie.post(address, htmx=True, text="Calls on Tuesdays").text
    assert lucie.post(address, htmx=True, text=" ").status_code == 422
    assert "Tuesdays" not in lucie.post(address, htmx=True, deed="remove").text
    assert lucie.post(address, htmx=True, text="again").status_code == 404
