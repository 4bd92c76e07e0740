"""A sheet that is a list for paper: the same lists as in text, with their cells given."""

from collections.abc import Sequence

import polars as pl

from relance.plugins import Note
from relance.plugins.importers.blocks import Block
from relance.plugins.importers.paper import UNIT, paper_in
from relance.plugins.importers.paper_rows import PaperReading

_LOOKED_AT = 600


def paper_table(cells: pl.DataFrame, header_line: int) -> tuple[pl.DataFrame, list[Note]] | None:
    """The rows with what stands above them, and what was left out; None for an ordinary table."""
    if header_line < 2:
        return None
    paper = paper_in("\n".join(_lines(cells.head(_LOOKED_AT))), UNIT, header_line)
    if paper is None:
        return None
    text = "\n".join(_lines(cells))
    rows, ending = PaperReading(paper).tables(iter([Block(text.encode(), last=True)]))
    return rows.columns, list(ending.notes)


def _lines(cells: pl.DataFrame) -> list[str]:
    return [_line(row) for row in cells.iter_rows()]


def _line(row: Sequence[str | None]) -> str:
    return UNIT.join(" ".join((cell or "").split("\n")).replace(UNIT, " ") for cell in row)
