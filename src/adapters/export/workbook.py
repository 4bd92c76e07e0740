"""Excel: every text is written as a string cell, so nothing in it is ever a formula or a link (T11)."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

import xlsxwriter

from relance.core.kernel.money import decimal_text, minor_digits
from relance.ports.export import Amount, Cell, Sheet

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}
_WIDTHS = {"text": 24, "amount": 16, "day": 12, "number": 10}
_LONGEST_CELL = 32767


def as_workbook(sheet: Sheet) -> bytes:
    """One sheet with frozen headings, a filter, totals in bold, and the notes on a second sheet."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, _OPTIONS) as book:
        page, bold = book.add_worksheet(_sheet_name(sheet.name)), book.add_format({"bold": True})
        formats = _Formats(book)
        for place, column in enumerate(sheet.columns):
            page.set_column(place, place, _WIDTHS[column.kind])
            page.write_string(0, place, column.label, bold)
        for number, row in enumerate(sheet.rows, 1):
            _write(page, number, row, formats, total=False)
        for number, row in enumerate(sheet.totals, len(sheet.rows) + 1):
            _write(page, number, row, formats, total=True)
        page.freeze_panes(1, 0)
        if sheet.rows:
            page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
        if sheet.notes:
            _write_notes(book, sheet.notes)
    return buffer.getvalue()


class _Formats:
    """Cell formats by currency and boldness, made once: a workbook holds few of them."""

    def __init__(self, book: Any) -> None:
        self._book, self._made = book, dict[tuple[str, bool], Any]()

    def of(self, pattern: str, bold: bool) -> Any:
        key = (pattern, bold)
        if key not in self._made:
            self._made[key] = self._book.add_format({"num_format": pattern, "bold": bold})
        return self._made[key]


def _write(page: Any, number: int, row: tuple[Cell, ...], formats: _Formats, total: bool) -> None:
    for place, cell in enumerate(row):
        if isinstance(cell, Amount):
            digits = minor_digits(cell.currency)
            pattern = "#,##0" + ("." + "0" * digits if digits else "")
            page.write_number(
                number, place, Decimal(decimal_text(cell.minor, cell.currency)), formats.of(pattern, total)
            )
        elif isinstance(cell, date):
            page.write_datetime(number, place, cell, formats.of("yyyy-mm-dd", total))
        elif isinstance(cell, int | Decimal):
            page.write_number(number, place, cell, formats.of("0" if isinstance(cell, int) else "General", total))
        elif cell:
            page.write_string(number, place, cell[:_LONGEST_CELL], formats.of("@", total))


def _write_notes(book: Any, notes: tuple[str, ...]) -> None:
    page = book.add_worksheet("About")
    page.set_column(0, 0, 100)
    for number, note in enumerate(notes):
        page.write_string(number, 0, note[:_LONGEST_CELL])


def _sheet_name(name: str) -> str:
    return "".join(char for char in name if char not in "[]:*?/\\'")[:31] or "Relance"
