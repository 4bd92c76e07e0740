"""What a column of text shows to somebody who wants to understand the file."""

import polars as pl

from relance.adapters.intake.vectors import stripped, typed_cells
from relance.core.intake.seen import MOST_VALUES, ColumnSeen

_FIRST = 5
_HEAD = 200


def column_seen(column: pl.Series) -> ColumnSeen:
    """Distinct values in the order in which they come, and how many rows have one.

    Cells that are the same are looked at once: of most columns these are few.
    """
    rows = column.cast(pl.String).fill_null("")
    words = rows.filter(rows.is_first_distinct())
    cells = stripped(words)
    marked = typed_cells(cells)
    text = stripped(cells, typed=False)
    values = text if text.equals(words) else text.filter(text.is_first_distinct())
    values, filled = values.filter(values != ""), _filled(rows, words.filter(text == ""))
    said = _said(rows.head(_HEAD).append(filled.head(_FIRST)), words, text)
    return ColumnSeen(
        name=column.name,
        rows=len(rows),
        filled=len(filled),
        values=tuple(values.head(MOST_VALUES).to_list()),
        distinct=len(values),
        first=tuple(said[cell] for cell in filled.head(_FIRST)),
        head=tuple(said[cell] for cell in rows.head(_HEAD)),
        typed=frozenset() if marked is None else frozenset(text.filter(marked)) - frozenset(text.filter(~marked)),
    )


def _filled(rows: pl.Series, empty: pl.Series) -> pl.Series:
    """The rows whose cell is none of those that say nothing."""
    return rows if empty.is_empty() else rows.filter(~rows.is_in(empty.implode()))


def _said(few: pl.Series, words: pl.Series, text: pl.Series) -> dict[str, str]:
    """What these cells say, as the texts of their words."""
    here = words.is_in(few.implode())
    return dict(zip(words.filter(here), text.filter(here), strict=True))
