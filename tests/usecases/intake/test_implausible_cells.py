"""Cells that are a date or a currency by their form and by nothing else: their rows say so, and what to do."""

import pytest

from tests.usecases.intake.kit import Desk

HEADER = "customer_code,customer_name,number,issued_on,due_on,amount,currency,paid_on"


@pytest.mark.parametrize(
    ("cells", "code", "said"),
    [
        ("2026-01-05,2999-12-31,10.00,EUR,", "far-date", "due_on 2999-12-31 is implausibly far away"),
        ("2026-01-05,9999-12-31,10.00,EUR,", "far-date", "correct it in the file"),
        ("2026-01-05,2026-02-05,10.00,XXQ,", "bad-currency", "XXQ is no currency of ISO 4217"),
    ],
)
def test_an_implausible_cell_rejects_its_row_in_words(desk: Desk, cells: str, code: str, said: str) -> None:
    good = "C1,Acme,F1,2026-01-05,2026-02-05,10.00,EUR,9999-12-31"
    report = desk.rows(good, f"C1,Acme,F2,{cells}", header=HEADER)
    assert (report.accepted, [row.code for row in report.rejected]) == (1, [code])
    assert said in report.rejected[0].message


def test_a_number_that_a_spreadsheet_shortened_is_no_number(desk: Desk) -> None:
    good = "C1,Acme,F1,2026-01-05,2026-02-05,10.00,EUR,"
    report = desk.rows(good, "C1,Acme,1.8E+09,2026-01-05,2026-02-05,10.00,EUR,", header=HEADER)
    assert [(row.column, row.code) for row in report.rejected] == [("number", "digits-lost")]
