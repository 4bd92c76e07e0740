"""Exported tables: exact amounts, real dates, and never a formula (T11)."""

import csv
import io
import zipfile
from datetime import date

import pytest

from relance.adapters.export.files import FileExports
from relance.ports.export import Amount, Column, Sheet

HOSTILE = ("=1+1", "+1", "-1", "@cmd", "\t=1", "\r=1", "\n=1", '=HYPERLINK("http://x")', "http://x.example")
SHEET = Sheet(
    name="Aged [2026]: a/b",
    columns=(Column("Name"), Column("Due", "day"), Column("Amount", "amount"), Column("Days", "number")),
    rows=[("Müller", date(2026, 11, 21), Amount(-123450, "EUR"), 7), ("", None, Amount(500, "JPY"), 0)],
    totals=[("Total", None, Amount(10**15 + 1, "EUR"), 7)],
    notes=("=said",),
)


def test_csv_is_plain_and_exact() -> None:
    text = FileExports().written(SHEET, "csv").decode()
    assert text.startswith("\ufeffName,Due,Amount,Days\r\n")
    assert "Müller,2026-11-21,-1234.50,7\r\n" in text
    assert ",,500,0\r\n" in text
    assert "Total,,10000000000000.01,7" in text


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_of_a_csv_begins_like_a_formula(text: str) -> None:
    sheet = Sheet(name="x", columns=(Column(text),), rows=[(text,)])
    rows = list(csv.reader(io.StringIO(FileExports().written(sheet, "csv").decode().removeprefix("\ufeff"))))
    assert all(not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for row in rows for cell in row)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_of_a_workbook_is_a_formula_or_a_link(text: str) -> None:
    sheet = Sheet(name="x", columns=(Column(text),), rows=[(text,)], notes=(text,))
    book = zipfile.ZipFile(io.BytesIO(FileExports().written(sheet, "xlsx")))
    for name in book.namelist():
        if name.startswith("xl/worksheets/"):
            content = book.read(name).decode()
            assert "<f>" not in content
            assert "hyperlink" not in content.lower()


def test_a_workbook_holds_numbers_dates_and_a_page_about_them() -> None:
    book = zipfile.ZipFile(io.BytesIO(FileExports().written(SHEET, "xlsx")))
    first = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<v>-1234.5" in first
    assert "<v>46347</v>" in first
    assert "xl/worksheets/sheet2.xml" in book.namelist()
