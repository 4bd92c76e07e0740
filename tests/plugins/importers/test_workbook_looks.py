"""A workbook is read as the look before it found it, unless it is another by then; and every error in it is found."""

import os
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from relance.plugins import BadInput
from relance.plugins.importers.excel import Workbooks
from relance.plugins.importers.workbooks.faults import faults_of

_CELLS = 30_000


def test_a_workbook_that_was_replaced_after_the_look_is_looked_into_again(tmp_path: Path) -> None:
    reader, file = Workbooks(), tmp_path / "book.xlsx"
    _book(file, "Customer", "A")
    found = reader.looks(file, {})
    names = [table.columns.columns for table in reader.read(file, found.options)]
    other = tmp_path / "other.xlsx"
    _book(other, "Client", "A")
    os.replace(other, file)
    again = [table.columns.columns for table in reader.read(file, found.options)]
    assert (names[0][1], again[0][1]) == ("Customer", "Client")


def test_another_sheet_than_the_one_that_the_look_found_is_read_where_it_is_named(tmp_path: Path) -> None:
    reader, file = Workbooks(), tmp_path / "book.xlsx"
    _book(file, "Customer", "A", "B")
    found = reader.looks(file, {"sheet": "A"})
    read = [table.columns["Number"][0] for table in reader.read(file, found.options | {"sheet": "B"})]
    assert read == ["B1"]


def test_errors_are_found_in_every_piece_of_a_sheet_whose_names_have_a_prefix(tmp_path: Path) -> None:
    file = tmp_path / "book.xlsx"
    cells = "".join(
        f'<x:row r="{row}"><x:c r="A{row}" t="e"><x:v>#N/A</x:v></x:c></x:row>' for row in range(1, _CELLS + 1)
    )
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/workbook.xml", '<w><sheets><sheet name="A" id="r1"/></sheets></w>')
        made.writestr("xl/_rels/workbook.xml.rels", '<R><Relationship Id="r1" Target="worksheets/sheet1.xml"/></R>')
        sheet = f"<x:worksheet><x:sheetData>{cells}</x:sheetData></x:worksheet>"
        made.writestr("xl/worksheets/sheet1.xml", sheet)
    assert len(faults_of(file, "xlsx", "A").words) == _CELLS


@pytest.mark.parametrize("texts", ["shared", "inline"])
def test_a_look_at_a_long_workbook_takes_its_first_rows_as_the_reading_gives_them(tmp_path: Path, texts: str) -> None:
    reader, file = Workbooks(), tmp_path / "long.xlsx"
    with xlsxwriter.Workbook(file, {"constant_memory": texts == "inline"}) as made:
        sheet = made.add_worksheet("Items")
        sheet.write_row(0, 0, ("Customer", "Number", "Issued", "Amount"))
        for row in range(1, 9_000):
            sheet.write_row(row, 0, (f"C{row % 50}", f"a rather long number {row:09d}" * 4, "2026-01-05", row + 0.5))
    found = reader.looks(file, {})
    top = reader.top(file, found.options)
    whole = next(reader.read(file, found.options)).columns
    assert top is not None and 100 < top.columns.height < whole.height
    assert top.columns.equals(whole.head(top.columns.height))


def test_a_short_workbook_is_read_at_once_and_a_torn_long_one_is_refused_when_it_is_read(tmp_path: Path) -> None:
    reader, file = Workbooks(), tmp_path / "book.xlsx"
    _book(file, "Customer", "A")
    assert reader.top(file, reader.looks(file, {}).options) is None
    with xlsxwriter.Workbook(file) as made:
        sheet = made.add_worksheet("A")
        for row in range(20_000):
            sheet.write_row(
                row, 0, ("Customer", "Number", "Issued") if not row else (f"C{row}", row, row * 7919 % 9973)
            )
    content = bytearray(file.read_bytes())
    at = len(content) * 2 // 3
    content[at : at + 2_000] = b"\x00" * 2_000
    file.write_bytes(content)
    found = reader.looks(file, {})
    with pytest.raises(BadInput, match="damaged"):
        list(reader.read(file, found.options))


def _book(file: Path, first: str, *sheets: str) -> None:
    with xlsxwriter.Workbook(file) as made:
        for name in sheets:
            sheet = made.add_worksheet(name)
            sheet.write_row(0, 0, (first, "Number", "Issued", "Amount"))
            for row in range(1, 4):
                sheet.write_row(row, 0, (f"C{row}", f"{name}{row}", "2026-01-05", row))
