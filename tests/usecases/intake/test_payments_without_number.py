"""Payments on account that their ERP gave no number: taken, the same item every time, and told."""

import pytest

from relance.core.intake.reports import ImportReport, Note
from tests.usecases.intake.kit import Desk

HEADER = "customer_code,type,number,issued_on,due_on,amount"
INVOICE = "C1,invoice,F1,2026-01-02,2026-02-01,500.00"
PAID = "C1,payment,,2026-01-05,,-100.00"


def _put(desk: Desk, *rows: str, **more: object) -> ImportReport:
    return desk.rows(*rows, header=HEADER, options={"signs": "negative"}, **more)


def _open(desk: Desk) -> list[tuple[object, ...]]:
    rows = desk.select("select number, open_amount from items where open_amount <> 0 order by number")
    return [tuple(row) for row in rows]


def test_they_get_their_day_and_amount_as_a_number_and_a_rank_where_all_is_the_same(desk: Desk) -> None:
    report = _put(desk, INVOICE, PAID, PAID, "C1,payment,,2026-01-05,,-7.5", "C2,payment,,2026-01-05,,-100")
    assert (report.new, report.rejected) == (5, ())
    assert report.notes == (
        Note("numbers-made", 4, ("20260105-100.00", "20260105-100.00-2", "20260105-7.50", "20260105-100.00")),
    )
    made = ["20260105-100.00", "20260105-100.00", "20260105-100.00-2", "20260105-7.50", "F1"]
    assert [number for number, _ in _open(desk)] == made


def test_the_next_full_list_speaks_of_the_same_items_and_one_that_is_gone_is_settled(desk: Desk) -> None:
    _put(desk, INVOICE, PAID, PAID)
    again = _put(desk, PAID, INVOICE, PAID, "C1,invoice,F2,2026-01-02,2026-02-01,1.00")
    assert (again.new, again.unchanged, again.settled) == (1, 3, 0)
    less = _put(desk, INVOICE, PAID, "C1,invoice,F2,2026-01-02,2026-02-01,1.00")
    assert (less.new, less.settled) == (0, 1)
    assert _open(desk) == [("20260105-100.00", -10000), ("F1", 50000), ("F2", 100)]


@pytest.mark.parametrize(
    "row",
    [
        "C1,invoice,,2026-01-02,2026-02-01,5.00",
        "C1,miscellaneous,,2026-01-02,2026-02-01,-5",
        "C1,credit-note,,2026-01-02,,-5",
    ],
)
def test_any_other_item_needs_its_number(desk: Desk, row: str) -> None:
    report = _put(desk, INVOICE, row, mode="delta")
    assert [(reject.line, reject.column, reject.code) for reject in report.rejected] == [(3, "number", "missing-value")]
