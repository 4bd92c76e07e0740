"""The whole day on both databases."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, select, update

from relance.adapters.store.tables.collection import actions
from relance.adapters.store.tables.customers import customers
from relance.adapters.store.tables.ledger import items
from relance.adapters.store.work import SqlWork
from relance.adapters.supplied.files import SuppliedFiles
from relance.core.collection.scenarios import Scenario, Step
from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import TenantId
from relance.core.tenancy.users import Actor
from relance.ports.failpoints import FailpointError, arm
from relance.usecases.collection.run_day import DayDecided, NewDay, RunDay
from tests.usecases.collection.ledgers import NoHolidays, StillClock, item, put_customers, put_items


@pytest.fixture
def clock() -> StillClock:
    return StillClock(datetime(2026, 11, 22, 8, tzinfo=UTC))


@pytest.fixture
def system(work: SqlWork, tenant: TenantId) -> Actor:
    with work(tenant) as unit:
        for scenario in SuppliedFiles().scenarios():
            unit.collection.save_scenario(scenario)
    return Actor(tenant=tenant, user=None, name="system")


@pytest.fixture
def run(work: SqlWork, clock: StillClock) -> RunDay:
    return RunDay(work, clock, NoHolidays(), b"key", any_day=True)


def decided(run: RunDay, system: Actor, **wanted: object) -> DayDecided:
    return run(NewDay(actor=system, **wanted))


def test_every_account_gets_one_outcome(engine: Engine, tenant: TenantId, run: RunDay, system: Actor) -> None:
    put_customers(engine, tenant, *({"customer_id": n} for n in range(1, 6)))
    put_items(
        engine,
        tenant,
        [
            item(1, 1),
            item(2, 2, due_on=date(2026, 11, 20)),
            item(3, 3, hold="dispute"),
            item(4, 4),
            item(5, 4, type="credit-note", open_amount=-10_000),
        ],
    )
    day = decided(run, system)
    assert (day.created, day.kept, day.cancelled) == (1, 0, 0)
    assert day.skipped == {"all-held": 1, "in-credit": 1, "not-due": 1, "nothing-open": 1}
    again = decided(run, system)
    assert (again.created, again.kept, again.cancelled) == (0, 1, 0)
    assert again.skipped == day.skipped


def test_new_items_join_and_a_leader_that_is_gone_is_decided_again(
    engine: Engine, work: SqlWork, tenant: TenantId, run: RunDay, system: Actor
) -> None:
    put_customers(engine, tenant, {"customer_id": 1})
    put_items(engine, tenant, [item(1), item(2, due_on=date(2026, 11, 5))])
    decided(run, system)
    with work(tenant) as unit:
        first = unit.collection.open_actions(1)[0]
    assert (first.items, first.amounts, first.leader) == ((1, 2), {"EUR": 20_000}, 1)
    put_items(engine, tenant, [item(3, due_on=date(2026, 11, 3), open_amount=5_000)])
    assert decided(run, system).kept == 1
    with work(tenant) as unit:
        joined = unit.collection.open_actions(1)[0]
    assert (joined.action, joined.message_id, joined.items) == (first.action, first.message_id, (1, 3, 2))
    assert joined.amounts == {"EUR": 25_000}
    with engine.begin() as connection:
        connection.execute(update(items).where(items.c.item_id == 1).values(open_amount=0))
    day = decided(run, system)
    assert (day.created, day.kept, day.cancelled) == (1, 0, 1)
    with engine.connect() as connection:
        states = list(connection.execute(select(actions.c.state, actions.c.reason).order_by(actions.c.action_id)))
    assert [tuple(row) for row in states] == [("cancelled", "leader-gone"), ("to-confirm", "")]


def test_a_blocked_account_loses_its_planned_action(
    engine: Engine, tenant: TenantId, run: RunDay, system: Actor
) -> None:
    put_customers(engine, tenant, {"customer_id": 1})
    put_items(engine, tenant, [item(1)])
    decided(run, system)
    with engine.begin() as connection:
        connection.execute(update(customers).values(collection_stop=True))
    day = decided(run, system)
    assert (day.cancelled, day.skipped) == (1, {"blocked": 1})


def test_a_dry_run_writes_nothing_and_explains(engine: Engine, tenant: TenantId, run: RunDay, system: Actor) -> None:
    put_customers(engine, tenant, {"customer_id": 1})
    put_items(engine, tenant, [item(1)])
    day = decided(run, system, dry_run=True, explain="C1")
    assert day.created == 1
    assert [trace.code for trace in day.trace] == ["account", "currency", "leader", "next-step", "planned"]
    with engine.connect() as connection:
        assert connection.execute(select(actions)).first() is None


def test_a_day_that_breaks_in_the_middle_leaves_nothing_behind(
    engine: Engine, tenant: TenantId, run: RunDay, system: Actor
) -> None:
    """Failpoint `plan.mid`: one transaction, all or nothing."""
    put_customers(engine, tenant, {"customer_id": 1}, {"customer_id": 2})
    put_items(engine, tenant, [item(1), item(2, 2)])
    decided(run, system)
    with engine.begin() as connection:
        connection.execute(update(items).where(items.c.item_id == 1).values(open_amount=0))
    arm("plan.mid=error")
    try:
        with pytest.raises(FailpointError):
            decided(run, system)
    finally:
        arm("")
    with engine.connect() as connection:
        assert set(connection.execute(select(actions.c.state)).scalars()) == {"to-confirm"}
    day = decided(run, system)
    assert (day.kept, day.cancelled, day.skipped) == (1, 1, {"nothing-open": 1})


def test_d8_on_the_first_day_of_a_source_nothing_leaves_by_itself(
    engine: Engine, work: SqlWork, tenant: TenantId, run: RunDay, system: Actor, clock: StillClock
) -> None:
    reminder = Step(code="first", day=5, kind="email", template="first-reminder", automation="automatic")
    with work(tenant) as unit:
        unit.collection.save_scenario(Scenario(code="standard", name={"en": "All by itself"}, steps=(reminder,)))
    put_customers(engine, tenant, {"customer_id": 1}, {"customer_id": 2})
    put_items(engine, tenant, [item(1, due_on=date(2026, 11, 15))])
    decided(run, system)
    clock.moment += timedelta(days=1)
    put_items(engine, tenant, [item(2, 2, due_on=date(2026, 11, 15))])
    decided(run, system)
    with engine.connect() as connection:
        query = select(actions.c.state, actions.c.reason).order_by(actions.c.action_id)
        assert [tuple(row) for row in connection.execute(query)] == [("to-confirm", "first-day"), ("confirmed", "")]


def test_only_today_is_decided_outside_tests(work: SqlWork, clock: StillClock, system: Actor) -> None:
    strict = RunDay(work, clock, NoHolidays(), b"key")
    with pytest.raises(BadInput):
        strict(NewDay(actor=system, on=date(2026, 11, 20)))
    assert strict(NewDay(actor=system, on=date(2026, 11, 20), dry_run=True)).date == date(2026, 11, 20)


def test_b4_another_scenario_replaces_the_proposed_action(
    engine: Engine, tenant: TenantId, run: RunDay, system: Actor
) -> None:
    put_customers(engine, tenant, {"customer_id": 1})
    put_items(engine, tenant, [item(1)])
    decided(run, system)
    with engine.begin() as connection:
        connection.execute(update(customers).values(scenario="gentle"))
    day = decided(run, system)
    assert (day.created, day.cancelled) == (1, 1)
    with engine.begin() as connection:
        connection.execute(update(customers).values(scenario="none"))
    assert decided(run, system).skipped == {"scenario-without-action": 1}
