"""Lists that programs make for paper: whose the rows are stands above them, sums have no word, pages repeat."""

import csv
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from sqlalchemy import Engine

from relance.adapters.store.engine import engine_for
from relance.plugins.importers.excel import Workbooks
from tests.usecases.intake.kit import Desk

RULE = "-" * 78
PIPES = f"""Debitoren Einzelpostenliste                          23.11.2026        Seite   1
{RULE}
Debitor         1000123
Buchungskreis   1000

Name            Müller GmbH
{RULE}
| S|Belegnr   |Art|Belegdatum|Nettofäll.|Betrag in HW    |HWähr|
{RULE}
| O|1800000123|RV |01.09.2026|01.10.2026|       12.345,67|EUR  |
| O|1600000007|DG |20.09.2026|20.09.2026|         120,50-|EUR  |
{RULE}
|* |          |   |          |          |       12.225,17|EUR  |
{RULE}
|**|Debitor 1000123       |          |          |       12.225,17|EUR  |
{RULE}
Debitor         1000456
Buchungskreis   1000

Name            Bäcker & Söhne KG
{RULE}
| S|Belegnr   |Art|Belegdatum|Nettofäll.|Betrag in HW    |HWähr|
{RULE}
| O|1800000130|RV |05.10.2026|04.11.2026|        2.000,00|EUR  |
{RULE}
|* |          |   |          |          |        2.000,00|EUR  |
"""
WIDTHS = f""" Customer      1000123
 Name          Müller GmbH
{RULE}
   St   DocumentNo  Type  Doc. Date   Net due dt   Amt in loc.cur.  LCurr
{RULE}
   @5B@ 1800000123  RV    09/14/2026  10/14/2026        12,345.67   EUR
   @5B@ 1600000007  DG    09/30/2026  09/30/2026           120.50-  EUR
{RULE}
*                                                      12,225.17   EUR
{RULE}
 Customer      1000456
 Name          Bäcker & Söhne KG
{RULE}
   St   DocumentNo  Type  Doc. Date   Net due dt   Amt in loc.cur.  LCurr
{RULE}
   @5B@ 1800000130  RV    10/05/2026  11/04/2026         2,000.00   EUR
*                                                       2,000.00   EUR
"""
SAGE = """Date: 23/11/2026,,Sunrise Trading Ltd,,,,Page: 1
Date To:,23/11/2026,,,,Customer To:,ZZZZZZZZ
,,,,,,
A/C:,1000123,Name:,Müller GmbH,,Contact:,John Smith
,,,,,,
No,Type,Date,Ref,Due Date,Balance,Current
101,SI,03/09/2026,INV0101,03/10/2026,"12,345.67",0.00
115,SC,14/09/2026,CRN0012,14/09/2026,-120.50,0.00
,,,,Totals:,"12,225.17",0.00
Credit Limit,"50,000.00",,,,,
,,,,,,
A/C:,1000456,Name:,Bäcker & Söhne KG,,Contact:,Vera
,,,,,,
No,Type,Date,Ref,Due Date,Balance,Current
130,SI,28/10/2026,INV0130,27/11/2026,"2,000.00","2,000.00"
,,,,Totals:,"2,000.00","2,000.00"
,,,,Grand Totals:,"14,225.17","2,000.00"
"""
WORDLESS = """Konto;Beschriftung;Rechnungs-Nr.;Datum;Fälligkeit;Betrag Soll;Betrag Haben;Saldo;S/H;Währung
1000123;Müller GmbH;RE-101;01.09.2026;01.10.2026;12.345,67;;;;EUR
1000123;Müller GmbH;GS-004;20.09.2026;20.09.2026;;120,50;;;EUR
1000123;;;;;12.345,67;120,50;12.225,17;S;EUR
1000456;Bäcker & Söhne KG;RE-130;05.10.2026;04.11.2026;2.000,00;;;;EUR
1000456;;;;;2.000,00;0,00;2.000,00;S;EUR
;;;;;14.345,67;120,50;14.225,17;S;EUR
"""
PAGES = """Aged Receivables,,,,,,
Sunrise Trading,,,,,Page 1 of 2,
Cust. ID,Name,Invoice,Inv Date,Due Date,Balance,Cur
1000123,Müller GmbH,10021,9/14/2026,10/14/2026,"12,345.67",EUR
1000123,Müller GmbH,10029,9/25/2026,9/25/2026,(120.50),EUR
Aged Receivables,,,,,,
Sunrise Trading,,,,,Page 2 of 2,
Cust. ID,Name,Invoice,Inv Date,Due Date,Balance,Cur
1000456,Bäcker & Söhne KG,10060,10/3/2026,11/2/2026,"2,000.00",EUR
Report Total:,,,,,"14,225.17",EUR
"""
NAMES = [("1000123", "Müller GmbH"), ("1000456", "Bäcker & Söhne KG")]


