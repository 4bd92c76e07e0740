"""Items of customers whom nobody knows: created, or left out, and the choice is kept only where a person says so."""

import pytest

from relance.core.intake.reports import ImportReport
from tests.usecases.intake.kit import Desk

ROWS = ("C1,Acme,F1,2026-01-02,2026-02-01,100.00", "C2,,F2,2026-01-02,2026-02-01,50.00")
MAPPED = {name: name for name in ("customer_code", "customer_name", "number", "issued_on", "due_on", "amount")}


def _answered(desk: Desk, answer: str, *rows: str, **more: object) -> ImportReport:
    return desk.rows(*rows, options={"create-customers": answer} if answer else {}, **more)


def _refused(report: ImportReport) -> list[tuple[int, str, str]]:
    return [(row.line, row.value, row.code) for row in report.rejected]


def test_an_unknown_customer_is_created_with_the_name_in_the_file_else_with_its_code(desk: Desk) -> None:
    report = _answered(desk, "yes", *ROWS)
    assert (report.state, report.new, report.new_customers, report.rejected) == ("done", 2, 2, ())
    assert desk.select("select code, name from customers order by code") == [("C1", "Acme"), ("C2", "C2")]
    assert desk.rows(*ROWS).identical, "to say what is usual makes no other file"


def test_rows_of_unknown_customers_stay_out_where_a_person_says_so(desk: Desk) -> None:
    desk.rows("C1,Acme", kind="customers", header="code,name")
    report = _answered(desk, "no", *ROWS)
    assert (report.state, report.new, report.new_customers) == ("done", 1, 0)
    assert _refused(report) == [(3, "C2", "unknown-customer")]
    assert desk.select("select code from customers") == [("C1",)]


def test_a_customer_of_another_entity_is_unknown(desk: Desk) -> None:
    desk.rows("C1,Acme", kind="customers", header="code,name")
    desk.add_entity("B2")
    report = _answered(desk, "no", *ROWS, entity="B2")
    assert [row.value for row in report.rejected] == ["C1", "C2"]


def test_the_same_file_is_read_again_once_its_customers_came(desk: Desk) -> None:
    desk.rows("C1,Acme", kind="customers", header="code,name")
    _answered(desk, "no", *ROWS)
    desk.rows("C2,Globex", kind="customers", header="code,name")
    report = _answered(desk, "no", *ROWS)
    assert (report.identical, report.new, report.rejected) == (False, 1, ())


@pytest.mark.parametrize(("answer", "next_time"), [("no", 0), ("never", 1), ("always", 0)])
def test_the_answer_is_kept_only_where_it_is_for_good(desk: Desk, answer: str, next_time: int) -> None:
    desk.rows("C1,Acme", kind="customers", header="code,name")
    _answered(desk, answer, *ROWS, profile="erp", mapping=MAPPED)
    report = desk.rows(ROWS[0], "C3,New,F3,2026-01-02,2026-02-01,70.00", profile="erp", mode="delta")
    assert len(report.rejected) == next_time


def test_what_is_said_of_one_file_does_not_change_what_was_kept(desk: Desk) -> None:
    desk.rows("C1,Acme", kind="customers", header="code,name")
    _answered(desk, "never", *ROWS, profile="erp", mapping=MAPPED)
    assert _answered(desk, "yes", *ROWS, profile="erp", mode="delta").new_customers == 1
    other = desk.rows("C3,New,F3,2026-01-02,2026-02-01,70.00", ROWS[0], profile="erp", mode="delta")
    assert _refused(other) == [(2, "C3", "unknown-customer")]


def test_only_items_create_customers(desk: Desk) -> None:
    report = _answered(desk, "yes", "C1,Ann", kind="contacts", header="customer_code,name")
    assert (report.state, report.reason) == ("refused", "bad-input")
