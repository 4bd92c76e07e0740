"""Who is told of late interest: as the tenant says for new customers, then each by its own switch (B8)."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from relance.core.customers.mass_changes import Changes, Selection
from relance.core.customers.search_language import parse
from relance.core.kernel.identifiers import TenantId
from relance.usecases.customers.change_many import ChangeMany, ManyChanged, ManyChanges
from relance.usecases.customers.undo_changes import ChangeToUndo, UndoChanges
from tests.usecases.collection.ledgers import NoHolidays
from tests.usecases.intake.kit import Desk

PLAIN = "code,name"
WITH_SWITCH = "code,name,penalties"


@pytest.fixture
def desk(engine: Engine, tenant: TenantId, tmp_path: Path) -> Desk:
    """C1 and C2, who came while new customers were told of interest."""
    desk = Desk(engine, tenant, tmp_path)
    desk.rows("C1,Un", "C2,Deux", kind="customers", header=PLAIN)
    return desk


def told(desk: Desk) -> list[str]:
    """The codes of those who are told of interest."""
    return [str(code) for (code,) in desk.select("select code from customers where penalties order by code")]


def change(desk: Desk, penalties: bool, search: str = "", dry_run: bool = False) -> ManyChanged:
    verb = ChangeMany(desk.work, desk.clock, NoHolidays(), b"key")
    selection, wanted = Selection(search=parse(search)), Changes(penalties=penalties)
    return verb(ManyChanges(actor=desk.actor, selection=selection, wanted=wanted, dry_run=dry_run))


def test_new_customers_begin_as_the_setting_says_and_known_ones_keep_theirs(desk: Desk) -> None:
    with desk.work(desk.tenant) as unit:
        unit.tenancy.save_setting("penalties", "off", desk.clock.now(), "test")
    desk.rows("C2,Deux again", "C3,Trois", kind="customers", header=PLAIN)
    desk.rows("C4,Quatre,F1,2026-01-01,2026-02-01,10.00")
    assert told(desk) == ["C1", "C2"]


def test_an_import_switches_and_an_empty_cell_leaves_it_as_it_is(desk: Desk) -> None:
    desk.rows("C1,Un,0", "C2,Deux,", "C3,Trois,", "C4,Quatre,no", kind="customers", header=WITH_SWITCH)
    assert told(desk) == ["C2", "C3"]
    desk.rows("C1,Un,", "C4,Quatre,yes", kind="customers", header=WITH_SWITCH)
    assert told(desk) == ["C2", "C3", "C4"]


def test_many_are_switched_at_once_found_by_it_and_switched_back(desk: Desk) -> None:
    assert change(desk, False, dry_run=True).changed == {"penalties": 2}
    done = change(desk, False)
    assert (done.changed, told(desk)) == ({"penalties": 2}, [])
    again = change(desk, True, "penalties = no and code = C2")
    assert (again.customers, told(desk)) == (1, ["C2"])
    undo = UndoChanges(desk.work, desk.clock, NoHolidays(), b"key")
    assert undo(ChangeToUndo(actor=desk.actor, change=done.change or 0)) == {"penalties": 1}
    assert told(desk) == ["C1", "C2"]