@pytest.fixture
def engine(empty_sqlite: Path, tmp_path: Path) -> Iterator[Engine]:
    """A list is a list: one database is enough."""
    shutil.copyfile(empty_sqlite, tmp_path / "relance.db")
    engine = engine_for(f"sqlite:///{tmp_path}/relance.db")
    yield engine
    engine.dispose()


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(PIPES, "cp1252"), (WIDTHS, "utf-8"), (SAGE, "cp1252"), (WORDLESS, "utf-16"), (PAGES, "utf-8-sig")],
    ids=["pipes", "fixed widths", "labels in cells", "sums without a word", "pages"],
)
def test_whose_the_rows_are_and_what_is_no_row_is_understood(desk: Desk, text: str, encoding: str) -> None:
    report = desk.put(text.encode(encoding))
    assert (report.state, report.questions, report.rejected, report.new) == ("done", (), (), 3)
    assert desk.sum().open == {"EUR": "14225.17"}
    assert desk.select("select code, name from customers order by code") == NAMES


def test_the_labels_may_stand_in_the_cells_of_a_sheet(desk: Desk) -> None:
    desk.shelve(Workbooks())
    file = desk.folder / "aged.xlsx"
    with xlsxwriter.Workbook(str(file)) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(csv.reader(SAGE.splitlines())):
            sheet.write_row(place, 0, [cell or None for cell in row])
    report = desk.put_file(file)
    assert (report.state, report.rejected, report.sums) == ("done", (), {"EUR": "14225.17"})
    assert desk.select("select code, name from customers order by code") == NAMES


NESTED = """,Type,Date,Num,Due Date,Open Balance
Abercrombie,,,,,
,Invoice,10/02/2026,1090,11/01/2026,10.00
Kitchen,,,,,
,Invoice,10/12/2026,1091,11/11/2026,"3,111.28"
Total Kitchen,,,,,"3,111.28"
Total Abercrombie,,,,,"3,121.28"
Allard,,,,,
Kitchen,,,,,
,Invoice,10/28/2026,1088,11/27/2026,"14,510.00"
Total Kitchen,,,,,"14,510.00"
Total Allard,,,,,"14,510.00"
TOTAL,,,,,"17,631.28"
"""


def test_a_job_of_a_customer_is_not_the_same_job_of_another(desk: Desk) -> None:
    report = desk.put(NESTED, mapping={"customer_code": "Customer"})
    assert (report.state, report.rejected) == ("done", ())
    found = desk.select("select number, c.code from items join customers c using (customer_id) order by number")
    assert found == [("1088", "Allard:Kitchen"), ("1090", "Abercrombie"), ("1091", "Abercrombie:Kitchen")]


def test_a_label_far_above_an_ordinary_table_is_nobody_s(desk: Desk) -> None:
    lines = (
        "Customer: 77 Elsewhere",
        "",
        "Customer No,Invoice,Date,Due Date,Amount",
        "C1,F1,2026-09-01,2026-10-01,5.00",
    )
    assert desk.put("\n".join(lines) + "\n").state == "done"
    assert desk.select("select code from customers") == [("C1",)]


SEPTEMBER, OCTOBER = date(2026, 9, 24), date(2026, 10, 24)
ABOVE = [
    ["", "Invoice Date", "Due Date", "Amount", "Total"],
    ["Azure Interior", None, None, 1200.5, 1200.5],
    ["INV/12", SEPTEMBER, OCTOBER, 1200.5, None],
    ["Deco Addict", None, None, 250, 250],
    ["INV/31", SEPTEMBER, OCTOBER, 300, None],
    ["RINV/2", SEPTEMBER, SEPTEMBER, -50, None],
    ["Total Aged Receivable", None, None, 1450.5, 1450.5],
]
BESIDE = [
    ["#", "Customer Code", "Customer Name", "Document No.", "Posting Date", "Due Date", "Balance Due"],
    ["1", "C20", "Azure Interior", "", None, None, "$ 1,200.50"],
    ["", "", "", "INV/12", SEPTEMBER, OCTOBER, "$ 1,200.50"],
    ["2", "C30", "Deco Addict", "", None, None, "$ 250.00"],
    ["", "", "", "INV/31", SEPTEMBER, OCTOBER, "$ 300.00"],
    ["", "", "", "RINV/2", SEPTEMBER, SEPTEMBER, "$ (50.00)"],
    ["", "", "", "", None, None, "$ 1,450.50"],
]


@pytest.mark.parametrize(
    ("rows", "mapping", "codes"),
    [(ABOVE, {"customer_code": "Customer"}, ["Azure Interior", "Deco Addict"]), (BESIDE, {}, ["C20", "C30"])],
    ids=["names above numbers", "codes above rows"],
)
def test_sums_that_stand_above_their_rows_name_the_customer(
    desk: Desk, rows: list[list[object]], mapping: dict[str, str], codes: list[str]
) -> None:
    desk.shelve(Workbooks())
    file = desk.folder / "aged.xlsx"
    with xlsxwriter.Workbook(str(file), {"default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    report = desk.put_file(file, mapping=mapping)
    assert (report.state, report.rejected, report.new) == ("done", (), 3)
    found = desk.select(
        "select c.code, i.open_amount from items i join customers c using (customer_id) order by number"
    )
    assert found == [(codes[0], 120050), (codes[1], 30000), (codes[1], -5000)]
