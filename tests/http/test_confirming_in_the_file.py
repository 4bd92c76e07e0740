"""A message can be confirmed where the customer is looked at, too (S1.6)."""

import re

import pytest
from sqlalchemy import select

from relance.adapters.store.tables.collection import actions
from relance.adapters.store.tables.customers import customers
from relance.core.tenancy.users import Actor
from relance.main.container import House
from tests.http.conftest import Visitor


@pytest.fixture
def waiting(collected: Actor, house: House) -> tuple[str, int]:
    """A customer's code, and its message that waits to be confirmed."""
    both = select(customers.c.code, actions.c.action_id).join(actions, actions.c.customer_id == customers.c.customer_id)
    with house.engine().connect() as connection:
        row = connection.execute(both.where(actions.c.state == "to-confirm", actions.c.kind == "email")).first()
    assert row
    return row[0], row[1]


def test_s1_6_the_file_has_the_button_and_comes_back_to_itself(
    lucie: Visitor, waiting: tuple[str, int], house: House
) -> None:
    code, action = waiting
    page = lucie.get(f"/t/acme/customers/{code}").text
    assert re.search(rf'<form method="post" action="/t/acme/agenda/{action}/confirm">', page)
    answer = lucie.post(f"/t/acme/agenda/{action}/confirm", **{"from": "file"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/t/acme/customers/{code}?done=confirmed")
    with house.engine().connect() as connection:
        state = connection.execute(select(actions.c.state).where(actions.c.action_id == action)).scalar_one()
    assert state == "confirmed"
    assert f"/agenda/{action}/confirm" not in lucie.get(f"/t/acme/customers/{code}").text


def test_what_changed_since_the_file_was_opened_is_not_confirmed_from_it(
    lucie: Visitor, waiting: tuple[str, int], house: House
) -> None:
    code, action = waiting
    page = lucie.get(f"/t/acme/customers/{code}").text
    seen = re.search(rf'/agenda/{action}/confirm">.*?name="seen" value="(\d+)"', page)
    assert seen
    lucie.post(f"/t/acme/agenda/{action}/snooze", until="2026-11-30")
    refused = lucie.post(f"/t/acme/agenda/{action}/confirm", **{"from": "file", "seen": seen[1]})
    assert refused.status_code == 409
    with house.engine().connect() as connection:
        state = connection.execute(select(actions.c.state).where(actions.c.action_id == action)).scalar_one()
    assert state == "to-confirm"
