"""A step with a condition is passed over for who does not meet it, and its action goes when it no longer holds."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from relance.core.collection.scenarios import Scenario, Step
from relance.core.kernel.identifiers import TenantId
from tests.usecases.intake.kit import Desk
from tests.usecases.scenarios.desk import actions_of, designing_desk, run_day


@pytest.fixture
def desk(engine: Engine, tenant: TenantId, tmp_path: Path) -> Desk:
    return designing_desk(engine, tenant, tmp_path)


def step(code: str, day: int, only_if: str = "") -> Step:
    return Step(code=code, day=day, kind="email", template="first-reminder", only_if=only_if)


def chase(desk: Desk, *steps: Step) -> None:
    with desk.work(desk.actor.tenant) as unit:
        unit.collection.save_scenario(Scenario(code="standard", name={"en": "Standard"}, steps=steps, version=2))
        unit.connection.exec_driver_sql("update actions set state = 'cancelled' where tenant_id = 1")  # type: ignore[attr-defined]  # SQL


def test_who_does_not_meet_it_goes_on_to_the_next_step(desk: Desk) -> None:
    chase(desk, step("soft", 5, "overdue < 150"), step("firm", 15))
    run_day(desk)
    assert [row[0] for row in actions_of(desk, 1)][1:] == ["soft"]
    assert [row[0] for row in actions_of(desk, 2)][1:] == ["firm"]


def test_without_a_step_left_the_reason_says_so(desk: Desk) -> None:
    chase(desk, step("soft", 5, "overdue < 150"))
    assert run_day(desk).skipped == {"condition-not-met": 1}
    with desk.engine.begin() as connection:
        connection.exec_driver_sql("update items set step_done = 1, step_on = due_on + 5 where tenant_id = 1")
        connection.exec_driver_sql("delete from actions where tenant_id = 1")
    assert run_day(desk).skipped == {"scenario-ended": 2}


def test_an_action_whose_condition_is_gone_goes_too(desk: Desk) -> None:
    chase(desk, step("soft", 5, "overdue < 150"))
    run_day(desk)
    old = "C2,Customer 2,F2,2026-10-01,2026-11-03,200.00"
    desk.rows("C1,Customer 1,F1,2026-10-01,2026-11-03,100.00", "C1,Customer 1,G1,2026-10-01,2026-11-04,100.00", old)
    seen = run_day(desk)
    assert (seen.cancelled, seen.skipped) == (1, {"condition-not-met": 2})
    assert desk.select("select reason from actions where step = 'soft'") == [("condition-not-met",)]
