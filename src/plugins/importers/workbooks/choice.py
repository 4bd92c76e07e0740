"""Which sheet holds the table, and why; a person's word goes before every guess."""

from collections.abc import Mapping, Sequence

import msgspec

from relance.plugins import BadInput
from relance.plugins.importers.workbooks.grids import Grid
from relance.plugins.importers.workbooks.layout import Shape, shape_at, shape_of

_TOP = 120
_CLEAR = 2.0
"""By so much one sheet must look more like items than another."""


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """One sheet, where its table stands, and how sure that is."""

    sheet: str
    shape: Shape
    sheets: int
    confidence: int = 100
    code: str = "given"
    why: str = "named in the options"

    def header_in(self, grid: Grid) -> tuple[str, ...]:
        """The header as wide as the whole sheet, of which the look saw only the top."""
        missing = grid.cells.width - len(self.shape.header)
        return (*self.shape.header, *("",) * missing)


def chosen(grids: Sequence[Grid], options: Mapping[str, str]) -> Choice:
    """The sheet of the options, or the one that looks most like a table; raises BadInput where there is none."""
    line = _header_line(options)
    wanted = options.get("sheet", "")
    if wanted:
        grid = _named(grids, wanted)
        return Choice(sheet=grid.name, shape=_shape(grid, line), sheets=len(grids))
    found = [(grid, shape) for grid in grids if (shape := _found(grid, line))]
    if not found:
        raise BadInput("no sheet of the workbook holds a table: a line of column names and rows below it")
    found.sort(key=lambda pair: (pair[0].hidden, -pair[1].score))
    return _best(found, len(grids))


def _best(found: list[tuple[Grid, Shape]], sheets: int) -> Choice:
    (grid, shape), others = found[0], [pair for pair in found[1:] if not pair[0].hidden]
    if not others:
        confidence, code, why = 100, "only-sheet", "the only sheet with a table"
    elif any(other.header == shape.header for _, other in others):
        confidence, code = 30, "several-sheets"
        why = "several sheets have the same columns; each is an import of its own"
    elif shape.score - others[0][1].score >= _CLEAR:
        confidence, code, why = 90, "looks-like-items", "the sheet with days, amounts and words, row by row"
    else:
        confidence, code = 50, "several-sheets"
        why = f"{others[0][0].name!r} holds a table too"
    return Choice(sheet=grid.name, shape=shape, sheets=sheets, confidence=confidence, code=code, why=why)


def _named(grids: Sequence[Grid], wanted: str) -> Grid:
    for grid in grids:
        if grid.name.strip().casefold() == wanted.strip().casefold():
            return grid
    if wanted.isdecimal() and 1 <= int(wanted) <= len(grids):
        return grids[int(wanted) - 1]
    raise BadInput(f"the workbook has no sheet {wanted!r}; it has {', '.join(repr(grid.name) for grid in grids)}")


def _header_line(options: Mapping[str, str]) -> int:
    text = options.get("header-line", "")
    if text and (not text.isdecimal() or int(text) < 1):
        raise BadInput(f"header-line={text!r} is no line number; lines count from 1")
    return int(text or 0)


def _shape(grid: Grid, line: int) -> Shape:
    shape = _found(grid, line)
    if shape is None and line:
        raise BadInput(f"line {line} of sheet {grid.name!r} is empty: it names no columns")
    if shape is None:
        raise BadInput(f"sheet {grid.name!r} holds no table: a line of column names and rows below it")
    return shape


def _found(grid: Grid, line: int) -> Shape | None:
    return shape_at(grid.first_rows(line + _TOP), line) if line else shape_of(grid.first_rows(_TOP))
