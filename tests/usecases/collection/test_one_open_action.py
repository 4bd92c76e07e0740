"""An account has at most one open action, whoever decides at the same time (D10); what is seen is no first day (D8)."""

from datetime import UTC, date, datetime, timedelta
from threading import Thread

import pytest
from sqlalchemy import Engine, insert, select, update
from sqlalchemy.exc import IntegrityError

from relance.adapters.store.tables.collection import actions
from relance.adapters.store.tables.intake import imports
from relance.adapters.store.work import SqlWork
from relance.adapters.supplied.files import SuppliedFiles
from relance.core.collection.rules import Rules, rules_on
from relance.core.kernel.identifiers import TenantId
from relance.core.tenancy.users import Actor
from relance.usecases.collection.replanning import Planner
from relance.usecases.collection.run_day import NewDay, RunDay
from relance.usecases.customers.assign_customer import AssignCustomer, CustomerChoice
from relance.usecases.qualification.hold_items import HoldItems, NewHolds
from relance.usecases.qualification.release_items import Release, ReleaseItems
from tests.usecases.collection.ledgers import NoHolidays, StillClock, item, put_customers, put_items

CLOCK = StillClock(datetime(2026, 11, 23, 8, tzinfo=UTC))
TODAY = date(2026, 11, 23)


@pytest.fixture
def system(engine: Engine, work: SqlWork, tenant: TenantId) -> Actor:
    """One account with two invoices."""
    with work(tenant) as unit:
        for scenario in SuppliedFiles().scenarios():
            unit.collection.save_scenario(scenario)
    put_customers(engine, tenant, {"customer_id": 1})
    put_items(engine, tenant, [item(1), item(2, due_on=date(2026, 11, 5), hold="dispute")])
    return Actor(tenant=tenant, user=None, name="system")


@pytest.mark.parametrize("verb", ["hold", "release", "assign"])
def test_who_decides_an_account_again_waits_for_the_day(work: SqlWork, system: Actor, verb: str) -> None:
    tools, done = (work, CLOCK, NoHolidays(), b"key"), []

    def decide() -> None:
        if verb == "hold":
            HoldItems(*tools)(NewHolds(actor=system, references=("C1/F001",), kind="dispute"))
        elif verb == "release":
            ReleaseItems(*tools)(Release(actor=system, references=("C1/F002",)))
        else:
            AssignCustomer(*tools)(CustomerChoice(actor=system, code="C1", scenario="gentle"))
        done.append(verb)

    thread = Thread(target=decide)
    with work(system.tenant) as unit:
        unit.day.lock()
        thread.start()
        thread.join(timeout=0.7)
        assert not done
    thread.join(timeout=20)
    assert done == [verb]


def test_the_database_itself_refuses_a_second_open_action(engine: Engine, work: SqlWork, system: Actor) -> None:
    RunDay(work, CLOCK, NoHolidays(), b"key")(NewDay(actor=system))
    with engine.begin() as connection:
        row = dict(connection.execute(select(actions)).mappings().one())
    second = row | {"action_id": 99, "occurrence": 2, "state": "confirmed"}
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(insert(actions), [second])
    with engine.begin() as connection:
        connection.execute(insert(actions), [second | {"state": "sent"}])


def test_what_a_person_moved_meanwhile_stays_and_nothing_replaces_it(
    engine: Engine, work: SqlWork, system: Actor
) -> None:
    RunDay(work, CLOCK, NoHolidays(), b"key")(NewDay(actor=system))
    with engine.begin() as connection:
        connection.exec_driver_sql("update items set open_amount = 0 where item_id = 1")
        connection.exec_driver_sql("update items set hold = null")
    with work.reading(system.tenant) as unit:
        decided = Planner(unit, TODAY, NoHolidays(), b"key").decide()
    assert (len(decided.created), len(decided.cancelled)) == (1, 1)
    with engine.begin() as connection:
        connection.execute(update(actions).values(state="confirmed", fence=actions.c.fence + 1))
    with work(system.tenant) as unit:
        Planner(unit, TODAY, NoHolidays(), b"key").write(decided, "system")
        assert [action.state for action in unit.collection.open_actions(1)] == ["confirmed"]


def test_a_source_that_a_day_has_seen_is_not_new_the_day_after(engine: Engine, work: SqlWork, system: Actor) -> None:
    """The import and the day may bear the same moment: numbers tell which was first."""
    assert _first_days(engine, work, system, imported=1) == [True, False]


def test_a_source_that_came_after_the_day_is_new_the_day_after(engine: Engine, work: SqlWork, system: Actor) -> None:
    RunDay(work, CLOCK, NoHolidays(), b"key")(NewDay(actor=system))
    assert _first_days(engine, work, system, imported=2) == [True, True]


def _first_days(engine: Engine, work: SqlWork, system: Actor, imported: int) -> list[bool]:
    """Whether it is the account's first day on two days; the import of its source bears the first day's moment."""
    line = {"tenant_id": system.tenant, "import_id": imported, "kind": "items", "mode": "stock", "source_id": 1}
    line |= {"file_name": "f", "fingerprint": "", "archive_ref": "", "state": "done", "author": "ann", "report": {}}
    with engine.begin() as connection:
        connection.execute(insert(imports), line | {"started_at": CLOCK.moment, "finished_at": CLOCK.moment})
    seen = []
    for days in (0, 1):
        on = rules_on(Rules(), TODAY + timedelta(days=days), lambda _day: False)
        with work.reading(system.tenant) as unit:
            [account] = unit.day.accounts(on, on.today, "standard")
            seen.append(account.account.first_day)
        if imported == 1 and not days:
            RunDay(work, CLOCK, NoHolidays(), b"key")(NewDay(actor=system))
    return seen
