"""A table without the rows that are sums of others; the names in sums above their rows go to the rows below them."""

from typing import Any

import polars as pl

from relance.plugins.importers.headings import CUSTOMER
from relance.plugins.importers.sums import Part, minor_of, parts_of

NUMBER = "Number"
"""What stands in a nameless column below the names of customers: of each row its own."""
_Cells = list[str]


def without_sums(
    frame: pl.DataFrame, days: tuple[int, ...], widen: bool = False
) -> tuple[pl.DataFrame, list[tuple[int, _Cells]], list[tuple[int, _Cells]]]:
    """The rows, the totals and the headings, each of these with its line.

    `widen` allows one column more, for names that stand above rows in a column of something else.
    """
    names = [name for name in frame.columns if name != "line"]
    if not days or any(_is_full(frame[names[place]]) for place in days):
        return frame, [], []
    rows = [[cell or "" for cell in row] for row in frame.select(names).iter_rows()]
    parts = parts_of(rows, days)
    place = _named_above(rows, parts) if widen and CUSTOMER not in names else -1
    _fill(rows, parts)
    lines = frame["line"].to_list()
    told = {
        part: [(lines[at], row) for at, row in enumerate(rows) if parts[at] == part] for part in ("total", "heading")
    }
    kept = [at for at, part in enumerate(parts) if part == "row"]
    if len(kept) == len(rows):
        return frame, [], []
    schema: dict[str, Any] = {"line": pl.Int64} | dict.fromkeys(names, pl.String)
    data: list[tuple[Any, ...]] = [(lines[at], *(cell or None for cell in rows[at])) for at in kept]
    found = pl.DataFrame(data, schema=schema, orient="row")
    if place >= 0:
        found = found.with_columns(pl.Series(CUSTOMER, _above(rows, parts, place), dtype=pl.String))
        if names[place] == f"column {place + 1}" and NUMBER not in names:
            found = found.rename({names[place]: NUMBER})
    return found, told["total"], told["heading"]


def _is_full(column: pl.Series) -> bool:
    """Whether every row has something there: then none is without a day."""
    return not column.null_count() and not (column.str.len_bytes() == 0).any()


def _fill(rows: list[_Cells], parts: list[Part]) -> None:
    """Texts of a heading stand in the rows below it wherever these have nothing."""
    texts: dict[int, str] = {}
    for row, part in zip(rows, parts, strict=True):
        if part == "heading":
            texts = {place: cell for place, cell in enumerate(row) if cell.strip() and minor_of(cell) is None}
        elif part == "total":
            texts = {}
        else:
            for place, text in texts.items():
                row[place] = row[place] if row[place].strip() else text


def _named_above(rows: list[_Cells], parts: list[Part]) -> int:
    """The only column in which headings have a text, where the rows below have other texts in it; else -1."""
    headings = [row for row, part in zip(rows, parts, strict=True) if part == "heading"]
    places = {place for row in headings for place, cell in enumerate(row) if cell.strip() and minor_of(cell) is None}
    if len(places) != 1:
        return -1
    place = places.pop()
    own = [row[place] for row, part in zip(rows, parts, strict=True) if part == "row"]
    return place if all(cell.strip() for cell in own) else -1


def _above(rows: list[_Cells], parts: list[Part], place: int) -> list[str | None]:
    names: list[str | None] = []
    name: str | None = None
    for row, part in zip(rows, parts, strict=True):
        if part == "row":
            names.append(name)
        else:
            name = row[place].strip() if part == "heading" else None
    return names
