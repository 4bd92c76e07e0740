"""Automatic actions and old invoices, each behaviour by its identifier."""

from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import Engine, insert

from relance.adapters.calendars import HolidayCalendars
from relance.adapters.store.tables.collection import actions
from relance.adapters.store.tables.customers import contacts, customers
from relance.adapters.store.tables.tenancy import users
from relance.core.collection.designing import StepEdit
from relance.core.collection.scenario_checks import faults
from relance.core.collection.scenarios import Automation, Scenario, Step, StepKind
from relance.core.kernel.identifiers import CustomerId, TenantId
from relance.plugins.channels.email import EmailChannel
from relance.usecases.collection.begin_specific import NewSpecific
from relance.usecases.collection.dispatch import Dispatched
from relance.usecases.collection.run_day import NewDay, RunDay
from tests.delivery_ledger import TODAY, decide, system
from tests.usecases.collection.mailroom import Mailroom
from tests.usecases.collection.test_specific_actions import Office
from tests.usecases.scenarios.desk import actions_of, change, designing_desk, publish


def step(kind: StepKind, automation: Automation) -> Step:
    return Step(code="one", day=5, kind=kind, template="t", automation=automation)


@pytest.mark.parametrize(
    ("kind", "automation", "good"),
    [
        ("email", "automatic", True),
        ("email", "to-confirm", True),
        ("call", "automatic", False),
        ("task", "automatic", False),
        ("call", "manual", True),
    ],
)
def test_s1_1_s1_2_a3_channels_can_be_automatic_calls_and_tasks_cannot(
    kind: StepKind, automation: Automation, good: bool
) -> None:
    scenario = Scenario(code="s", name={"en": "S"}, steps=(step(kind, automation),))
    assert [fault.field for fault in faults(scenario, {"t"})] == ([] if good else ["automation"])
    assert EmailChannel.capabilities.automatic


def test_s1_3_s1_5_what_is_automatic_asks_to_be_confirmed_unless_told_otherwise() -> None:
    assert Step(code="one", day=5, kind="email", template="t").automation == "to-confirm"
    assert NewSpecific(actor=system(TenantId(1)), code="C1").automation == "to-confirm"


def test_s1_4_s1_7_a_step_that_needs_no_confirmation_leaves_by_itself(
    engine: Engine, tenant: TenantId, tmp_path: Path
) -> None:
    desk = designing_desk(engine, tenant, tmp_path)
    with desk.work.reading(tenant) as unit:
        second = unit.collection.scenario("standard").steps[1]
        rules = unit.tenancy.settings()
    assert (second.automation, rules.switch("first-day-confirm")) == ("to-confirm", True)
    with desk.work(tenant) as unit:
        unit.tenancy.save_setting("first-day-confirm", "off", desk.clock.now(), "ann")
        unit.tenancy.save_setting("late-step-days", "0", desk.clock.now(), "ann")
    change(desk, StepEdit(step=msgspec.structs.replace(second, automation="automatic"), place=2))
    publish(desk, in_flight="move")
    assert [row[3] for row in actions_of(desk)] == ["cancelled", "confirmed"]


def test_s1_6_what_is_to_be_confirmed_leaves_only_then(engine: Engine, tenant: TenantId) -> None:
    room = Mailroom(engine, tenant)
    assert (room.dispatch(), room.state()[0]) == (Dispatched(), "to-confirm")
    room.confirm(1)
    assert room.dispatch() == Dispatched(sent=1)


def test_s1_12_who_gets_the_reminders_is_named_first(engine: Engine, tenant: TenantId) -> None:
    room = Mailroom(engine, tenant)
    with engine.begin() as connection:
        other = {"tenant_id": tenant, "contact_id": 9, "customer_id": 1, "name": "Aaron", "email": "a@c1.example"}
        connection.execute(insert(contacts), other)
    with room.work.reading(tenant) as unit:
        assert [one.name for one in unit.contacts.of(CustomerId(1))] == ["Martin", "Aaron"]
    room.change(contacts, contacts.c.contact_id == 9, collection=True)
    room.change(contacts, contacts.c.contact_id == 1, collection=False)
    with room.work.reading(tenant) as unit:
        assert [one.name for one in unit.contacts.of(CustomerId(1))] == ["Aaron", "Martin"]


