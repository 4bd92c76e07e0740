"""Promises, disputes and pauses from the table of a customer's file."""

import re

import pytest
from sqlalchemy import update

from relance.adapters.store.tables.ledger import items
from relance.core.tenancy.users import Actor
from relance.main.container import House
from tests.http.conftest import Visitor

FILE = "/t/acme/customers/C10077"


def ids(page: str) -> list[str]:
    return re.findall(r'name="item" value="(\d+)"', page)


def test_without_a_choice_the_dialog_takes_all_that_is_overdue(lucie: Visitor, collected: Actor) -> None:
    dialog = lucie.get(f"{FILE}/hold/promise", htmx=True).text
    assert len(ids(dialog)) == 4
    assert "€48,215.30" in dialog
    assert 'value="2026-11-27"' in dialog


def test_a_promise_stops_the_reminders_and_can_be_taken_back(lucie: Visitor, collected: Actor) -> None:
    chosen = ids(lucie.get(FILE).text)[:2]
    done = lucie.post(f"{FILE}/hold/promise", htmx=True, item=chosen, until="2026-11-27", amount="17,629.30")
    assert "Promised for 27 Nov" in done.text
    undo = re.search(r'"undo": ?"([^"]+)"', done.headers["hx-trigger"])
    assert undo
    assert lucie.post(undo.group(1), htmx=True).headers["hx-refresh"] == "true"
    assert "Promised for 27 Nov" not in lucie.get(FILE).text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"until": "2026-11-20"}, "is over"),
        ({"until": "other", "other": "soon"}, "is not a date"),
        ({"until": "other", "other": ""}, "needs its day"),
        ({"until": "2026-11-27", "amount": "0"}, "more than zero"),
        ({"until": "2026-11-27", "amount": "a lot"}, "is not an amount"),
    ],
)
def test_a_promise_that_cannot_be_kept_comes_back_with_the_reason(
    lucie: Visitor, collected: Actor, fields: dict[str, str], words: str
) -> None:
    chosen = ids(lucie.get(FILE).text)[:1]
    answer = lucie.post(f"{FILE}/hold/promise", htmx=True, item=chosen, comment="Said by Ann", **fields)
    assert answer.status_code == 422
    assert words in answer.text
    assert ids(answer.text) == chosen
    assert ">Said by Ann</textarea>" in answer.text
    assert all(f'value="{typed}"' in answer.text for name, typed in fields.items() if name != "until")


def test_a_dispute_shows_its_cause_and_what_was_said(lucie: Visitor, collected: Actor) -> None:
    chosen = ids(lucie.get(FILE).text)[:1]
    lucie.post(f"{FILE}/hold/dispute", item=chosen, cause="Price", comment="<b>too much</b>")
    page = lucie.get(FILE).text
    assert "Disputed, Price" in page
    assert "&lt;b&gt;too much&lt;/b&gt;" in page


def test_a_pause_may_be_typed_as_days_from_today(lucie: Visitor, collected: Actor) -> None:
    chosen = ids(lucie.get(FILE).text)[:1]
    lucie.post(f"{FILE}/hold/pause", item=chosen, until="other", other="+12")
    assert "Paused until 5 Dec" in lucie.get(FILE).text


@pytest.mark.parametrize("deed", ["hold/promise", "call"])
def test_a_day_typed_beside_the_buttons_is_the_one_meant(lucie: Visitor, collected: Actor, deed: str) -> None:
    chosen = ids(lucie.get(FILE).text)[:1]
    lucie.post(f"{FILE}/{deed}", item=chosen, outcome="promise", until="2026-11-27", other="+9")
    assert "Promised for 2 Dec" in lucie.get(FILE).text


def test_a_credit_alone_is_no_promise(lucie: Visitor, collected: Actor, house: House) -> None:
    credit = ids(lucie.get(FILE).text)[0]
    with house.engine().begin() as connection:
        connection.execute(update(items).where(items.c.item_id == int(credit)).values(amount=-500, open_amount=-500))
    dialog = lucie.get(f"{FILE}/hold/promise?item={credit}", htmx=True).text
    assert "nobody owes it" in dialog and "Record promise" not in dialog


def test_items_of_another_customer_cannot_be_held_here(lucie: Visitor, collected: Actor) -> None:
    others = ids(lucie.get("/t/acme/customers/C10154").text)
    assert lucie.post(f"{FILE}/hold/pause", htmx=True, item=others[:1], until="2026-12-01").status_code == 404
