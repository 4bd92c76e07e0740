"""A scenario's own minimum and ignore threshold hold for its day, its messages and its simulation (B2, B3, D5)."""

from pathlib import Path

import msgspec
import pytest
from sqlalchemy import Engine

from relance.core.collection.designing import Details
from relance.core.kernel.identifiers import TenantId
from relance.usecases.scenarios.simulate_scenario import SimulateScenario, Simulation
from tests.usecases.collection.ledgers import NoHolidays
from tests.usecases.collection.mailroom import Mailroom
from tests.usecases.intake.kit import Desk
from tests.usecases.scenarios.desk import NOW, actions_of, change, designing_desk, publish, run_day


@pytest.fixture
def desk(engine: Engine, tenant: TenantId, tmp_path: Path) -> Desk:
    return designing_desk(engine, tenant, tmp_path)


def chase(desk: Desk, minimum: str = "", ignore: str = "") -> None:
    change(desk, Details(name={"en": "Standard"}, minimum=minimum, ignore=ignore))
    publish(desk)


def tenants_own(desk: Desk, name: str, value: str) -> None:
    with desk.work(desk.actor.tenant) as unit:
        unit.tenancy.save_setting(name, value, NOW, "test")


def test_an_account_below_the_scenarios_minimum_gets_nothing(desk: Desk) -> None:
    chase(desk, minimum="EUR=150")
    run_day(desk)
    assert [row[3] for row in actions_of(desk, 1)] == ["cancelled"]
    assert actions_of(desk, 2)[-1][3] == "to-confirm"
    assert run_day(desk).skipped == {"below-minimum": 1}


def test_the_scenarios_thresholds_count_in_place_of_the_tenants(desk: Desk) -> None:
    tenants_own(desk, "minimum-amount", "EUR=1000")
    tenants_own(desk, "ignore-threshold", "EUR=1000")
    assert run_day(desk).cancelled == 2
    chase(desk, minimum="EUR=0", ignore="EUR=150")
    seen = run_day(desk, dry_run=True)
    assert [row.customer for row in seen.planned] == ["C2"] or actions_of(desk, 2)[-1][3] == "to-confirm"
    assert actions_of(desk, 1)[-1][3] == "cancelled"


def test_items_below_the_threshold_are_not_listed_and_the_next_one_that_counts_is_found(desk: Desk) -> None:
    rows = [f"C1,Customer 1,F{n},2026-10-01,2026-11-0{n},{amount}" for n, amount in ((1, "9.00"), (3, "300.00"))]
    later = "C1,Customer 1,L1,2026-10-01,2027-03-01,5.00", "C1,Customer 1,L2,2026-10-01,2027-03-02,500.00"
    chase(desk, ignore="EUR=10")
    desk.rows(*rows, *later, "C2,Customer 2,S1,2026-10-01,2027-03-01,5.00")
    seen = run_day(desk)
    assert desk.select("select amount from actions where state = 'to-confirm'") == [(30000,)]
    assert seen.skipped == {"nothing-to-collect": 1}


def test_a_simulation_leaves_out_what_the_draft_does(desk: Desk) -> None:
    change(desk, Details(name={"en": "Standard"}, minimum="EUR=150"))
    seen = SimulateScenario(desk.work, desk.clock, NoHolidays())(Simulation(actor=desk.actor, code="standard", weeks=1))
    assert seen.drafted and seen.drafted.untouched == {"below-minimum": 1} and seen.drafted.emails == 1
    assert seen.live and seen.live.emails == 2


def test_a_message_below_its_scenarios_minimum_does_not_leave(engine: Engine, tenant: TenantId) -> None:
    room = Mailroom(engine, tenant, automation="automatic")
    with room.work(tenant) as unit:
        for scenario in unit.collection.scenarios():
            unit.collection.save_scenario(msgspec.structs.replace(scenario, minimum="EUR=1000000"))
    room.change_action(1, state="confirmed")
    room.dispatch(ignore_windows=True)
    assert room.state() == ("cancelled", "below-minimum") and room.channel.carried == []
