"""What a column of text shows to somebody who wants to understand the file."""

import polars as pl

from relance.adapters.intake.vectors import stripped, typed_cells
from relance.core.intake.seen import MOST_VALUES, ColumnSeen

_FIRST = 5
_HEAD = 200


def column_seen(column: pl.Series) -> ColumnSeen:
    """Distinct values in the order in which they come, and how many rows have one."""
    cells = stripped(column)
    marked = typed_cells(cells)
    text = stripped(cells, typed=False)
    filled = text.filter(text != "")
    values = filled.unique(maintain_order=True)
    return ColumnSeen(
        name=column.name,
        rows=len(text),
        filled=len(filled),
        values=tuple(values.head(MOST_VALUES).to_list()),
        distinct=len(values),
        first=tuple(filled.head(_FIRST).to_list()),
        head=tuple(text.head(_HEAD).to_list()),
        typed=frozenset() if marked is None else frozenset(text.filter(marked)) - frozenset(text.filter(~marked)),
    )
