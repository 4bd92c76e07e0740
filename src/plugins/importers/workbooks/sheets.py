"""The sheets of a file, whatever sort of workbook it is."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from relance.plugins import BadInput, Note
from relance.plugins.importers.torn_zips import TORN
from relance.plugins.importers.workbooks.container import ZIPPED, Sort, check, check_torn, damaged
from relance.plugins.importers.workbooks.faults import Faults, faults_of, mended
from relance.plugins.importers.workbooks.grids import Grid
from relance.plugins.importers.workbooks.markup import MarkupBook
from relance.plugins.importers.workbooks.watched import watched


class Sheets(Protocol):
    """An opened workbook."""

    def heads(self) -> Sequence[Grid]:
        """All sheets, of a large workbook perhaps only their first rows."""
        ...

    def whole(self, sheet: str) -> Grid:
        """One sheet."""
        ...


@contextmanager
def opened(file: Path, sort: Sort, checked: bool = False, torn: bool = True) -> Iterator[Sheets]:
    """The sheets for as long as the block lasts; raises BadInput for a file that must not be opened.

    The process that will open a zipped one starts while its content is checked: read through, unless not `torn`.
    """
    if not checked and sort not in ZIPPED:
        check(file, sort)
    if sort in ("html", "xml"):
        yield MarkupBook(file, sort)
        return
    with watched(file, sort) as book:
        if not checked and sort in ZIPPED:
            check(file, sort, torn=torn)
        yield book


def whole_sheet(book: Sheets, file: Path, sort: Sort, sheet: str, whole: bool) -> tuple[Grid, list[Note]]:
    """One sheet, and what a person should know of its cells; a file not known to be `whole` is read through beside."""
    if sort not in ("xlsx", "ods", "xls"):
        return book.whole(sheet), []
    with ThreadPoolExecutor(1) as beside:
        faults = beside.submit(_read_through, file, sort, sheet, whole)
        try:
            grid = book.whole(sheet)
        except BadInput:
            faults.result()  # a damaged file is told as such
            raise
        cells, notes = mended(grid.cells, faults.result())
    return Grid(grid.name, grid.hidden, cells), notes


def _read_through(file: Path, sort: Sort, sheet: str, whole: bool) -> Faults:
    """The faults of a sheet, and the rest of a zipped file to its end where nobody has read it yet."""
    try:
        faults = faults_of(file, sort, sheet)
    except TORN as broken:
        raise damaged(broken) from broken
    if not whole and sort in ZIPPED:
        check_torn(file, but=faults.part)
    return faults
