"""A message that was on its way while its account got another scenario (B4, D7)."""

import pytest
from sqlalchemy import Engine

from relance.adapters.calendars import HolidayCalendars
from relance.adapters.store.tables.customers import customers
from relance.core.collection.scenarios import carried_steps
from relance.core.kernel.identifiers import TenantId
from relance.usecases.customers.assign_customer import AssignCustomer, CustomerChoice
from tests.usecases.collection.mailroom import UNKNOWN, Mailroom


@pytest.fixture
def room(engine: Engine, tenant: TenantId) -> Mailroom:
    room = Mailroom(engine, tenant)
    room.confirm()
    return room


def carried(room: Mailroom) -> int:
    """The number in the gentle scenario of the step that the message did."""
    [action] = room.rows("actions")
    with room.work.reading(room.tenant) as unit:
        numbers = carried_steps(unit.collection.scenario(action.scenario), unit.collection.scenario("gentle"))
    assert numbers[action.step_number - 1] != action.step_number, "the two scenarios number this step differently"
    return numbers[action.step_number - 1]


def test_what_a_person_finds_out_later_counts_in_the_new_scenario(room: Mailroom) -> None:
    room.channel.late = [UNKNOWN]
    room.dispatch()
    verb = AssignCustomer(room.work, room.clock, HolidayCalendars(), b"key")
    verb(CustomerChoice(actor=room.actor, code="C1", scenario="gentle"))
    room.resolve("sent")
    [item] = room.rows("items")
    assert item.step_done == carried(room)


def test_an_answer_that_comes_after_the_change_counts_in_the_new_scenario(room: Mailroom) -> None:
    accepted = room.channel.carry

    async def carry(message, about_to_send):  # type: ignore[no-untyped-def]  # the channel's own signature
        outcome = await accepted(message, about_to_send)
        room.change(customers, customers.c.customer_id == 1, scenario="gentle")
        return outcome

    room.channel.carry = carry  # type: ignore[method-assign]  # between the body and its answer
    room.dispatch()
    [item] = room.rows("items")
    assert (room.state()[0], item.step_done) == ("sent", carried(room))
