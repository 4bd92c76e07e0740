"""A draft is played over the coming weeks of today's ledger, beside what is published, and nothing is written."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from relance.core.collection.designing import StepEdit
from relance.core.collection.scenario_checks import ScenarioFaulty
from relance.core.collection.scenarios import Step
from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import TenantId
from relance.usecases.scenarios.simulate_scenario import Simulated, SimulateScenario, Simulation
from tests.usecases.collection.ledgers import NoHolidays
from tests.usecases.intake.kit import Desk
from tests.usecases.scenarios.desk import NOW, change, designing_desk, run_day


@pytest.fixture
def desk(engine: Engine, tenant: TenantId, tmp_path: Path) -> Desk:
    return designing_desk(engine, tenant, tmp_path)


def simulate(desk: Desk, **wanted: object) -> Simulated:
    request = Simulation(actor=desk.actor, code="standard", **wanted)  # type: ignore[arg-type]  # a request's fields
    return SimulateScenario(desk.work, desk.clock, NoHolidays())(request)


def test_what_is_published_is_played_over_four_weeks(desk: Desk) -> None:
    seen = simulate(desk)
    assert seen.drafted is None and seen.live and seen.accounts == 2
    assert (seen.first, seen.last) == (date(2026, 11, 23), date(2026, 12, 20))
    assert (seen.live.emails, seen.live.calls, seen.live.tasks) == (4, 2, 0)
    busy = {day.on: (day.emails, day.calls) for day in seen.live.days if day.emails or day.calls}
    assert busy == {date(2026, 11, 23): (2, 0), date(2026, 12, 3): (2, 0), date(2026, 12, 14): (0, 2)}
    assert seen.live.steps == {"first-reminder": 2, "second-reminder": 2, "call": 2}
    assert seen.live.emails_each == {2: 2} and seen.live.busiest[0].customer == "C1"
    assert seen.live.jumps == []


def test_a_draft_is_played_beside_it_and_says_who_would_jump(desk: Desk) -> None:
    with desk.work(desk.actor.tenant) as unit:
        unit.tenancy.save_setting("minimum-delay", "0", NOW, "test")
        unit.connection.exec_driver_sql("update items set step_done = 2, step_on = due_on + 6 where tenant_id = 1")  # type: ignore[attr-defined]  # SQL
    for code, day in (("soft", 3), ("softer", 2)):
        change(desk, StepEdit(step=Step(code=code, day=day, kind="email", template="second-reminder")))
    before = desk.select("select count(*), sum(fence) from actions")
    seen = simulate(desk, weeks=2, in_flight="move")
    assert seen.drafted and seen.live and seen.drafted.emails == seen.live.emails == 2
    [jump] = seen.drafted.jumps
    assert (jump.before, jump.after, jump.customers) == ("first-reminder", "second-reminder", 2)
    assert jump.missed == ("softer", "soft")
    assert simulate(desk, weeks=2).live and seen.live.jumps == []
    assert desk.select("select count(*), sum(fence) from actions") == before


def test_the_simulation_agrees_with_the_days_themselves(desk: Desk) -> None:
    """The first message of every account is the one that the day plans."""
    desk.rows(
        *(f"C{n},Customer {n},F{n},2026-10-01,2026-11-03,{n}00.00" for n in (1, 2)),
        "C3,Three,F3,2026-11-01,2026-12-02,50.00",
        "C4,Four,F4,2026-11-01,2027-03-29,70.00",
        "C5,Five,N5,2026-11-01,2026-11-10,-70.00",
    )
    live = simulate(desk, weeks=1).live
    planned = run_day(desk, dry_run=True, on=date(2026, 11, 27))
    assert live and live.untouched == {"not-due": 1, "in-credit": 1}
    assert [(row.customer, row.step) for row in planned.planned] == [("C3", "courtesy-note")]
    assert live.steps == {"courtesy-note": 1, "first-reminder": 2}


def test_a_faulty_draft_is_not_simulated_and_weeks_are_few(desk: Desk) -> None:
    with pytest.raises(BadInput):
        simulate(desk, weeks=9)
    change(desk, StepEdit(step=Step(code="x", day=5, kind="email", template="nothing")))
    with pytest.raises(ScenarioFaulty):
        simulate(desk)


@pytest.mark.parametrize(
    ("settings", "busy", "waited"),
    [
        ({"daily-cap": "1"}, {"2026-11-23": 1, "2026-11-24": 1, "2026-12-03": 1, "2026-12-04": 1}, 1),
        ({"contact-budget": "1"}, {"2026-11-23": 2}, 0),
        ({"windows-email": "thu 09:00-10:00"}, {"2026-11-26": 2, "2026-12-10": 2}, 0),
    ],
)
def test_the_days_cap_the_accounts_budget_and_the_kinds_hours_hold_in_the_weeks_too(
    desk: Desk, settings: dict[str, str], busy: dict[str, int], waited: int
) -> None:
    """A26, I-15, S1.19."""
    with desk.work(desk.actor.tenant) as unit:
        for name, value in settings.items():
            unit.tenancy.save_setting(name, value, NOW, "test")
    live = simulate(desk).live
    assert live
    assert {day.on.isoformat(): day.emails for day in live.days if day.emails} == busy
    assert live.waited == waited
