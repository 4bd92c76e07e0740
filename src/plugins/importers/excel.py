"""Workbooks: .xlsx, .xlsm, .xlsb, .xls, .ods, and the web pages and XML that programs name so."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import ClassVar

import polars as pl

from relance.plugins import BadInput, Guess, Importer, Note, Recognised, Table, hookimpl
from relance.plugins.importers.workbooks.choice import Choice, chosen
from relance.plugins.importers.workbooks.container import Sort, sort_of
from relance.plugins.importers.workbooks.grids import is_long
from relance.plugins.importers.workbooks.looked import LastLook, Looked
from relance.plugins.importers.workbooks.sheets import opened, whole_sheet
from relance.plugins.importers.workbooks.tables import table_of, unique_names

api = 1
MOST_COLUMNS = 300
_BATCH = 50_000
_SAMPLE = 65_536


class Workbooks:
    """Reads one table of one sheet; options `sheet` (name or number) and `header-line`."""

    name: ClassVar[str] = "excel"
    label: ClassVar[str] = "Workbook (Excel, OpenDocument)"

    def __init__(self) -> None:
        self._last = LastLook()

    def recognises(self, sample: bytes, file_name: str) -> Recognised:
        """Known by its first bytes, whatever it is named; what is inside, `looks` says."""
        sort = sort_of(sample)
        if not sort:
            return Recognised(confidence=0, why="no workbook begins like this")
        return Recognised(confidence=95, why=f"begins like a workbook ({sort})")

    def looks(self, file: Path, options: Mapping[str, str]) -> Recognised:
        """The sheet and the header that an import would take, and why."""
        sort = _sort_of(file)
        long = sort == "xlsx" and is_long(file)
        with opened(file, sort, torn=not long) as book:
            heads = book.heads()
        choice = chosen(heads, options)
        top = next(grid for grid in heads if grid.name == choice.sheet) if long else None
        self._last.keep(file, Looked(choice=choice, top=top))
        return Recognised(
            confidence=95,
            why=f"a workbook ({sort}) with {choice.sheets} sheets",
            options={"sheet": choice.sheet, "header-line": str(choice.shape.header_line)},
            header_line=choice.shape.header_line,
            columns=unique_names(choice.shape.header),
            guesses=_guesses(choice),
        )

    def top(self, file: Path, options: Mapping[str, str]) -> Table | None:
        """The first rows of a long sheet as the last look saw them; None where `read` is as quick."""
        known = self._last.of(file, options)
        if known is None or known.top is None:
            return None
        _refuse_wide(known.choice)
        shape = known.choice.shape
        frame, left_out = table_of(known.top.cells, shape, known.choice.header_in(known.top))
        return Table(columns=frame, notes=tuple(left_out)) if frame.height else None

    def read(self, file: Path, options: Mapping[str, str]) -> Iterator[Table]:
        """The table of the sheet in batches; totals, footers and blank rows are left out and told."""
        sort, known = _sort_of(file), self._last.of(file, options)
        whole, beside = known is not None and known.checked, sort in ("xlsx", "ods")
        with opened(file, sort, checked=whole, torn=not beside) as book:
            choice = known.choice if known else chosen(book.heads(), options)
            _refuse_wide(choice)
            grid, notes = whole_sheet(book, file, sort, choice.sheet, whole or not beside)
        frame, left_out = table_of(grid.cells, choice.shape, choice.header_in(grid))
        if frame.is_empty():
            raise BadInput(f"sheet {choice.sheet!r} has a header in line {choice.shape.header_line} and no rows below")
        yield from _batches(frame, (*notes, *left_out))


@hookimpl
def provide_importers() -> list[Importer]:
    """The one importer of this module."""
    return [Workbooks()]


def _sort_of(file: Path) -> Sort:
    """What the file really is."""
    if not file.stat().st_size:
        raise BadInput("the file is empty")
    with file.open("rb") as start:
        return sort_of(start.read(_SAMPLE))


def _refuse_wide(choice: Choice) -> None:
    width = len(choice.shape.header)
    if width > MOST_COLUMNS:
        raise BadInput(f"the table has {width} columns; at most {MOST_COLUMNS} are read")


def _guesses(choice: Choice) -> tuple[Guess, ...]:
    line = str(choice.shape.header_line)
    return (
        Guess(name="sheet", value=choice.sheet, confidence=choice.confidence, code=choice.code, why=choice.why),
        Guess(
            name="header-line",
            value=line,
            confidence=choice.shape.confidence,
            code="header-found",
            why=f"line {line} names the columns of the rows below it",
        ),
    )


def _batches(frame: pl.DataFrame, notes: tuple[Note, ...]) -> Iterator[Table]:
    for start in range(0, frame.height, _BATCH):
        yield Table(columns=frame.slice(start, _BATCH), notes=notes if not start else ())
