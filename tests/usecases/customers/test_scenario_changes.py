"""Another scenario replaces what the one before proposed, and knows what was done already (B4, D7)."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, update

from relance.adapters.render.renderer import JinjaRenderer
from relance.adapters.standards import CldrStandards
from relance.adapters.store.tables.customers import customers
from relance.adapters.supplied.files import SuppliedFiles
from relance.core.kernel.identifiers import TenantId
from relance.usecases.collection.confirm_actions import ConfirmActions, Confirmation
from relance.usecases.collection.run_day import NewDay, RunDay
from relance.usecases.customers.assign_customer import AssignCustomer, CustomerChoice
from relance.usecases.tenancy.change_settings import ChangeSettings, NewSettings
from tests.usecases.collection.ledgers import NoHolidays
from tests.usecases.intake.kit import Desk

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def desk(engine: Engine, tenant: TenantId, tmp_path: Path) -> Desk:
    """C1 and C2 owe an invoice of twenty days; their first reminders wait to be confirmed."""
    desk = Desk(engine, tenant, tmp_path)
    desk.clock.moment = NOW
    with desk.work(tenant) as unit:
        unit.tenancy.save_setting("sender", "Acme <ar@acme.example>", NOW, "test")
        unit.tenancy.save_setting("send-without-collector", "on", NOW, "test")
        for scenario in SuppliedFiles().scenarios():
            unit.collection.save_scenario(scenario)
        for template in SuppliedFiles().templates():
            unit.collection.save_template(template)
    desk.rows(*(f"C{n},Customer {n},F{n},2026-10-01,2026-11-03,100.00" for n in (1, 2)))
    desk.rows("C1,pay@c1.example,Ann,1", kind="contacts", header="customer_code,email,name,collection")
    RunDay(desk.work, desk.clock, NoHolidays(), b"key")(NewDay(actor=desk.actor))
    return desk


def actions_of(desk: Desk, customer: int = 1) -> list[tuple[object, ...]]:
    query = f"select scenario, step, state, reason from actions where customer_id = {customer} order by action_id"
    return list(desk.select(query))


def assign(desk: Desk, scenario: str) -> int:
    verb = AssignCustomer(desk.work, desk.clock, NoHolidays(), b"key")
    return verb(CustomerChoice(actor=desk.actor, code="C1", scenario=scenario))


def confirm(desk: Desk) -> None:
    verb = ConfirmActions(desk.work, desk.clock, NoHolidays(), JinjaRenderer())
    said = verb(Confirmation(actor=desk.actor, actions=None))
    assert actions_of(desk)[0][2] == "confirmed", said.refused


WITHDRAWN = ("standard", "first-reminder", "cancelled", "scenario-changed")
INSTEAD = ("gentle", "first-reminder", "to-confirm", "")


@pytest.mark.parametrize("confirmed", [False, True])
def test_a_chosen_scenario_replaces_the_proposal_at_once(desk: Desk, confirmed: bool) -> None:
    if confirmed:
        confirm(desk)
    assert assign(desk, "gentle") == 1
    assert actions_of(desk) == [WITHDRAWN, INSTEAD]
    assert desk.select("select count(*) from messages") == [(0,)]


@pytest.mark.parametrize("confirmed", [False, True])
def test_an_imported_scenario_replaces_the_proposal_at_once(desk: Desk, confirmed: bool) -> None:
    if confirmed:
        confirm(desk)
    desk.rows("C1,Customer 1,gentle", "C2,Customer 2,", kind="customers", header="code,name,scenario")
    assert actions_of(desk) == [WITHDRAWN, INSTEAD]
    assert desk.select("select count(*) from messages") == [(0,)]
    [(*_, state, reason)] = actions_of(desk, 2)
    assert (state, reason) != WITHDRAWN[2:], "an account that keeps its scenario is left alone"


def test_a_scenario_without_steps_leaves_nothing(desk: Desk) -> None:
    desk.rows("C1,Customer 1,none", kind="customers", header="code,name,scenario")
    assert actions_of(desk) == [WITHDRAWN]


@pytest.mark.parametrize(("done", "becomes"), [(1, 0), (2, 0), (3, 1), (4, 2), (5, 3)])
def test_an_imported_scenario_counts_steps_by_their_days(desk: Desk, done: int, becomes: int) -> None:
    with desk.engine.begin() as connection:
        connection.exec_driver_sql(f"update items set step_done = {done}, step_elsewhere = {done}, step_on = 20780")
    desk.rows("C1,Customer 1,gentle", kind="customers", header="code,name,scenario")
    steps = "select step_done, step_elsewhere, step_on from items order by item_id"
    assert desk.select(steps) == [(becomes, becomes, 20780 if becomes else None), (done, done, 20780)]


def test_a_chosen_scenario_counts_steps_by_their_days(desk: Desk) -> None:
    """One reminder of the third step: the gentle scenario goes on with its call, not with another first letter."""
    with desk.engine.begin() as connection:
        connection.exec_driver_sql("update items set step_done = 3 where item_id = 1")
    assign(desk, "gentle")
    assert desk.select("select step_done from items where item_id = 1") == [(1,)]


def test_a_scenario_without_steps_forgets_nothing(desk: Desk) -> None:
    with desk.engine.begin() as connection:
        connection.exec_driver_sql("update items set step_done = 3 where item_id = 1")
    assign(desk, "none")
    assert desk.select("select step_done from items where item_id = 1") == [(3,)]


def test_accounts_without_their_own_move_with_the_default(desk: Desk) -> None:
    with desk.work(desk.actor.tenant) as unit:
        unit.tenancy.save_setting("scenario", "standard", NOW, "test")
    with desk.engine.begin() as connection:
        connection.execute(update(customers).where(customers.c.customer_id == 1).values(scenario=None))
    verb = ChangeSettings(desk.work, desk.clock, CldrStandards(), NoHolidays(), b"key")
    verb(NewSettings(actor=desk.actor, values={"scenario": "gentle"}))
    assert actions_of(desk, 1) == [WITHDRAWN, INSTEAD]
    [(_, step, state, _)] = actions_of(desk, 2)
    assert (step, state) == ("first-reminder", "to-confirm"), "an account with its own scenario is left alone"
