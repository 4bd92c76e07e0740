"""Lists made for paper: names above their rows are no rows, and a credit needs no due date."""

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter
from sqlalchemy import Engine

from relance.adapters.store.engine import engine_for
from relance.plugins.importers.excel import Workbooks
from tests.usecases.intake.kit import Desk

NAMELESS = """Open Invoices,,,,,,
As of March 2,,,,,,
,Date,Transaction Type,Num,Terms,Due Date,Open Balance
Acme Clinic,,,,,,
,01/15/2026,Invoice,1001,Net 30,02/14/2026,"1,200.00"
,02/20/2026,Credit Memo,1002,,,-50.00
Total for Acme Clinic,,,,,,"1,150.00"
Zenith Labs,,,,,,
,01/25/2026,Invoice,1003,Net 30,02/24/2026,300.00
,01/26/2026,Invoice,1004,,,7.00
Total for Zenith Labs,,,,,,307.00
TOTAL,,,,,,"1,457.00"
"""
NAMED = """Type,Date,Num,Name,Due Date,Open Balance
Acme Clinic,,,,,
Invoice,01/15/2026,1001,Acme Clinic,02/14/2026,"1,200.00"
Credit Memo,02/20/2026,1002,Acme Clinic,,-50.00
Total Acme Clinic,,,,,"1,150.00"
Zenith Labs,,,,,
Invoice,01/25/2026,1003,Zenith Labs,02/24/2026,300.00
Only a remark,,,,,
Invoice,01/26/2026,1004,Zenith Labs,,7.00
Total Zenith Labs,,,,,307.00
"""

AMONG = """Invoice Date,Due Date,Invoice Number,Current,1 Month,Total
Acme Clinic,,,,,
15 Jan 2026,14 Feb 2026,1001,0.00,"1,200.00","1,200.00"
20 Feb 2026,,1002,0.00,-50.00,-50.00
Total Acme Clinic,,,0.00,"1,150.00","1,150.00"
Zenith Labs,,,,,
25 Jan 2026,24 Feb 2026,1003,0.00,300.00,300.00
26 Jan 2026,,1004,0.00,7.00,7.00
Total Zenith Labs,,,0.00,307.00,307.00
Total,,,0.00,"1,457.00","1,457.00"
"""


@pytest.fixture
def engine(empty_sqlite: Path, tmp_path: Path) -> Iterator[Engine]:
    """A list is a list: one database is enough."""
    shutil.copyfile(empty_sqlite, tmp_path / "relance.db")
    engine = engine_for(f"sqlite:///{tmp_path}/relance.db")
    yield engine
    engine.dispose()


def as_workbook(folder: Path, text: str) -> Path:
    """The same list as a program writes it into a workbook."""
    file = folder / "list.xlsx"
    with xlsxwriter.Workbook(str(file)) as made:
        sheet = made.add_worksheet()
        for place, row in enumerate(csv.reader(text.splitlines())):
            sheet.write_row(place, 0, [cell or None for cell in row])
    return file


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize(("text", "column"), [(NAMELESS, "Customer"), (NAMED, "Name"), (AMONG, "Customer")])
def test_names_above_rows_are_no_rows_and_credits_need_no_due_date(
    desk: Desk, form: str, text: str, column: str
) -> None:
    desk.shelve(Workbooks())
    mapping = {"customer_code": column}
    if form == "csv":
        report = desk.put(text, mapping=mapping)
    else:
        report = desk.put_file(as_workbook(desk.folder, text), mapping=mapping)
    codes = [(row.code, row.column) for row in report.rejected]
    remark = [("missing-value", column)] if column == "Name" else []
    assert (report.state, report.accepted) == ("done", 3), report
    assert sorted(codes) == sorted([("missing-value", "Due Date"), *remark])
    assert [(note.code, note.count) for note in report.notes if note.code == "group-headings"] == [
        ("group-headings", 2)
    ]
    asked = "select c.code, i.number, i.open_amount from items i join customers c using (customer_id) order by number"
    assert desk.select(asked) == [
        ("Acme Clinic", "1001", 120000),
        ("Acme Clinic", "1002", -5000),
        ("Zenith Labs", "1003", 30000),
    ]
    assert desk.select("select due_on - issued_on from items where number = '1002'") == [(0,)]
