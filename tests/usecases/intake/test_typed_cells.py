"""A workbook's numbers and days mean what they are, whatever style the texts beside them have."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from sqlalchemy import Engine

from relance.adapters.store.engine import engine_for
from relance.plugins.importers.excel import Workbooks
from tests.usecases.intake.kit import HEADER, Desk
from tests.usecases.intake.test_rejects_return import returned

AMOUNTS = (123.125, "1.234,56", "1.234", 99.5, -1.125, 7)
MEANT = [12313, 123456, 123400, 9950, -113, 700]


@pytest.fixture
def engine(empty_sqlite: Path, tmp_path: Path) -> Iterator[Engine]:
    """A cell is a cell: one database is enough."""
    shutil.copyfile(empty_sqlite, tmp_path / "relance.db")
    engine = engine_for(f"sqlite:///{tmp_path}/relance.db")
    yield engine
    engine.dispose()


def book(folder: Path, *rows: tuple[Any, ...]) -> Path:
    """A workbook in which texts stay texts."""
    file = folder / "mixed.xlsx"
    plain = {"strings_to_numbers": False, "default_date_format": "dd/mm/yyyy"}
    with xlsxwriter.Workbook(str(file), plain) as made:
        sheet = made.add_worksheet()
        for place, row in enumerate((tuple(HEADER.split(",")), *rows)):
            sheet.write_row(place, 0, row)
    return file


def ledger() -> list[tuple[Any, ...]]:
    days = [date(2026, 1, 5), "06/01/2026"] * 3
    return [("C1", "Acme", f"F{n}", days[n], date(2026, 2, 9), amount) for n, amount in enumerate(AMOUNTS)]


@pytest.mark.parametrize("given", [{}, {"decimal": ",", "date": "%d/%m/%Y"}])
def test_each_cell_of_a_mixed_column_is_read_by_its_own_kind(desk: Desk, given: dict[str, str]) -> None:
    desk.shelve(Workbooks())
    report = desk.put_file(book(desk.folder, *ledger()), options={"date": "%d/%m/%Y"} | given)
    assert (report.state, report.rejected_rows) == ("done", 0), report
    assert [row[0] for row in desk.select("select amount from items order by number")] == MEANT
    assert desk.select("select count(distinct issued_on), count(distinct due_on) from items") == [(2, 1)]


def test_numbers_of_three_decimals_alone_ask_nothing(desk: Desk) -> None:
    desk.shelve(Workbooks())
    report = desk.put_file(book(desk.folder, ("C1", "Acme", "F1", date(2026, 1, 5), date(2026, 2, 9), 123.125)))
    assert (report.state, report.sums) == ("done", {"EUR": "123.13"}), report.questions


def test_what_comes_back_for_correction_still_is_a_number(desk: Desk) -> None:
    desk.shelve(Workbooks())
    bad = ("C1", "", "F9", "soon", date(2026, 2, 9), 123.125)
    report = desk.put_file(book(desk.folder, *ledger(), bad), options={"decimal": ",", "date": "%d/%m/%Y"})
    assert [row.value for row in report.rejected] == ["soon"]
    file = desk.folder / "back.xlsx"
    file.write_bytes(returned(desk, report.number).content)
    (table,) = Workbooks().read(file, {})
    assert table.columns.row(0)[-2:] == ("\x1d2026-02-09", "\x1d123.125")
