"""Lines of the feed into cells, as its senders write them: with quotes left unescaped, and a delimiter at the end."""

import csv
import io
from collections.abc import Iterator
from typing import IO, Any

import msgspec
import polars as pl

from relance.plugins import BadInput, Rejected, Table

_BLOCK = 1 << 22
_MOST_LINES = 50
"""A quoted comment may run over so many lines; a quote that stays open longer was never meant as one."""


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """How one file is written."""

    encoding: str
    delimiter: str
    columns: tuple[str, ...]


class Split(msgspec.Struct, frozen=True, kw_only=True):
    """A block taken apart; `rest` begins a row that ends in the next block."""

    table: Table
    lines: int
    rest: str = ""


def tables_of(text: IO[str], layout: Layout) -> Iterator[Table]:
    """The rows below the header, block by block; a last row that is cut off raises BadInput."""
    line, rest = 2, ""
    while chunk := text.read(_BLOCK):
        if "\0" in chunk:
            raise BadInput("the file holds NUL bytes: it is no text; export it again as delimited text")
        whole, newline, after = (rest + chunk).rpartition("\n")
        split = _split(whole + newline, layout, line, last=False)
        yield split.table
        line, rest = line + split.lines, split.rest + after
    if rest.strip():
        yield _split(rest, layout, line, last=True).table


def cells_of(text: str, layout: Layout) -> list[str] | None:
    """The cells of one row; None where they are not as many as the header has."""
    width, delimiter = len(layout.columns), layout.delimiter
    if '"' not in text:
        return _fitted(text.split(delimiter), width)
    for attempt in (_strict, _lenient, _literal):
        cells = attempt(text, delimiter)
        found = None if cells is None else _fitted(cells, width)
        if found is not None:
            return found
    return None


def _split(block: str, layout: Layout, first: int, last: bool) -> Split:
    frame = None if '"' in block or last else _plain(block, layout)
    if frame is not None:
        lines = pl.int_range(first, first + frame.height, dtype=pl.Int64, eager=True).alias("line")
        return Split(table=Table(columns=frame.with_columns(lines)), lines=frame.height)
    return _row_by_row(block, layout, first, last)


def _plain(block: str, layout: Layout) -> pl.DataFrame | None:
    """The block as polars reads it, or None unless every line is one row with exactly the header's cells."""
    height, count = block.count("\n"), block.count(layout.delimiter)
    if not height or count % height:
        return None
    ends = {"\0end": pl.String} if count // height == len(layout.columns) else {}
    schema: dict[str, Any] = dict.fromkeys(layout.columns, pl.String) | ends
    try:
        frame = pl.read_csv(
            io.BytesIO(block.encode()), has_header=False, schema=schema, separator=layout.delimiter, quote_char=None
        )
    except pl.exceptions.PolarsError:
        return None
    complete = frame.height == height and count == height * (len(schema) - 1)
    if not complete or (ends and frame["\0end"].fill_null("").str.strip_chars().ne("").any()):
        return None
    return frame.select(layout.columns)


def _row_by_row(block: str, layout: Layout, first: int, last: bool) -> Split:
    lines = block.split("\n")
    if not lines[-1]:
        lines.pop()
    good: list[tuple[int | str, ...]] = []
    rejected: list[Rejected] = []
    place = 0
    while place < len(lines):
        cells, taken, whole = _row_at(lines, place, layout)
        if not whole and not last and len(lines) - place < _MOST_LINES:
            rest = "\n".join(lines[place:]) + "\n"
            return Split(table=_table(good, rejected, layout), lines=place, rest=rest)
        if cells is not None:
            good.append((first + place, *cells))
        elif lines[place].strip(f"{layout.delimiter} \t"):
            torn = last and place + 1 == len(lines) and not block.endswith("\n")
            rejected.append(_ragged(lines[place], first + place, layout, torn))
        place += taken if cells is not None else 1
    return Split(table=_table(good, rejected, layout), lines=len(lines))


def _row_at(lines: list[str], place: int, layout: Layout) -> tuple[list[str] | None, int, bool]:
    """The row that begins in this line, over how many lines it runs, and whether more lines could not change that."""
    text = lines[place]
    if not text.strip(f"{layout.delimiter} \t"):
        return None, 1, True
    cells = cells_of(text, layout)
    if not _is_open(text) or not (cells is None or cells[-1].lstrip().startswith('"')):
        return cells, 1, True
    for taken in range(2, min(_MOST_LINES, len(lines) - place) + 1):
        text = f"{text}\n{lines[place + taken - 1]}"
        joined = None if _is_open(text) else cells_of(text, layout)
        if joined is not None:
            return joined, taken, True
    return cells, 1, False


def _is_open(text: str) -> bool:
    """Whether a quote may have been left open."""
    return text.count('"') % 2 == 1


def _strict(text: str, delimiter: str) -> list[str] | None:
    """Quotes as the standard has them."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None


def _lenient(text: str, delimiter: str) -> list[str] | None:
    """A quoted value ends where a quote stands before a delimiter; quotes inside it are its own."""
    parts, cells, place = text.split(delimiter), [], 0
    while place < len(parts):
        end = _closed_at(parts, place) if parts[place].lstrip().startswith('"') else place
        cell = delimiter.join(parts[place : end + 1])
        cells.append(_unquoted(cell))
        place = end + 1
    return cells


def _closed_at(parts: list[str], place: int) -> int:
    """The part that closes the quote which this one opens; the part itself where none does."""
    if parts[place].strip() != '"' and parts[place].rstrip().endswith('"'):
        return place
    return next((end for end in range(place + 1, len(parts)) if parts[end].rstrip().endswith('"')), place)


def _literal(text: str, delimiter: str) -> list[str] | None:
    """Quotes that mean nothing."""
    return [_unquoted(cell) for cell in text.split(delimiter)]


def _unquoted(cell: str) -> str:
    bare = cell.strip()
    if len(bare) > 1 and bare.startswith('"') and bare.endswith('"'):
        return bare[1:-1].replace('""', '"')
    return cell


def _fitted(cells: list[str], width: int) -> list[str] | None:
    """Without the empty cell that a delimiter at the end makes."""
    if len(cells) == width + 1 and not cells[-1].strip():
        return cells[:-1]
    return cells if len(cells) == width else None


def _ragged(text: str, line: int, layout: Layout, torn: bool) -> Rejected:
    count, wanted = text.count(layout.delimiter) + 1, len(layout.columns)
    if torn and count < wanted:
        raise BadInput(f"line {line}: the file is cut off in its last row ({count} of {wanted} cells)")
    return Rejected(
        line=line,
        column="",
        value=text[:200],
        code="wrong-number-of-cells",
        message=f"the row has {count} cells and the header {wanted}; correct the row in the file",
    )


def _table(good: list[tuple[int | str, ...]], rejected: list[Rejected], layout: Layout) -> Table:
    schema: dict[str, Any] = {"line": pl.Int64} | dict.fromkeys(layout.columns, pl.String)
    frame = pl.DataFrame(good, schema=schema, orient="row") if good else pl.DataFrame(schema=schema)
    return Table(columns=frame, rejected=tuple(rejected))
