"""Which accounts raise an alert, and for whom (S1.14, S2.7, S2.10, S3.14, A1)."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from relance.core.kernel.identifiers import TenantId, UserId
from relance.core.tenancy.users import Actor, User
from relance.usecases.customers.assign_customer import AssignCustomer, CustomerChoice
from relance.usecases.customers.show_alerts import ShowAlerts
from tests.usecases.collection.ledgers import NoHolidays
from tests.usecases.intake.kit import Desk

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
HEADER = "customer_code,customer_name,number,issued_on,due_on,amount,type"
ROWS = (
    "C1,Owes,F1,2026-01-01,2026-02-01,100.00,invoice",
    "C2,Is owed,A2,2026-01-01,2026-02-01,-50.00,credit_note",
    "C3,Even,F3,2026-01-01,2026-02-01,70.00,invoice",
    "C3,Even,A3,2026-01-01,2026-02-01,-70.00,credit_note",
    "C4,Not yet,F4,2026-11-01,2027-01-01,10.00,invoice",
)


@pytest.fixture
def desk(engine: Engine, tenant: TenantId, tmp_path: Path) -> Desk:
    desk = Desk(engine, tenant, tmp_path)
    desk.clock.moment = NOW
    desk.rows(*ROWS, header=HEADER)
    return desk


def raised(desk: Desk, actor: Actor | None = None) -> dict[str, int]:
    return {one.alert: one.customers for one in ShowAlerts(desk.work, desk.clock)(actor or desk.actor)}


def test_a_balance_of_either_sign_without_a_collector_raises_one_and_a_zero_balance_none(desk: Desk) -> None:
    found = raised(desk)
    assert found["no-collector"] == 3
    assert found["no-collection-contact"] == 2


def test_a_default_scenario_is_a_scenario(desk: Desk) -> None:
    assert "no-scenario" not in raised(desk)
    with desk.work(desk.actor.tenant) as unit:
        unit.tenancy.save_setting("scenario", "", NOW, "test")
    desk.rows("C5,Late comer,F5,2026-01-01,2026-02-01,10.00,invoice", header=HEADER, mode="delta")
    assert raised(desk)["no-scenario"] == 1
    with desk.work(desk.actor.tenant) as unit:
        unit.tenancy.save_setting("scenario", "standard", NOW, "test")
    assert "no-scenario" not in raised(desk)


def test_who_sees_only_their_own_is_told_of_their_own(desk: Desk) -> None:
    with desk.work(desk.actor.tenant) as unit:
        ann = UserId(unit.tenancy.next_numbers("users", 1))
        unit.tenancy.add_user(User(user=ann, email="ann9@acme.example", name="Ann", role="collector"), None)
    AssignCustomer(desk.work, desk.clock, NoHolidays(), b"key")(
        CustomerChoice(actor=desk.actor, code="C1", collector=ann)
    )
    mine = Actor(tenant=desk.actor.tenant, user=ann, name="Ann", role="collector", own_only=True)
    assert raised(desk)["no-collector"] == 2
    assert raised(desk, mine) == {"no-collection-contact": 1}
