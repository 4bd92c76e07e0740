"""What a person answered decides how cells are read: constants, splits, terms, sides, blanks, payment dates."""

import polars as pl
import pytest

from relance.adapters.intake.reader import ColumnarReader
from relance.core.intake.fields import Kind
from relance.core.kernel.days import day_number, day_of
from relance.core.kernel.errors import BadInput
from relance.ports.importers import Table
from relance.ports.intake import CUSTOMER_TERMS, Checked, Plan

HEADER = "customer_code,number,issued_on,due_on,amount"


def check(header: str, *rows: str, kind: Kind = "items", **said: dict[str, str]) -> Checked:
    cells = [row.split(",") for row in rows]
    columns = {name: [row[place] for row in cells] for place, name in enumerate(header.split(","))}
    table = Table(columns=pl.DataFrame({"line": range(2, len(rows) + 2)} | columns))
    known = {"entity": {"": 1}, "last_step": {}, CUSTOMER_TERMS: {"C1": "30 eom"}}
    plan = Plan(
        kind=kind, mapping=said.get("mapping", {}), options=said.get("options", {}), currency="EUR", known=known
    )
    return ColumnarReader().check(iter([table]), plan)


def test_a_value_may_stand_for_every_row() -> None:
    mapping = {"currency": "=USD", "terms": "=30 EOM 15"}
    checked = check("customer_code,number,issued_on,amount", "C1,N1,2026-01-10,5", mapping=mapping)
    assert (checked.questions, checked.sums) == ((), {"USD": 500})
    assert [str(day_of(day)) for day in checked.records["due_on"]] == ["2026-03-15"]


@pytest.mark.parametrize(
    ("template", "cell"),
    [("code - name", "C1001 - Acme & Co"), ("name (code)", "Acme & Co (C1001)"), ("code name", "C1001 Acme & Co")],
)
def test_a_cell_may_hold_a_code_and_a_name(template: str, cell: str) -> None:
    mapping = {"customer_code": "who", "customer_name": "who"}
    checked = check(
        "who,number,issued_on,due_on,amount",
        f"{cell},N1,2026-01-10,2026-02-10,5",
        mapping=mapping,
        options={"split.customer_code": template},
    )
    assert checked.records.select("customer_code", "customer_name").row(0) == ("C1001", "Acme & Co")


def test_a_column_may_tell_debit_from_credit() -> None:
    checked = check(f"{HEADER},sign", "C1,N1,2026-01-10,2026-02-10,5,S", "C1,N2,2026-01-10,2026-02-10,3,H")
    assert checked.records["amount"].to_list() == [500, -300]
    assert checked.records["type"].to_list() == ["invoice", "payment"]
    assert [row.code for row in check(f"{HEADER},sign", "C1,N1,2026-01-10,2026-02-10,5,X").rejected] == ["unknown-sign"]


def test_codes_of_terms_have_their_days_and_customers_have_theirs() -> None:
    header = "customer_code,number,issued_on,terms,amount"
    checked = check(header, "C1,N1,2026-01-10,NAA8,5", options={"terms.naa8": "15"})
    assert checked.records["due_on"].to_list() == [day_number(day_of(0).replace(2026, 1, 25))]
    rows = ("C1,N1,2026-01-10,5", "C2,N2,2026-01-10,5")
    checked = check("customer_code,number,issued_on,amount", *rows, options={"due": "customer"})
    assert [str(day_of(day)) for day in checked.records["due_on"]] == ["2026-02-28"]
    assert [(row.line, row.code) for row in checked.rejected] == [(3, "no-terms")]


def test_words_for_nothing_are_empty_and_a_dash_is_nothing_open() -> None:
    header = f"{HEADER},open_amount,paid_on,currency"
    checked = check(header, "C1,N1,2026-01-10,2026-02-10,5,---,n/a,-", "C1,N2,2026-01-10,n/a,5,1,,EUR")
    assert checked.records.select("open_amount", "paid_on", "currency").row(0) == (0, None, "EUR")
    assert [(row.line, row.code) for row in checked.rejected] == [(3, "missing-value")]


def test_rows_with_a_payment_date_are_settled_and_stay_in_the_control_sum() -> None:
    rows = ("C1,N1,2026-01-10,2026-02-10,5,2026-02-01", "C1,N2,2026-01-10,2026-02-10,7,")
    checked = check(f"{HEADER},paid_on", *rows, options={"paid": "settled"})
    assert (checked.records["open_amount"].to_list(), checked.sums) == ([0, 700], {"EUR": 1200})


@pytest.mark.parametrize(
    "option", ["terms.X=soon", "split.customer_code=(a+)+$", "split.number=code - name", "due=now"]
)
def test_an_option_that_means_nothing_is_refused(option: str) -> None:
    name, _, value = option.partition("=")
    with pytest.raises(BadInput):
        check(HEADER, "C1,N1,2026-01-10,2026-02-10,5", options={name: value})