@pytest.mark.parametrize(("paid", "became"), [(False, "sent"), (True, "cancelled")])
def test_s1_15_s1_16_the_items_are_looked_at_on_the_day_of_the_action(
    engine: Engine, tenant: TenantId, paid: bool, became: str
) -> None:
    room = Mailroom(engine, tenant, automation="automatic")
    room.change(actions, actions.c.action_id == 1, state="planned", due_on=TODAY + timedelta(days=1), reason="")
    if paid:
        room.change_item(1, open_amount=0, settled_on=TODAY)
    assert room.dispatch() == Dispatched(), "not before its day"
    room.clock.moment += timedelta(days=1)
    room.dispatch()
    assert room.state()[0] == became


def test_s1_17_the_sender_is_who_collects_the_account_when_it_leaves(engine: Engine, tenant: TenantId) -> None:
    room = Mailroom(engine, tenant, automation="automatic")
    room.change(actions, actions.c.action_id == 1, state="planned", reason="")
    with engine.begin() as connection:
        [ann] = connection.execute(users.select()).all()
        bob = {"user_id": 2, "email": "bob@acme.example", "name": "Bob Ray"}
        connection.execute(insert(users), dict(ann._mapping) | bob)
    room.change(customers, customers.c.customer_id == 1, collector_id=2)
    room.dispatch()
    [message] = room.channel.carried
    assert (message.sender.name, message.sender.email) == ("Bob Ray", "bob@acme.example")


def test_a8_what_was_not_confirmed_stays_as_late_and_is_looked_at_again(engine: Engine, tenant: TenantId) -> None:
    room = Mailroom(engine, tenant)
    [before] = room.rows("actions")
    room.clock.moment += timedelta(days=2)
    decide(room.work, tenant, room.clock)
    [late] = room.rows("actions")
    assert (late.state, late.due_on) == ("to-confirm", before.due_on)
    room.change_item(1, open_amount=70_000)
    assert room.confirm(1).changed == 1
    room.dispatch()
    assert "700,00" in room.channel.carried[0].subject


def test_s3_17_s3_19_s3_20_a_very_old_invoice_keeps_its_old_day_and_is_taken_up_by_a_specific_action(
    engine: Engine, tenant: TenantId
) -> None:
    office = Office(engine, tenant)
    office.change(actions, actions.c.action_id == 1, state="cancelled")
    office.day()
    [_, old] = office.rows("actions")
    assert (old.state, old.leader_item_id, old.due_on) == ("to-confirm", 2, date(2025, 6, 6))
    office.begin(2)
    assert office.of_the_scenario() == (1,), "the scenario goes on with what is in a normal situation"


def test_s3_18_after_the_last_step_the_account_says_so(engine: Engine, tenant: TenantId) -> None:
    room = Mailroom(engine, tenant)
    room.change_item(1, step_done=5, step_on=TODAY - timedelta(days=30))
    room.change(actions, actions.c.action_id == 1, state="cancelled")
    told = RunDay(room.work, room.clock, HolidayCalendars(), b"key", True)(NewDay(actor=room.actor))
    assert told.skipped == {"scenario-ended": 1}


@pytest.mark.parametrize("cause", ["paid", "nobody-to-write-to", "window-closed"])
def test_s1_20_what_was_confirmed_obeys_the_same_rules_when_it_leaves(
    engine: Engine, tenant: TenantId, cause: str
) -> None:
    room = Mailroom(engine, tenant)
    room.confirm(1)
    if cause == "paid":
        room.change_item(1, open_amount=0, settled_on=TODAY)
    elif cause == "nobody-to-write-to":
        room.change(contacts, contacts.c.contact_id == 1, collection=False)
    else:
        room.clock.moment += timedelta(hours=14)
    done = room.dispatch()
    became = {"paid": "cancelled", "nobody-to-write-to": "held", "window-closed": "confirmed"}
    assert (room.channel.carried, done.sent, room.state()[0]) == ([], 0, became[cause])


def test_s1_21_an_action_keeps_its_items_and_what_was_sent_keeps_them_for_good(
    engine: Engine, tenant: TenantId
) -> None:
    room = Mailroom(engine, tenant)
    [planned] = room.rows("actions")
    assert planned.item_ids
    room.confirm(1)
    room.dispatch()
    room.change_item(1, open_amount=0, settled_on=TODAY)
    decide(room.work, tenant, room.clock)
    listed = [row.item_id for row in room.rows("listed_items") if row.action_id == 1]
    assert sorted(listed) == sorted(planned.item_ids)
