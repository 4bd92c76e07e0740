"""Exports of an invented ERP: as many items as asked for, twenty a customer, the same for the same number."""

from datetime import date, datetime, timedelta
from pathlib import Path

import xlsxwriter

HEADER = "customer_code,customer_name,number,issued_on,due_on,amount,currency,reference\n"
_START = date(2026, 1, 5)
_DAYS = tuple((_START + timedelta(days=day)).isoformat() for day in range(400))
ITEMS_A_CUSTOMER = 20
_DAY_COLUMNS, _AMOUNT_COLUMN = (3, 4), 5


def write_export(file: Path, items: int) -> None:
    """A first export: items in the order of their numbers, so that the customers are mixed."""
    with file.open("w") as opened:
        opened.write(HEADER)
        opened.writelines(_line(number, items) for number in range(items))


def write_next_export(file: Path, items: int) -> None:
    """The next day's: of a hundred items two are gone, two are new and one has another amount."""
    with file.open("w") as opened:
        opened.write(HEADER)
        opened.writelines(_line(number, items, paid=number % 100 == 50) for number in range(items) if number % 50 != 7)
        opened.writelines(_line(number, items) for number in range(items, items + items // 50))


def as_workbook(export: Path, file: Path) -> None:
    """The same rows as a workbook with real dates and numbers."""
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as workbook:
        day = workbook.add_format({"num_format": "dd/mm/yyyy"})
        sheet = workbook.add_worksheet("Open items")
        with export.open() as opened:
            for row, line in enumerate(opened):
                cells = line.rstrip("\n").split(",")
                for column, cell in enumerate(cells):
                    if row and column in _DAY_COLUMNS:
                        sheet.write_datetime(row, column, datetime.fromisoformat(cell), day)
                    elif row and column == _AMOUNT_COLUMN:
                        sheet.write_number(row, column, float(cell))
                    else:
                        sheet.write_string(row, column, cell)


def _line(number: int, items: int, paid: bool = False) -> str:
    customer = number * 7919 % max(1, items // ITEMS_A_CUSTOMER)
    issued = number * 31 % 300
    amount = f"{number % 9000 + 10}.{number % 100:02}" if not paid else "5.00"
    return (
        f"C{customer:07},Customer number {customer},INV-{number:08},{_DAYS[issued]},{_DAYS[issued + 30]},"
        f"{amount},EUR,PO-{number % 100000:06}\n"
    )
