"""Headers of several lines: a name over two rows, groups above it, units, types and other names below it."""

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from relance.plugins.importers.csv import DelimitedText
from relance.plugins.importers.excel import Workbooks
from relance.plugins.importers.header_rows import header_rows

ROWS = [["C1", "Acme", "F1", "2026-09-01", "2026-10-01", "1,200.00"], ["C2", "Beta", "F2", "2026-10-20", "", "350.50"]]


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (["Customer,Customer,Invoice,Invoice,Due,Amount", "code,name,number,date,date,due"], "joined"),
        (["Customer,,Invoice,,,Amount", "No,Name,Number,Date,Due,Open"], "grouped"),
        (["Debtor,,Document,,,Amounts", ",,,,,in document", "No.,Name,No.,Date,Due date,Open"], "thrice"),
    ],
)
def test_a_column_bears_the_words_that_tell_it_best(lines: list[str], names: str) -> None:
    expected = {
        "joined": ("Customer code", "Customer name", "Invoice number", "Invoice date", "Due date", "Amount due"),
        "grouped": ("Customer No", "Customer Name", "Invoice Number", "Invoice Date", "Due", "Amount Open"),
        "thrice": ("Debtor No.", "Debtor Name", "Document No.", "Document Date", "Due date", "Open"),
    }
    rows = [*(line.split(",") for line in lines), *ROWS]
    found = header_rows(rows, len(lines) - 1)
    assert (found.header, found.first, found.last) == (expected[names], 0, len(lines) - 1)


@pytest.mark.parametrize(
    "below",
    [
        "text,text,text,date,date,number",
        ",,,[dd.mm.yyyy],[dd.mm.yyyy],(EUR)",
        "CUST_CODE,CUST_NAME,INV_NO,INV_DATE,DUE_DATE,OPEN_AMT",
    ],
)
def test_what_says_nothing_more_of_the_columns_is_no_row_and_no_name(below: str) -> None:
    header = ["Customer code", "Customer name", "Invoice", "Invoice date", "Due date", "Open amount"]
    found = header_rows([header, below.split(","), *ROWS], 0)
    assert (found.header, found.first, found.last) == (tuple(header), 0, 1)


def test_titles_above_a_header_and_names_above_rows_are_no_part_of_it() -> None:
    header = ["Customer", "Number", "Date", "Due date", "Open"]
    rows = [["Open items of Acme", "", "", "", ""], header, ["Zenith Labs", "", "", "", ""], *ROWS]
    assert header_rows(rows, 1) == (tuple(header), 1, 1)


def test_the_rows_of_a_sheet_begin_below_its_whole_header(tmp_path: Path) -> None:
    file = tmp_path / "open.xlsx"
    with xlsxwriter.Workbook(str(file)) as made:
        sheet, days = made.add_worksheet(), made.add_format({"num_format": "yyyy-mm-dd"})
        sheet.merge_range(0, 0, 0, 1, "Customer")
        sheet.merge_range(0, 2, 0, 4, "Invoice")
        sheet.write_row(0, 5, ["Amount"])
        sheet.write_row(1, 0, ["No", "Name", "Number", "Date", "Due", "Open"])
        for place in (2, 3):
            sheet.write_row(place, 0, [f"C{place}", "Acme", f"F{place}"])
            sheet.write_datetime(place, 3, date(2026, 9, place), days)
            sheet.write_datetime(place, 4, date(2026, 10, place), days)
            sheet.write_number(place, 5, 123.125)
    seen = Workbooks().looks(file, {})
    table = next(Workbooks().read(file, seen.options))
    assert seen.columns == ("Customer No", "Customer Name", "Invoice Number", "Invoice Date", "Due", "Amount Open")
    assert table.columns["line"].to_list() == [3, 4]


def test_a_row_that_does_not_keep_to_the_widths_is_rejected(tmp_path: Path) -> None:
    file = tmp_path / "open.txt"
    lines = [
        "Customer  Name        Invoice   Date        Due         Amount    ",
        "--------  ----------  --------  ----------  ----------  ----------",
        "1001      Acme        10045     2026-09-01  2026-10-01    1,000.00",
        "1002      Very long name here   2026-09-02  2026-10-02      500.00",
        "1003      Beta        10077     2026-10-20  2026-11-19      350.50",
    ]
    file.write_text("\n".join(lines) + "\n")
    table = next(DelimitedText().read(file, {}))
    assert table.columns["Invoice"].to_list() == ["10045", "10077"]
    assert [(row.line, row.code) for row in table.rejected] == [(4, "wrong-cell-count")]
