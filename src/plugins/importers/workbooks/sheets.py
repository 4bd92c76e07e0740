"""The sheets of a file, whatever sort of workbook it is."""

from collections.abc import Sequence
from pathlib import Path

from relance.plugins import Note
from relance.plugins.importers.workbooks.container import Sort
from relance.plugins.importers.workbooks.grids import Book, Grid, head_of

_SAMPLE = 65_536


def looked_at(file: Path, sort: Sort) -> Sequence[Grid]:
    """All sheets, of a large .xlsx only their first rows."""
    book = Book(head_of(file) if sort == "xlsx" else file)
    return [book.grid(name) for name in book.names]


def whole_sheet(file: Path, sheet: str) -> tuple[Grid, list[Note]]:
    """One sheet, whole, and what a person should know of its cells."""
    return Book(file).grid(sheet), []
