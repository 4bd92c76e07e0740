"""A message that was on its way while its account got another scenario (B4, D7)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from relance.adapters.calendars import HolidayCalendars
from relance.adapters.store.tables.customers import customers
from relance.core.collection.scenarios import carried_steps
from relance.core.customers.mass_changes import Changes, Selection
from relance.core.kernel.identifiers import TenantId
from relance.usecases.customers.assign_customer import AssignCustomer, CustomerChoice
from relance.usecases.customers.change_many import ChangeMany, ManyChanges
from relance.usecases.customers.undo_changes import ChangeToUndo, UndoChanges
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


def moved(room: Mailroom) -> None:
    verb = AssignCustomer(room.work, room.clock, HolidayCalendars(), b"key")
    for scenario in ("gentle", "standard"):
        verb(CustomerChoice(actor=room.actor, code="C1", scenario=scenario))


def changed_and_undone(room: Mailroom) -> None:
    asked = ManyChanges(actor=room.actor, selection=Selection(), wanted=Changes(scenario="gentle"))
    change = ChangeMany(room.work, room.clock, HolidayCalendars(), b"key")(asked).change
    assert change
    assert room.rows("items")[0].step_done == carried(room)
    UndoChanges(room.work, room.clock, HolidayCalendars(), b"key")(ChangeToUndo(actor=room.actor, change=change))


@pytest.mark.parametrize("there_and_back", [moved, changed_and_undone])
def test_who_comes_back_to_a_scenario_gets_no_step_of_it_twice(
    room: Mailroom, there_and_back: Callable[[Mailroom], None]
) -> None:
    room.dispatch()
    [action], [before] = room.rows("actions"), room.rows("items")
    there_and_back(room)
    [after] = room.rows("items")
    assert (after.step_done, after.step_on) == (before.step_done, before.step_on)
    assert [one.step for one in room.rows("actions") if one.scenario == "standard"].count(action.step) == 1


def test_an_item_that_was_only_mentioned_comes_back_to_the_step_it_had_reached(room: Mailroom) -> None:
    """Two days late when the formal notice of another item listed it: none of the steps was its own."""
    room.dispatch()
    [action], [item] = room.rows("actions"), room.rows("items")
    room.change_action(action.action_id, leader_item_id=item.item_id + 1)
    room.change_item(item.item_id, due_on=action.done_on - timedelta(days=2), step_done=0, step_on=None)
    moved(room)
    [after] = room.rows("items")
    assert (after.step_done, after.step_on) == (0, None)
