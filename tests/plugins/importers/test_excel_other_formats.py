"""Workbooks of other programs: .ods and .xls written here by hand, their errors included."""

import struct
import zipfile
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from relance.plugins import TYPED, Note
from relance.plugins.importers.excel import Workbooks
from relance.plugins.importers.workbooks.faults_xls import errors_of

READER = Workbooks()
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
ERROR = '<table:table-cell office:value-type="string" office:string-value="" calcext:value-type="error"/>'


def ods(folder: Path, *rows: str) -> Path:
    """An OpenDocument workbook of one sheet."""
    names = "".join(f' xmlns:{name}="{_OASIS}:{name}:1.0"' for name in ("office", "table", "text"))
    lines = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    file = folder / "book.ods"
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        made.writestr("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{_OASIS}:manifest:1.0"/>')
        made.writestr(
            "content.xml",
            f'<office:document-content{names} xmlns:calcext="urn:x"><office:body><office:spreadsheet>'
            f'<table:table table:name="S">{lines}</table:table></office:spreadsheet></office:body>'
            "</office:document-content>",
        )
    return file


def word(text: str) -> str:
    """A cell of text."""
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def value(sort: str, name: str, written: str) -> str:
    """A cell of a number or day."""
    cell = f'<table:table-cell office:value-type="{sort}" office:{name}="{written}">'
    return f"{cell}<text:p>as shown</text:p></table:table-cell>"


def xls(folder: Path) -> Path:
    """An Excel 97 workbook: a compound file of one stream, its records written one by one."""

    def record(kind: int, data: bytes = b"") -> bytes:
        return struct.pack("<HH", kind, len(data)) + data

    def label(row: int, column: int, text: str) -> bytes:
        letters = text.encode("latin-1")
        return record(0x0204, struct.pack("<HHHHB", row, column, 0, len(letters), 0) + letters)

    begin = struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)
    boundary = record(0x0085, struct.pack("<IHBB", 0, 0, 1, 0) + b"S")
    start = len(record(0x0809, begin) + boundary + record(0x000A))
    boundary = record(0x0085, struct.pack("<IHBB", start, 0, 1, 0) + b"S")
    cells = b"".join(label(0, place, name) for place, name in enumerate(("Code", "Amount", "Open")))
    cells += label(1, 0, "C1") + record(0x0203, struct.pack("<HHHd", 1, 1, 0, 1234.1))
    cells += record(0x0205, struct.pack("<HHHBB", 1, 2, 0, 0x17, 1))
    cells += label(2, 0, "C2") + record(0x0203, struct.pack("<HHHd", 2, 1, 0, 5.0))
    cells += record(0x0006, struct.pack("<HHH", 2, 2, 0) + b"\x02\0\x2a\0\0\0\xff\xff" + bytes(8))
    sheet = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0)) + cells + record(0x000A)
    stream = (record(0x0809, begin) + boundary + record(0x000A) + sheet).ljust(4096, b"\0")
    sectors = len(stream) // 512
    follows = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + sectors), 0xFFFFFFFE]
    table = struct.pack("<128I", *follows, *[0xFFFFFFFF] * (128 - len(follows)))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    file = folder / "book.xls"
    file.write_bytes(
        head + table + _entry("Root Entry", 5, 0xFFFFFFFE, 0, 1) + _entry("Workbook", 2, 2, 4096) + bytes(256) + stream
    )
    return file


def _entry(name: str, sort: int, start: int, size: int, child: int = 0xFFFFFFFF) -> bytes:
    letters = name.encode("utf-16-le") + b"\0\0"
    none = 0xFFFFFFFF
    return (
        letters.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(letters), sort, 1, none, none, child)
        + bytes(36)
        + struct.pack("<II", start, size)
        + bytes(4)
    )


def read(file: Path) -> tuple[list[dict[str, Any]], list[Note]]:
    """All rows as a person reads them, and what was told."""
    tables = list(READER.read(file, {}))
    frame = pl.concat([table.columns for table in tables]).with_columns(pl.col(pl.String).str.strip_prefix(TYPED))
    return frame.to_dicts(), [note for table in tables for note in table.notes]


def test_an_open_document_is_read_with_its_repeated_cells_and_errors(tmp_path: Path) -> None:
    gap = '<table:table-cell table:number-columns-repeated="2"/>'
    header = word("Code") + word("Day") + word("Amount") + word("Open")
    file = ods(
        tmp_path,
        header,
        word("C1") + value("date", "date-value", "2026-01-31") + value("float", "value", "1234.1") + ERROR,
        gap,
        word("C2") + gap + value("float", "value", "123456789.12"),
    )
    rows, notes = read(file)
    assert rows == [
        {"line": 2, "Code": "C1", "Day": "2026-01-31", "Amount": "1234.1", "Open": "#VALUE!"},
        {"line": 4, "Code": "C2", "Day": None, "Amount": None, "Open": "123456789.12"},
    ]
    assert notes == [Note("error-cells", 1, ("D2",))]


def test_an_old_workbook_is_read_with_its_errors(tmp_path: Path) -> None:
    rows, notes = read(xls(tmp_path))
    assert rows == [
        {"line": 2, "Code": "C1", "Amount": "1234.1", "Open": "#REF!"},
        {"line": 3, "Code": "C2", "Amount": "5", "Open": "#N/A"},
    ]
    assert notes == [Note("error-cells", 2, ("C2", "C3"))]


@pytest.mark.parametrize("size", [0, 100, 600, 1100])
def test_a_torn_frame_of_an_old_workbook_tells_no_errors(tmp_path: Path, size: int) -> None:
    file = xls(tmp_path)
    file.write_bytes(file.read_bytes()[:size])
    assert errors_of(file, "S") == {}
