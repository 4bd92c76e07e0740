"""Skipping, cancelling and finishing, on both databases."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, select

from relance.adapters.store.tables.customers import customers
from relance.adapters.store.tables.ledger import items
from relance.adapters.store.work import SqlWork
from relance.adapters.supplied.files import SuppliedFiles
from relance.core.collection.actions import ActionMoved
from relance.core.kernel.errors import BadInput, NotFound
from relance.core.kernel.identifiers import TenantId, UserId
from relance.core.tenancy.users import Actor
from relance.usecases.collection.cancel_action import CancelAction, Cancellation
from relance.usecases.collection.finish_action import FinishAction, Finished
from relance.usecases.collection.list_actions import ActionsQuestion, ListActions
from relance.usecases.collection.run_day import NewDay, RunDay
from relance.usecases.collection.skip_action import SkipAction, Skipping
from tests.usecases.collection.ledgers import NoHolidays, StillClock, item, put_customers, put_items

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
TODAY = NOW.date()


class Desk:
    """A tenant with a clock, one customer, and the verbs that end actions."""

    def __init__(self, work: SqlWork, tenant: TenantId) -> None:
        self.work, self.clock, self.none = work, StillClock(NOW), NoHolidays()
        self.actor = Actor(tenant=tenant, user=None, name="ann")
        with work(tenant) as unit:
            for scenario in SuppliedFiles().scenarios():
                unit.collection.save_scenario(scenario)

    def day(self, later: int = 0) -> dict[str, int]:
        self.clock.moment = NOW + timedelta(days=later)
        done = RunDay(self.work, self.clock, self.none, b"k")(NewDay(actor=self.actor))
        return {"created": done.created, "kept": done.kept, **done.skipped}

    def skip(self, *actions: int, reason: str = "spoke to them") -> int:
        verb = SkipAction(self.work, self.clock, self.none)
        return verb(Skipping(actor=self.actor, actions=actions, reason=reason)).changed

    def cancel(self, *actions: int) -> int:
        verb = CancelAction(self.work, self.clock, self.none)
        return verb(Cancellation(actor=self.actor, actions=actions, reason="wrong address")).changed

    def finish(self, *actions: int) -> int:
        verb = FinishAction(self.work, self.clock, self.none)
        return verb(Finished(actor=self.actor, actions=actions, comment="will pay")).changed

    def rows(self) -> list[tuple[int, str, str, str]]:
        found = ListActions(self.work)(ActionsQuestion(actor=self.actor))
        return [(row.action, row.step, row.state, row.reason) for row in found]


@pytest.fixture
def desk(engine: Engine, work: SqlWork, tenant: TenantId) -> Desk:
    put_customers(engine, tenant, {"customer_id": 1})
    return Desk(work, tenant)


def test_a_skipped_step_counts_as_done_and_the_next_waits_its_distance(desk: Desk, engine: Engine) -> None:
    """D7, D8: ten days lie between the two reminders."""
    put_items(engine, desk.actor.tenant, [item(1), item(2, due_on=date(2026, 11, 20))])
    desk.day()
    assert desk.skip(1) == 1
    assert desk.rows() == [(1, "first-reminder", "cancelled", "skipped")]
    with engine.connect() as connection:
        order = select(items.c.step_done, items.c.step_on).order_by(items.c.item_id)
        steps = [tuple(row) for row in connection.execute(order)]
    assert steps == [(2, TODAY), (0, None)], "the second was listed after its note had lapsed"
    assert desk.day(9) == {"created": 0, "kept": 0, "waiting-for-step": 1}
    assert desk.day(10)["created"] == 1
    assert desk.rows()[-1][1:3] == ("second-reminder", "to-confirm")


def test_a_cancelled_action_is_decided_again_by_the_next_day(desk: Desk, engine: Engine) -> None:
    put_items(engine, desk.actor.tenant, [item(1)])
    desk.day()
    assert desk.cancel(1) == 1
    assert desk.day(1)["created"] == 1
    assert [row[:3] for row in desk.rows()] == [(1, "first-reminder", "cancelled"), (2, "first-reminder", "to-confirm")]
    with pytest.raises(ActionMoved):
        desk.cancel(1)


def test_a_call_is_finished_and_delays_the_next_message(desk: Desk, engine: Engine) -> None:
    put_items(engine, desk.actor.tenant, [item(1, step_done=3, step_on=date(2026, 11, 1), due_on=date(2026, 10, 20))])
    desk.day()
    assert desk.rows() == [(1, "call", "planned", "")]
    assert desk.finish(1) == 1
    assert desk.rows() == [(1, "call", "done", "")]
    with engine.connect() as connection:
        assert connection.execute(select(customers.c.last_contact_on)).scalar() == TODAY
        assert connection.execute(select(items.c.step_done)).scalar() == 4


def test_what_cannot_be_ended_says_why(desk: Desk, engine: Engine) -> None:
    put_items(engine, desk.actor.tenant, [item(1)])
    desk.day()
    with pytest.raises(BadInput):
        desk.finish(1)
    with pytest.raises(BadInput):
        desk.skip(1, reason="  ")
    with pytest.raises(NotFound):
        desk.skip(1, 99)
    assert desk.rows() == [(1, "first-reminder", "to-confirm", "")]
    desk.actor = Actor(tenant=desk.actor.tenant, user=UserId(9), name="bob", role="collector", own_only=True)
    assert desk.rows() == []
    with pytest.raises(NotFound):
        desk.skip(1)


def test_the_list_has_every_public_column(desk: Desk, engine: Engine) -> None:
    put_items(engine, desk.actor.tenant, [item(1), item(2, currency="USD", due_on=date(2026, 11, 3))])
    desk.day()
    question = ActionsQuestion(actor=desk.actor, state="to-confirm", due_on=date(2026, 11, 6))
    row = ListActions(desk.work)(question)[0]
    assert (row.customer, row.kind, row.channel, row.recipient) == ("C1", "email", "email", "ann@c1.example")
    assert (row.amount, row.currency, row.amounts) == ("100.00", "EUR", {"EUR": "100.00", "USD": "100.00"})
    assert (row.items, row.sender, row.attempts, row.not_before) == (("F001", "F002"), "", 0, None)
    assert row.message_id.startswith("<acme.1.1.") and row.message_id.endswith("@relance.invalid>")
