"""Web pages and XML that programs name .xls: their tables as grids."""

import codecs
import re
from collections.abc import Iterable, Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import TypeVar

import polars as pl

from relance.plugins import TYPED, BadInput, typed_number
from relance.plugins.importers.safe_xml import Element, elements
from relance.plugins.importers.workbooks.container import Sort
from relance.plugins.importers.workbooks.grids import Grid

LARGEST = 60 << 20
_MOST_COLUMNS = 1_000
_MOST_CELLS = 10_000_000
_Thing = TypeVar("_Thing")
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_NUMBER = re.compile(r"-?\d+\.\d+(?:[Ee][-+]?\d{1,2})?")
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)T00:00:00(?:\.0+)?")


class MarkupBook:
    """A file that a browser or Excel 2003 would show as sheets."""

    def __init__(self, file: Path, sort: Sort) -> None:
        if file.stat().st_size > LARGEST:
            raise BadInput(f"the page is larger than {LARGEST >> 20} MB; export the table as CSV or .xlsx")
        self._grids = _of_html(file) if sort == "html" else _of_xml(file)

    def heads(self) -> Sequence[Grid]:
        """All tables."""
        return self._grids

    def whole(self, sheet: str) -> Grid:
        """One table."""
        return next(grid for grid in self._grids if grid.name == sheet)


def _of_html(file: Path) -> list[Grid]:
    content = file.read_bytes()
    reading = _Page()
    reading.feed(_decoded(content))
    if b"</html" in content[-4096:].lower() or not reading.open:
        return [_grid(f"table {place}", rows) for place, rows in enumerate(reading.tables, 1)]
    raise BadInput("the page is cut off inside of its table; have it written again, whole")


def _decoded(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    said = _CHARSET.search(content[:4096])
    for encoding in (said[1].decode("ascii") if said else "utf-8", "utf-8", "cp1252"):
        try:
            return content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("latin-1")


class _Page(HTMLParser):
    """Every table of a page as rows; a cell over several columns or rows leaves the others empty."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._stack: list[list[list[str]]] = []
        self._cell: list[str] | None = None
        self._span = 1
        self._cells = 0

    @property
    def open(self) -> bool:
        """Whether a table has not ended."""
        return bool(self._stack)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A table, a row or a cell begins."""
        if tag == "table":
            self._end_cell()
            self._stack.append([])
        elif tag == "tr" and self._stack:
            self._end_cell()
            self._stack[-1].append([])
        elif tag in ("td", "th") and self._stack:
            self._end_cell()
            self._begin_cell(dict(attrs))
        elif tag == "br" and self._cell is not None:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """A table, a row or a cell ends."""
        if tag in ("td", "th", "tr", "table"):
            self._end_cell()
        if tag == "table" and self._stack:
            rows = self._stack.pop()
            if rows:
                self.tables.append(rows)

    def handle_data(self, data: str) -> None:
        """Text counts inside of cells only."""
        if self._cell is not None:
            self._cell.append(data)

    def _begin_cell(self, attributes: dict[str, str | None]) -> None:
        if not self._stack[-1]:
            self._stack[-1].append([])
        span = attributes.get("colspan") or "1"
        self._span = min(int(span), _MOST_COLUMNS) if span.isdecimal() else 1
        self._cell = []

    def _end_cell(self) -> None:
        if self._cell is None or not self._stack:
            return
        row = self._stack[-1][-1]
        row.extend([" ".join("".join(self._cell).split()), *("",) * (self._span - 1)])
        self._cell, self._cells = None, self._cells + self._span
        if len(row) > _MOST_COLUMNS or self._cells > _MOST_CELLS:
            raise BadInput("the page holds more cells than are read; export the table as CSV or .xlsx")


def _of_xml(file: Path) -> list[Grid]:
    """Excel 2003 XML: sheets of rows whose places may be given and else are the next."""
    grids: list[Grid] = []
    rows: list[list[str]] = []
    with file.open("rb") as opened:
        for piece in elements(opened, ("Worksheet",), pieces=("Row",)):
            if piece.name == "Row":
                _up_to(rows, _index(piece, len(rows) + 1), [], 1_048_576)
                rows.append(_cells_of(piece))
                continue
            hidden = piece.first("WorksheetOptions/Visible") is not None
            grids.append(_grid(piece.attributes.get("Name", "sheet"), rows, hidden))
            rows = []
    return grids


def _cells_of(row: Element) -> list[str]:
    cells: list[str] = []
    for cell in row.all("Cell"):
        _up_to(cells, _index(cell, len(cells) + 1), "", _MOST_COLUMNS)
        data = cell.first("Data")
        cells.append(_typed(data) if data else "")
        cells.extend([""] * min(_number(cell.attributes.get("MergeAcross", "0")), _MOST_COLUMNS))
    return cells


def _typed(data: Element) -> str:
    text = "".join(data.pieces) or "".join("".join(child.pieces) for child in data.children)
    sort = data.attributes.get("Type")
    if sort == "DateTime":
        midnight = _MIDNIGHT.fullmatch(text.strip())
        return TYPED + (midnight[1] if midnight else text.strip())
    if sort == "Number" and _NUMBER.fullmatch(text):
        return typed_number(text)
    return {"1": "true", "0": "false"}.get(text, text) if sort == "Boolean" else text


def _index(element: Element, following: int) -> int:
    return max(_number(element.attributes.get("Index", "")) or following, following)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 8 else 0


def _up_to(things: list[_Thing], index: int, empty: _Thing, most: int) -> None:
    if index > most:
        raise BadInput(f"the sheet names place {index}; at most {most} are read")
    things.extend([empty] * (index - 1 - len(things)))


def _grid(name: str, rows: Iterable[Sequence[str]], hidden: bool = False) -> Grid:
    kept = list(rows)
    width = max((len(row) for row in kept), default=0)
    columns = {
        f"c{place}": pl.Series([row[place] or None if place < len(row) else None for row in kept], dtype=pl.String)
        for place in range(width)
    }
    return Grid(name, hidden, pl.DataFrame(columns))
