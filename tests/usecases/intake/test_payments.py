"""Payments reduce what they name; the next snapshot is the truth (A20)."""

import pytest

from tests.usecases.intake.kit import Desk

HEADER = "customer_code,paid_on,amount,number,reference"


@pytest.fixture
def owing(desk: Desk) -> Desk:
    """Customer C1 owes two invoices."""
    desk.rows("C1,Acme,N1,2026-01-05,2026-02-05,100.00", "C1,Acme,N2,2026-01-05,2026-02-05,50.00")
    return desk


def test_a_payment_settles_its_item_on_the_day_it_was_paid(owing: Desk) -> None:
    report = owing.rows("C1,2026-03-01,100.00,N1,R1", kind="payments", header=HEADER)
    assert (report.state, report.new, report.settled, report.sums) == ("done", 1, 1, {"EUR": "100.00"})
    assert owing.sum().open == {"EUR": "50.00"}
    assert owing.select("select settled_on, paid_on from items where number = 'N1'") == [(20513, 20513)]
    assert owing.select("select kind, open_before, open_after from item_changes") == [("settled", 10000, 0)]


def test_too_much_or_without_a_number_is_an_unallocated_payment(owing: Desk) -> None:
    owing.rows("C1,2026-03-01,120.00,N1,R1", "C1,2026-03-01,5.00,,R2", kind="payments", header=HEADER)
    assert owing.sum().open == {"EUR": "25.00"}
    rows = owing.select("select type, open_amount from items where type = 'payment' order by item_id")
    assert rows == [("payment", -2000), ("payment", -500)]


def test_the_same_payment_twice_is_an_error_row_also_in_a_later_file(owing: Desk) -> None:
    line = "C1,2026-03-01,10.00,N1,R1"
    report = owing.rows(line, line, kind="payments", header=HEADER)
    assert [(row.line, row.code) for row in report.rejected] == [(3, "duplicate-payment")]
    report = owing.rows(line, "C1,2026-03-02,10.00,N1,R2", kind="payments", header=HEADER)
    assert [(row.line, row.code) for row in report.rejected] == [(2, "duplicate-payment")]
    assert report.sums == {"EUR": "10.00"}
    assert owing.sum().open == {"EUR": "130.00"}


def test_the_identical_file_pays_nothing_again(owing: Desk) -> None:
    owing.rows("C1,2026-03-01,10.00,N1,", kind="payments", header=HEADER)
    assert owing.rows("C1,2026-03-01,10.00,N1,", kind="payments", header=HEADER).identical
    assert owing.sum().open == {"EUR": "140.00"}


def test_an_unknown_number_or_customer_is_an_error_row(owing: Desk) -> None:
    report = owing.rows("C1,2026-03-01,10,N9,", "C9,2026-03-01,10,N1,", kind="payments", header=HEADER)
    assert sorted(row.code for row in report.rejected) == ["unknown-customer", "unknown-number"]
    assert owing.sum().open == {"EUR": "150.00"}


def test_the_next_snapshot_is_the_truth_about_the_rest_too(owing: Desk) -> None:
    owing.rows("C1,2026-03-01,10.00,N1,", "C1,2026-03-01,5.00,,", kind="payments", header=HEADER)
    report = owing.rows("C1,Acme,N1,2026-01-05,2026-02-05,85.00", "C1,Acme,N2,2026-01-05,2026-02-05,50.00")
    assert (report.settled, report.changed) == (1, 1)
    assert owing.sum().open == {"EUR": "135.00"}


def test_a_list_with_debit_and_credit_asks_nothing_and_takes_what_came_in(owing: Desk) -> None:
    header = "Buchungstag,Kundennr,Soll,Haben,Verwendungszweck"
    lines = ("23.03.2026,C1,,60.00,RE N1", "24.03.2026,C1,-80.10,,back", "25.03.2026,C1,,,none")
    report = owing.rows(*lines, kind="payments", header=header)
    assert (report.state, report.questions, report.sums) == ("done", (), {"EUR": "60.00"})
    assert [(row.line, row.code) for row in report.rejected] == [(3, "money-out"), (4, "missing-value")]
    assert owing.sum().open == {"EUR": "90.00"}
