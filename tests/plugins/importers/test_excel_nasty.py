"""Workbooks that are damaged, locked, hostile or no workbooks at all: refused in words, quickly, in little memory."""

import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from relance.plugins import BadInput
from relance.plugins.importers.excel import Workbooks
from relance.plugins.importers.workbooks import watched

READER = Workbooks()
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def workbook(folder: Path, rows: int = 3) -> Path:
    """A small good workbook."""
    file = folder / "good.xlsx"
    with xlsxwriter.Workbook(file) as made:
        sheet = made.add_worksheet("Items")
        sheet.write_row(0, 0, ("Customer", "Number", "Amount"))
        for place in range(1, rows + 1):
            sheet.write_row(place, 0, (f"C{place}", f"F{place}", place))
    return file


def rezipped(folder: Path, part: str, change: Callable[[bytes], bytes], *more: tuple[str, bytes]) -> Path:
    """The good workbook with one part changed."""
    file = folder / "changed.xlsx"
    with zipfile.ZipFile(workbook(folder)) as good, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bad:
        for entry in good.infolist():
            data = good.read(entry)
            bad.writestr(entry.filename, change(data) if entry.filename == part else data)
        for name, data in more:
            bad.writestr(name, data)
    return file


def refusal(file: Path, **options: str) -> str:
    """Why the file is refused."""
    with pytest.raises(BadInput) as refused:
        list(READER.read(file, options))
    return refused.value.detail


SHEET = "xl/worksheets/sheet1.xml"


def written(folder: Path, content: bytes, name: str = "file.xlsx") -> Path:
    """A file of these bytes."""
    file = folder / name
    file.write_bytes(content)
    return file


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"PK\x03\x04" + b"\0" * 60, "no workbook"),
        (b"a;b\n1;2\n", "no workbook"),
        (b"%PDF-1.7 and so on", "no workbook"),
        (b"\x09\x08\x06\x00\x00\x00\x10\x00" + b"\0" * 50, "Excel 4"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; text/html\r\n\r\n", "web page"),
        (_COMPOUND + b"\0" * 1000 + "EncryptedPackage".encode("utf-16-le"), "password"),
        (_COMPOUND + b"\0" * 1000, "without a workbook"),
        (_COMPOUND + b"\0" * 504 + "Workbook".encode("utf-16-le") + b"\xff" * 2000, "damaged"),
        (b"<html><table><tr><td>a<td>b<tr><td>1", "cut off"),
        (b"<html><body>hello <b>world</b> <tt></tt></body></html>", "no sheet"),
        (b"<table><tr><td colspan=999999999>a</td><td>b</td></tr></table>", "more cells"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Work', "cut off"),
    ],
)
def test_what_is_no_readable_workbook_is_refused_in_words(tmp_path: Path, content: bytes, words: str) -> None:
    assert words in refusal(written(tmp_path, content))


def test_the_xml_of_excel_2003_cannot_ask_for_a_row_without_end(tmp_path: Path) -> None:
    page = (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:s="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet s:Name="S"><Table><Row>'
        '<Cell s:Index="9999999"/></Row></Table></Worksheet></Workbook>'
    )
    assert "at most 1000" in refusal(written(tmp_path, page.encode()))


@pytest.mark.parametrize("size", [1000, 3000])
def test_a_workbook_that_was_cut_is_refused(tmp_path: Path, size: int) -> None:
    assert "cut off" in refusal(written(tmp_path, workbook(tmp_path).read_bytes()[:size]))


def test_a_flipped_bit_is_noticed(tmp_path: Path) -> None:
    content = bytearray(workbook(tmp_path).read_bytes())
    content[len(content) // 3] ^= 0x55
    assert "damaged" in refusal(written(tmp_path, bytes(content)))


def test_a_bomb_is_not_opened(tmp_path: Path) -> None:
    file = rezipped(tmp_path, SHEET, lambda _: b" " * (40 << 20))
    assert "hundreds of times" in refusal(file)


def test_a_file_of_very_many_files_is_not_opened(tmp_path: Path) -> None:
    more = [(f"xl/media/{place}.png", b"") for place in range(1001)]
    assert "at most 1000" in refusal(rezipped(tmp_path, SHEET, lambda data: data, *more))


def test_a_part_that_is_longer_than_it_says_is_noticed(tmp_path: Path) -> None:
    content = rezipped(tmp_path, SHEET, lambda data: data + b" " * 50_000).read_bytes()
    size = struct.pack("<I", len(zipfile.ZipFile(tmp_path / "changed.xlsx").read(SHEET)))
    assert "damaged" in refusal(written(tmp_path, content.replace(size, struct.pack("<I", 700))))


def test_a_workbook_that_unpacks_to_more_than_it_may_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("relance.plugins.importers.workbooks.container.LARGEST_UNPACKED", 1000)
    assert "unpacks to" in refusal(workbook(tmp_path))


def test_a_workbook_locked_in_the_zip_way_is_told_as_locked(tmp_path: Path) -> None:
    content = workbook(tmp_path).read_bytes()
    locked = re.sub(rb"(PK\x01\x02.{4})\x00\x00", lambda found: found[1] + b"\x01\x00", content, flags=re.S)
    assert "password" in refusal(written(tmp_path, locked))


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data[: len(data) // 2],
        lambda data: data.replace(b"<sheetData>", b"<sheetData><row><c r='ZZZZ99999999' t='n'><v>1</v></c></row>"),
        lambda _: zlib.compress(b"no xml") + bytes(range(256)),
        lambda _: b"",
    ],
)
def test_a_sheet_of_garbage_is_refused(tmp_path: Path, change: Callable[[bytes], bytes]) -> None:
    assert refusal(rezipped(tmp_path, SHEET, change))


def test_entities_in_a_sheet_are_never_followed(tmp_path: Path) -> None:
    secret = written(tmp_path, b"the secret", "secret.txt")
    doctype = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'.encode()

    def change(data: bytes) -> bytes:
        start = data.index(b"<worksheet")
        entity = b'<c r="A2" t="inlineStr"><is><t>&e;</t></is></c>'
        return data[:start] + doctype + re.sub(rb'<c r="A2".*?</c>', entity, data[start:])

    file = rezipped(tmp_path, SHEET, change)
    try:
        cells = [str(table.columns.to_dicts()) for table in READER.read(file, {})]
    except BadInput:
        return
    assert "the secret" not in "".join(cells)


def test_one_cell_in_the_farthest_corner_cannot_take_the_memory(tmp_path: Path) -> None:
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    file = rezipped(tmp_path, SHEET, lambda data: data.replace(b"</sheetData>", far))
    assert "memory" in refusal(file) or "damaged" in refusal(file)


def test_a_workbook_that_takes_too_long_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watched, "SECONDS", 0.0)
    assert "seconds" in refusal(workbook(tmp_path))


def test_a_sheet_without_rows_or_with_too_many_columns_is_refused(tmp_path: Path) -> None:
    assert "no sheet" in refusal(workbook(tmp_path, rows=0))
    wide = tmp_path / "wide.xlsx"
    with xlsxwriter.Workbook(wide) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, [f"column{place}" for place in range(400)])
        sheet.write_row(1, 0, range(400))
    assert "at most 300" in refusal(wide)


@pytest.mark.parametrize(("option", "value"), [("header-line", "x"), ("header-line", "0"), ("header-line", "77")])
def test_an_option_that_means_nothing_is_refused(tmp_path: Path, option: str, value: str) -> None:
    assert "line" in refusal(workbook(tmp_path), **{option: value})
