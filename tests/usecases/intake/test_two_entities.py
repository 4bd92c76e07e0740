"""Two companies in one tenant (A14, A23): a snapshot speaks only of the entities that it names."""

import pytest

from relance.core.intake.reports import ImportReport
from tests.usecases.intake.kit import Desk

WITH_ENTITY = "entity,customer_code,number,issued_on,due_on,amount"
PLAIN = "customer_code,number,issued_on,due_on,amount"


@pytest.fixture
def first(desk: Desk) -> str:
    """The code of the entity that was there first, beside a second one."""
    desk.add_entity("B2")
    return str(desk.select("select code from entities where entity_id = 1")[0][0])


def _lines(*numbers: str, entity: str = "") -> list[str]:
    rows = [f"C1,{number},2026-01-02,2026-02-01,100.00" for number in numbers]
    return [f"{entity},{row}" for row in rows] if entity else rows


def _open(desk: Desk) -> list[tuple[object, ...]]:
    return list(desk.select("select entity_id, number from items where open_amount <> 0 order by entity_id, number"))


def _of(desk: Desk, entity: str, *numbers: str) -> ImportReport:
    return desk.rows(*_lines(*numbers), header=PLAIN, entity=entity)


def test_one_file_with_a_column_of_entities_fills_both(desk: Desk, first: str) -> None:
    rows = [*_lines("F1", "F2", entity=first), *_lines("F1", entity="B2"), ",C1,F3,2026-01-02,2026-02-01,5.00"]
    report = desk.rows(*rows, "X9,C1,F4,2026-01-02,2026-02-01,5.00", header=WITH_ENTITY)
    assert [(row.line, row.code) for row in report.rejected] == [(6, "unknown-entity")]
    assert _open(desk) == [(1, "F1"), (1, "F2"), (1, "F3"), (2, "F1")]
    assert desk.select("select entity_id, code from customers order by entity_id") == [(1, "C1"), (2, "C1")]


def test_two_files_of_one_source_settle_only_what_is_of_their_own_entity(desk: Desk, first: str) -> None:
    _of(desk, first, "F1", "F2")
    second = _of(desk, "B2", "F1", "F7")
    assert (second.new, second.settled) == (2, 0)
    less = _of(desk, first, "F2")
    assert (less.settled, less.unchanged) == (1, 1)
    assert _open(desk) == [(1, "F2"), (2, "F1"), (2, "F7")]


def test_a_file_that_names_one_entity_in_its_column_leaves_the_other_alone(desk: Desk, first: str) -> None:
    desk.rows(*_lines("F1", "F2", entity=first), *_lines("F1", entity="B2"), header=WITH_ENTITY)
    report = desk.rows(*_lines("F2", entity=first), header=WITH_ENTITY)
    assert report.settled == 1
    assert _open(desk) == [(1, "F2"), (2, "F1")]
