"""Workbooks: the right sheet, the right line, exact amounts, and nothing that is no item."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter

from relance.plugins import BadInput, Note
from relance.plugins.importers.excel import Workbooks

READER = Workbooks()
HEADER = ("Customer", "Number", "Issued", "Due", "Amount")


def book(folder: Path, **sheets: Callable[[Any, Any], None]) -> Path:
    """A workbook whose sheets are written by these functions."""
    file = folder / "book.xlsx"
    with xlsxwriter.Workbook(file) as made:
        days = made.add_format({"num_format": "dd/mm/yyyy"})
        for name, write in sheets.items():
            write(made.add_worksheet(name), days)
    return file


def items(top: int = 0, count: int = 3) -> Callable[[Any, Any], None]:
    """A sheet of items below so many empty rows."""

    def write(sheet: Any, days: Any) -> None:
        sheet.write_row(top, 0, HEADER)
        for place in range(1, count + 1):
            sheet.write_row(top + place, 0, (f"C{place}", f"F{place}"))
            sheet.write_datetime(top + place, 2, date(2026, 1, place), days)
            sheet.write_datetime(top + place, 3, date(2026, 2, place), days)
            sheet.write_number(top + place, 4, 1000 * place + 0.1)

    return write


def read(file: Path, **options: str) -> tuple[list[dict[str, Any]], list[Note]]:
    """All rows, and what was told."""
    tables = list(READER.read(file, {name.replace("_", "-"): value for name, value in options.items()}))
    frame = pl.concat([table.columns for table in tables])
    return frame.to_dicts(), [note for table in tables for note in table.notes]


def test_days_amounts_and_codes_come_as_they_were_meant(tmp_path: Path) -> None:
    def write(sheet: Any, days: Any) -> None:
        sheet.write_row(0, 0, ("code", "issued", "amount", "sum", "long", "sure", "note"))
        sheet.write_row(1, 0, (200769623, None, 1234.1, 0.1 + 0.2, 123456789.12, True, "  x "))
        sheet.write_datetime(1, 1, date(2026, 1, 31), days)
        sheet.write_row(2, 0, ("CCU013", "2026-02-01", -12.5, 5.55e-17, 1e15, False))

    (first, second), _ = read(book(tmp_path, One=write))
    assert first == {
        "line": 2,
        "code": "200769623",
        "issued": "2026-01-31",
        "amount": "1234.1",
        "sum": "0.3",
        "long": "123456789.12",
        "sure": "true",
        "note": "  x ",
    }
    assert (second["amount"], second["sum"], second["long"]) == ("-12.5", "0", "1000000000000000")


def test_lines_are_the_rows_of_the_sheet(tmp_path: Path) -> None:
    rows, _ = read(book(tmp_path, Items=items(top=6)))
    assert [row["line"] for row in rows] == [8, 9, 10]
    assert [row["Amount"] for row in rows] == ["1000.1", "2000.1", "3000.1"]


def test_the_sheet_of_items_is_taken_and_not_the_pivot_before_it(tmp_path: Path) -> None:
    def pivot(sheet: Any, _: Any) -> None:
        sheet.write(0, 0, "Aging report")
        sheet.write_row(2, 0, ("Customer", "Current", "1-30", "31-60", "Total"))
        for place in range(3, 8):
            sheet.write_row(place, 0, (f"C{place}", 1, 2, 3, 6))

    file = book(tmp_path, Pivot=pivot, Items=items())
    seen = READER.looks(file, {})
    assert seen.options == {"sheet": "Items", "header-line": "1"}
    assert [(guess.name, guess.code) for guess in seen.guesses] == [
        ("sheet", "looks-like-items"),
        ("header-line", "header-found"),
    ]
    assert READER.looks(file, {"sheet": "1"}).options == {"sheet": "Pivot", "header-line": "3"}
    with pytest.raises(BadInput, match="'Pivot', 'Items'"):
        READER.looks(file, {"sheet": "None"})
