"""A call of a step may be a colleague's, by role; without one of that role it stays the collector's (S3.15)."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, insert

from relance.adapters.store.tables.customers import customer_colleagues
from relance.core.collection.scenarios import Scenario, Step
from relance.core.kernel.identifiers import TenantId, UserId
from relance.core.tenancy.users import User
from tests.usecases.intake.kit import Desk
from tests.usecases.scenarios.desk import NOW, designing_desk, run_day

CALL = Step(code="call", day=5, kind="call", template="call-script", automation="manual", done_by="viewer")


@pytest.fixture
def desk(engine: Engine, tenant: TenantId, tmp_path: Path) -> Desk:
    desk = designing_desk(engine, tenant, tmp_path)
    with desk.work(tenant) as unit:
        unit.collection.save_scenario(Scenario(code="standard", name={"en": "S"}, steps=(CALL,), version=2))
        unit.connection.exec_driver_sql("delete from actions where tenant_id = 1")  # type: ignore[attr-defined]  # SQL
        for number, role in ((7, "manager"), (8, "viewer")):
            person = User(user=UserId(number), email=f"p{number}@acme.example", name=f"P{number}", role=role)  # type: ignore[arg-type]  # a role
            unit.tenancy.add_user(person, None)
            link = {"tenant_id": tenant, "link_id": number, "customer_id": 1, "user_id": number, "origin": "person"}
            unit.connection.execute(insert(customer_colleagues), [link | {"author": "x", "at": NOW}])  # type: ignore[attr-defined]  # SQL
    return desk


def test_the_colleague_of_the_role_gets_the_call(desk: Desk) -> None:
    run_day(desk)
    rows = desk.select("select customer_id, assignee_id from actions order by customer_id")
    assert [tuple(row) for row in rows] == [(1, 8), (2, None)]
