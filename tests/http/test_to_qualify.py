"""After the last step an invoice waits in the agenda to be qualified (D7, S3.17, S3.18, S3.19)."""

import re
from datetime import date

import pytest
from sqlalchemy import update

from relance.adapters.store.summaries import refresh_summaries
from relance.adapters.store.tables.customers import customers
from relance.adapters.store.tables.ledger import items
from relance.core.tenancy.users import Actor
from relance.main.container import House
from relance.usecases.collection.list_ended import EndedAsked
from tests.http.conftest import Visitor
from tests.http.ledger import TODAY, decide, had_every_step, write_ledger

TAB = "/t/acme/agenda?view=qualify"
KESSLER, MARCHETTI = 5, 1


@pytest.fixture
def ended(house: House, system: Actor) -> Actor:
    """Kessler's only invoice has had the last step, and the oldest of Marchetti's four."""
    write_ledger(house, system.tenant)
    had_every_step(house, 1, 13)
    decide(house, system)
    return system


def count(house: House, actor: Actor) -> int:
    return house.list_ended()(EndedAsked(actor=actor)).count


def ticked(page: str) -> list[str]:
    return re.findall(r'name="item" value="(\d+)"', page)


def test_s3_18_an_invoice_past_the_last_step_goes_to_the_agenda_to_be_qualified(lucie: Visitor, ended: Actor) -> None:
    page = lucie.get(TAB).text
    assert re.search(r'To qualify <span class="n">2</span>', lucie.get("/t/acme/agenda").text)
    assert "Kessler Anlagenbau GmbH" in page and "Groupe Marchetti et Fils" in page
    assert page.count("1 invoice past the last step") == 2
    for key in ("p", "d", "m", "o"):
        assert f'data-key="{key}"' in page
    lucie.post("/t/acme/alerts", name="Ours", colour="teal", where="code = C10077")
    assert lucie.get(TAB).text.count('title="Ours"') == 1


def test_an_account_whose_next_invoice_leads_has_its_action_and_its_row(
    lucie: Visitor, house: House, ended: Actor
) -> None:
    """The ended one is told apart from what goes on, and stands in no other tab."""
    todo = lucie.get("/t/acme/agenda").text
    assert "Groupe Marchetti et Fils" in todo
    assert "Kessler" not in todo
    pane = lucie.get(f"/t/acme/agenda/qualify/{MARCHETTI}", htmx=True).text
    assert len(ticked(pane)) == 1
    assert "€11,494.75" in pane and "last step 20 Nov" in pane


@pytest.mark.parametrize("kind", ["promise", "dispute", "pause"])
def test_a_qualified_invoice_leaves_the_tab(lucie: Visitor, house: House, ended: Actor, kind: str) -> None:
    pane = lucie.get(f"/t/acme/agenda/qualify/{KESSLER}", htmx=True).text
    found = re.search(rf'href="([^"]*/hold/{kind})\?([^"]*)"', pane)
    assert found
    dialog = lucie.get(f"{found.group(1)}?{found.group(2).replace('&amp;', '&')}", htmx=True).text
    back = re.search(r'name="back" value="([^"]*)"', dialog)
    assert back and back.group(1) == TAB
    fields = {"item": ticked(dialog), "until": "2026-11-30", "back": TAB, "cause": "Price"}
    answer = lucie.post(found.group(1), htmx=True, **fields)
    assert answer.headers["hx-redirect"] == f"{TAB}&done=held"
    assert count(house, ended) == 1
    assert "Kessler" not in lucie.get(TAB).text


def test_s3_19_a_specific_action_takes_the_invoice_out_of_the_tab(lucie: Visitor, house: House, ended: Actor) -> None:
    pane = lucie.get(f"/t/acme/agenda/qualify/{KESSLER}", htmx=True).text
    path = re.search(r'hx-get="([^"]*)/specifics/new"', pane)
    assert path
    fields = {"item": ticked(pane), "kind": "task", "topic": "reminder", "title": "Visit them", "away": "on"}
    answer = lucie.post(f"{path.group(1)}/specifics", on="2026-11-30", back=TAB, **fields)
    assert answer.headers["location"] == f"{TAB}&done=saved"
    assert count(house, ended) == 1


def test_what_is_paid_or_stopped_is_not_to_be_qualified(house: House, ended: Actor) -> None:
    with house.engine().begin() as connection:
        connection.execute(update(items).where(items.c.customer_id == KESSLER).values(open_amount=0))
    assert count(house, ended) == 1
    with house.engine().begin() as connection:
        connection.execute(update(customers).where(customers.c.customer_id == MARCHETTI).values(collection_stop=True))
    assert count(house, ended) == 0


def test_a_form_leads_back_to_the_agenda_and_nowhere_else(lucie: Visitor, ended: Actor) -> None:
    pane = lucie.get(f"/t/acme/agenda/qualify/{KESSLER}", htmx=True).text
    path = re.search(r'hx-get="([^"]*)/hold/promise"', pane)
    assert path
    answer = lucie.post(
        f"{path.group(1)}/hold/dispute", item=ticked(pane), cause="Price", back="//evil.example/t/acme/agenda"
    )
    assert answer.headers["location"] == f"{path.group(1)}?done=held"


def test_an_alert_narrows_the_tab_as_it_does_the_others(lucie: Visitor, ended: Actor) -> None:
    lucie.post("/t/acme/alerts", name="One", colour="teal", where="code = C10077")
    page = lucie.get(f"{TAB}&alert=4").text
    assert "Groupe Marchetti et Fils" in page and "Kessler" not in page
    assert re.search(r'To qualify <span class="n">1</span>', page)


def test_who_sees_only_their_own_is_not_shown_anothers(lucie: Visitor, house: House, ended: Actor) -> None:
    other = Actor(tenant=ended.tenant, user=99, name="Ann", role="collector", own_only=True)
    assert count(house, other) == 0


def test_s3_17_a_very_old_invoice_is_proposed_with_the_steps_own_old_date(
    lucie: Visitor, house: House, system: Actor
) -> None:
    """An alert, not a silent skip: the first step of an invoice of last winter is shown as late as it is."""
    write_ledger(house, system.tenant)
    with house.engine().begin() as connection:
        old = {"due_on": date(2026, 1, 15), "issued_on": date(2025, 12, 15), "step_done": 0}
        connection.execute(update(items).where(items.c.customer_id == KESSLER).values(**old))
        refresh_summaries(connection, system.tenant, TODAY, None)
    decide(house, system)
    page = lucie.get("/t/acme/agenda").text
    row = next(part for part in page.split('role="row"') if "Kessler" in part)
    assert "312 d" in row and 'class="red"' in row
