"""The file that a source imported last is known again by its content and by what was said of it (A21)."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import xlsxwriter

from relance.plugins import Recognised, Table
from relance.plugins.importers.excel import Workbooks
from tests.usecases.intake.kit import HEADER, Desk, invoices


class CountedWorkbooks(Workbooks):
    """Workbooks that remember how often one was opened."""

    def __init__(self) -> None:
        super().__init__()
        self.opened = 0

    def looks(self, file: Path, options: Mapping[str, str]) -> Recognised:
        self.opened += 1
        return super().looks(file, options)

    def read(self, file: Path, options: Mapping[str, str]) -> Iterator[Table]:
        self.opened += 1
        return super().read(file, options)


def test_the_last_workbook_of_a_source_is_known_again_without_being_opened(desk: Desk) -> None:
    workbooks = CountedWorkbooks()
    desk.shelve(workbooks)
    file = _book(desk.folder / "export.xlsx")
    first = desk.put_file(file)
    assert (first.state, first.new, workbooks.opened) == ("done", 12, 2)
    again = desk.put_file(file)
    assert (again.identical, again.unchanged, again.recognised, workbooks.opened) == (True, 12, first.recognised, 2)


def test_a_workbook_that_is_only_tried_or_read_another_way_is_opened(desk: Desk) -> None:
    workbooks = CountedWorkbooks()
    desk.shelve(workbooks)
    file = _book(desk.folder / "export.xlsx")
    desk.put_file(file)
    assert not desk.put_file(file, dry_run=True).identical
    assert not desk.put_file(file, options={"sheet": "1"}).identical
    assert workbooks.opened == 6


def test_a_file_of_the_same_size_that_says_something_else_is_read(desk: Desk) -> None:
    lines = invoices(20)
    assert desk.rows(*lines).new == 20
    other = [lines[0].replace("Customer", "Costumer").replace(",7.01", ",9.01"), *lines[1:]]
    report = desk.rows(*other)
    assert (report.identical, report.changed, report.unchanged) == (False, 1, 19)


def _book(file: Path) -> Path:
    with xlsxwriter.Workbook(file) as made:
        sheet, days = made.add_worksheet("Open"), made.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, HEADER.split(","))
        for place in range(1, 13):
            sheet.write_row(place, 0, (f"C{place % 3}", "Customer", f"F{place}"))
            sheet.write_datetime(place, 3, date(2026, 1, place), days)
            sheet.write_datetime(place, 4, date(2026, 2, place), days)
            sheet.write_number(place, 5, 100 * place + 0.5)
    return file
