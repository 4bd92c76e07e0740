"""A file is what its content says, whatever its name says."""

import io
from pathlib import Path

import pytest
import xlsxwriter

from relance.adapters.intake.registry import ImporterShelf
from relance.plugins import BadInput
from relance.plugins.importers.csv import DelimitedText
from relance.plugins.importers.excel import Workbooks

SHELF = ImporterShelf([DelimitedText(), Workbooks()])
TABLE = b"code;name;amount\nC1;A;1\nC2;B;2\n"
PAGE = b"<html><table><tr><td>code</td><td>name</td></tr><tr><td>C1</td><td>A</td></tr></table></html>"


def _workbook() -> bytes:
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True})
    sheet = book.add_worksheet()
    for row, cells in enumerate((("code", "name", "amount"), ("C1", "A", 1), ("C2", "B", 2))):
        sheet.write_row(row, 0, cells)
    book.close()
    return memory.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "importer"),
    [
        ("text.xlsx", TABLE, "csv"),
        ("text.xls", TABLE, "csv"),
        ("text.pdf", TABLE, "csv"),
        ("text", TABLE, "csv"),
        ("page.xls", PAGE, "excel"),
        ("page.csv", PAGE, "excel"),
        ("book.csv", _workbook(), "excel"),
        ("book.txt", _workbook(), "excel"),
    ],
)
def test_content_decides_who_reads(name: str, content: bytes, importer: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    chosen = SHELF.best_for(content[:65_536], name)
    assert chosen.name == importer
    tables = list(chosen.read(file, chosen.recognises(content[:65_536], name).options))
    assert sum(table.columns.height for table in tables) == (1 if content == PAGE else 2)


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"PK\x03\x04" + bytes(40), b"\x89PNG\r\n\x1a\n", b'{"a": 1}'])
def test_what_nobody_reads_is_refused_by_delimited_text(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_bytes(content)
    chosen = SHELF.best_for(content, file.name)
    with pytest.raises(BadInput):
        list(chosen.read(file, {}))
