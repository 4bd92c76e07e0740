"""A day is foreseen: every account is in one group, and every row says to whom, from whom and about what."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from relance.core.kernel.errors import NotFound
from relance.core.kernel.identifiers import TenantId
from relance.usecases.collection.foresee_day import DayForeseen, DayToForesee, ForeseeDay
from tests.usecases.collection.ledgers import NoHolidays
from tests.usecases.intake.kit import Desk
from tests.usecases.scenarios.desk import NOW, designing_desk


@pytest.fixture
def desk(engine: Engine, tenant: TenantId, tmp_path: Path) -> Desk:
    """C1 and C2 wait for a confirmation; C3 falls due in ten days, C4 is old enough for tomorrow's note."""
    desk = designing_desk(engine, tenant, tmp_path)
    with desk.work(tenant) as unit:
        unit.tenancy.save_setting("sender", "Acme <ar@acme.example>", NOW, "test")
        unit.tenancy.save_setting("send-without-collector", "on", NOW, "test")
    old = [f"C{n},Customer {n},F{n},2026-10-01,2026-11-03,{n}00.00" for n in (1, 2)]
    desk.rows(*old, "C3,Three,F3,2026-11-01,2026-12-23,50.00", "C4,Four,F4,2026-11-01,2026-11-29,70.00")
    desk.rows("C1,pay@c1.example,Ann,1", kind="contacts", header="customer_code,email,name,collection")
    return desk


def foresee(desk: Desk, **wanted: object) -> DayForeseen:
    verb = ForeseeDay(desk.work, desk.clock, NoHolidays(), b"key")
    return verb(DayToForesee(actor=desk.actor, **wanted))  # type: ignore[arg-type]  # a request's fields


def test_every_account_is_in_one_group_and_tomorrow_is_the_day(desk: Desk) -> None:
    seen = foresee(desk)
    assert seen.date == date(2026, 11, 24)
    assert seen.groups == {"to-confirm": 3, "not-due": 1}
    assert {(row.customer, row.step) for row in seen.rows} == {
        ("C1", "first-reminder"),
        ("C2", "first-reminder"),
        ("C4", "courtesy-note"),
    }
    assert desk.select("select count(*) from actions") == [(2,)]


def test_a_row_says_to_whom_from_whom_and_about_what(desk: Desk) -> None:
    rows = {row.customer: row for row in foresee(desk, group="to-confirm").rows}
    one = rows["C1"]
    assert (one.to, one.sender, one.items) == (("pay@c1.example",), "ar@acme.example", ("F1",))
    assert one.amounts == {"EUR": "100.00"} and one.action == 1 and rows["C4"].action is None
    assert rows["C2"].holds == ("no-collection-contact",)


def test_the_reasons_open_their_lists(desk: Desk) -> None:
    seen = foresee(desk, group="not-due")
    assert [(row.customer, row.reason) for row in seen.rows] == [("C3", "not-due")]
    assert foresee(desk, group="in-credit").rows == []
    with pytest.raises(NotFound):
        foresee(desk, group="nonsense")
