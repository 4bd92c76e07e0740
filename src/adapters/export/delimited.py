"""CSV: UTF-8, commas, plain decimals, ISO dates; texts that a spreadsheet would run are quoted (T11)."""

import csv
import io
from datetime import date
from decimal import Decimal

from relance.core.kernel.money import decimal_text
from relance.ports.export import Amount, Cell, Sheet

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_csv(sheet: Sheet) -> bytes:
    """Headings, rows and totals; a byte order mark lets Excel see that it is UTF-8."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([harmless(column.label) for column in sheet.columns])
    writer.writerows([[_text(cell) for cell in row] for row in (*sheet.rows, *sheet.totals)])
    if sheet.foot:
        writer.writerows([[], *([harmless(line)] for line in sheet.foot)])
    return "\ufeff".encode() + buffer.getvalue().encode()


def harmless(text: str) -> str:
    """The text; behind an apostrophe where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def _text(cell: Cell) -> str:
    if isinstance(cell, Amount):
        return decimal_text(cell.minor, cell.currency)
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int | Decimal):
        return str(cell)
    return "" if cell is None else harmless(cell)
