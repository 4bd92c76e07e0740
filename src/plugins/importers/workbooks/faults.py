"""What the reader does not tell of a workbook: cells in error, formulas without a saved value, merged cells."""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import msgspec
import polars as pl

from relance.plugins import BadInput, Note
from relance.plugins.importers.safe_xml import elements
from relance.plugins.importers.workbooks import faults_ods, faults_xls
from relance.plugins.importers.workbooks.container import Sort

UNSAVED = "#UNSAVED!"
_CHUNK = 1 << 20
_MOST = 200_000
_LONGEST_TAIL = 8 << 20
_SHOWN = 5
_ERROR = re.compile(rb'<(?:\w+:)?c\b([^>]*\bt="e"[^>]*)>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<', re.S)
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_CELLS_END = re.compile(rb"</(?:\w+:)?sheetData>")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')


class Faults(msgspec.Struct, frozen=True):
    """Words for cells by (row, column), both from 0, and merged areas as (top, bottom, column)."""

    words: dict[tuple[int, int], str]
    merged: list[tuple[int, int, int]]
    part: str = ""
    """The part of the file that was read through for them."""


def faults_of(file: Path, sort: Sort, sheet: str) -> Faults:
    """What one sheet of an .xlsx, .xls or .ods hides."""
    if sort == "ods":
        return Faults(faults_ods.errors_of(file, sheet), [])
    if sort == "xls":
        return Faults(faults_xls.errors_of(file, sheet), [])
    found = Faults({}, [])
    with zipfile.ZipFile(file) as packed:
        part = _part_of(packed, sheet)
        if part is None:
            return found
        with packed.open(part) as opened:
            _scan(opened, found)
    return msgspec.structs.replace(found, part=part)


def _scan(opened: IO[bytes], found: Faults) -> None:
    """Look at the cells piece by piece, then at what follows them."""
    rest, behind = b"", None
    while chunk := opened.read(_CHUNK):
        data = rest + chunk
        if behind is None and b"sheetData>" in data:
            behind = _CELLS_END.search(data)
            rest = data[behind.end() :] if behind else _scanned(data, found)
            if behind:
                _scanned(data[: behind.start()], found)
        elif behind is None:
            rest = _scanned(data, found)
        elif len(rest) < _LONGEST_TAIL:
            rest = data
    found.merged.extend(_areas(rest))


def mended(cells: pl.DataFrame, faults: Faults) -> tuple[pl.DataFrame, list[Note]]:
    """Errors as the words that the sheet shows, so that they are refused and not taken for empty; merged cells full."""
    for column in {column for _, column in faults.words if column < cells.width}:
        rows = {row: word for (row, at), word in faults.words.items() if at == column and row < cells.height}
        cells = cells.with_columns(cells.to_series(column).scatter(list(rows), list(rows.values())))
    for top, bottom, column in faults.merged:
        if column < cells.width and top < cells.height:
            series, end = cells.to_series(column), min(bottom + 1, cells.height)
            cells = cells.with_columns(series.scatter(list(range(top, end)), series[top]))
    return cells, _notes(faults)


def _notes(faults: Faults) -> list[Note]:
    unsaved = [place for place, word in faults.words.items() if word == UNSAVED]
    errors = [place for place, word in faults.words.items() if word != UNSAVED]
    named = (("error-cells", errors), ("formulas-without-values", unsaved))
    return [Note(code, len(cells), tuple(map(_named, cells[:_SHOWN]))) for code, cells in named if cells]


def _scanned(data: bytes, found: Faults) -> bytes:
    """Look at whole cells; what comes behind the last of them waits for the next piece."""
    end, plain = data.rfind(b"</c>") + 4, True
    if end < 4:
        end, plain = data.rfind(b":c>") + 3, False
    if end < 3:
        return data[-_CHUNK:]
    cells = data[:end]
    if b't="e"' in cells:
        for cell in _ERROR.finditer(cells):
            _keep(found, cell[1], cell[2].decode("utf-8", errors="replace"))
    if b"<f" in cells or (not plain and b":f" in cells):
        for cell in _FORMULA.finditer(cells):
            if b't="str"' not in cell[1]:
                _keep(found, cell[1], UNSAVED)
    return data[end:]


def _keep(found: Faults, attributes: bytes, word: str) -> None:
    place = _PLACE.search(attributes)
    if len(found.words) >= _MOST:
        raise BadInput(
            f"more than {_MOST:,} cells of the sheet are in error or hold formulas without values; "
            "open the workbook, let it calculate, and save it"
        )
    if place:
        found.words[int(place[2]) - 1, _column(place[1])] = word


def _areas(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Areas of several rows: a customer's name beside all of its invoices."""
    for left, top, _right, bottom in _MERGED.findall(data):
        if int(bottom) > int(top):
            yield int(top) - 1, int(bottom) - 1, _column(left)


def _part_of(packed: zipfile.ZipFile, sheet: str) -> str | None:
    with packed.open("xl/workbook.xml") as opened:
        ids = {one.attributes.get("name"): one.attributes.get("id") for one in elements(opened, ("sheet",))}
    with packed.open("xl/_rels/workbook.xml.rels") as opened:
        targets = {one.attributes.get("Id"): one.attributes["Target"] for one in elements(opened, ("Relationship",))}
    target = targets.get(ids.get(sheet) or "")
    part = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/") if target else ""
    return part if part in packed.namelist() else None


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _named(place: tuple[int, int]) -> str:
    row, column = place[0] + 1, place[1] + 1
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"
