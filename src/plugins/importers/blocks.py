"""Blocks of whole lines into tables of text: polars where it reads exactly, the csv module where a block is odd."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import IO, Any, Literal

import msgspec
import polars as pl

from relance.plugins import BadInput, Rejected, Table

BLOCK = 1 << 23
"""Characters read at a time; memory follows the block and not the file."""
_BATCH = 50_000


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """How a file is written. `columns` are unique names."""

    encoding: str = "utf-8"
    delimiter: str = ""
    quote: str = '"'
    header_line: int = 1
    columns: tuple[str, ...] = ()


def blocks_of(text: IO[str]) -> Iterator[str]:
    """Blocks that end with a line's end; the last may not."""
    rest = ""
    while chunk := text.read(BLOCK):
        if "\0" in chunk:
            raise BadInput("the file holds NUL bytes: it is no text; export it again as delimited text")
        whole, newline, rest_of_chunk = chunk.rpartition("\n")
        if not newline:
            rest += chunk
            continue
        yield rest + whole + newline
        rest = rest_of_chunk
    if rest:
        yield rest


def fast_table(block: str, layout: Layout, first_line: int) -> Table | None:
    """The block as polars reads it, or None unless every line is one row with exactly the header's cells."""
    if not block.endswith("\n"):
        return None
    data = block.encode()
    try:
        frame = pl.read_csv(
            io.BytesIO(data),
            has_header=False,
            schema=dict.fromkeys(layout.columns, pl.String),
            separator=layout.delimiter,
            quote_char=layout.quote or None,
        )
    except pl.exceptions.PolarsError:
        return None  # a row too long or a stray quote: the csv module says which line
    if frame.height != data.count(b"\n") or not _complete(frame, data, layout):
        return None
    return Table(columns=frame.with_columns(_lines(first_line, frame.height)))


def quoting_of(layout: Layout) -> Literal[0, 3]:
    """How the csv module is told whether quotes mean anything."""
    return csv.QUOTE_MINIMAL if layout.quote else csv.QUOTE_NONE


def slow_tables(blocks: Iterable[str], layout: Layout, first_line: int) -> Iterator[Table]:
    """The rest of the file through the csv module, with exact line numbers; a torn end raises BadInput."""
    lines = _Lines(blocks)
    rows = csv.reader(
        lines, delimiter=layout.delimiter, quotechar=layout.quote or None, quoting=quoting_of(layout), strict=True
    )
    good: list[tuple[int | str, ...]] = []
    rejected: list[Rejected] = []
    for line, row in _numbered(rows, first_line):
        if len(row) == len(layout.columns):
            good.append((line, *row))
        elif any(cell.strip() for cell in row):
            rejected.append(_ragged(row, line, layout, torn=lines.unfinished))
        if len(good) == _BATCH:
            yield _table(good, rejected, layout)
            good, rejected = [], []
    yield _table(good, rejected, layout)


class _Lines:
    """Lines of blocks; `unfinished` once the last line has come without its end."""

    def __init__(self, blocks: Iterable[str]) -> None:
        self._lines = (line for block in blocks for line in io.StringIO(block))
        self.unfinished = False

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.unfinished = not line.endswith("\n")
        return line


def _numbered(rows: Any, first_line: int) -> Iterator[tuple[int, list[str]]]:
    """Each row with the physical line on which it begins."""
    while True:
        line = first_line + rows.line_num
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as broken:
            raise BadInput(
                f"line {line}: a quote is left open or misplaced ({broken}); the file is cut off or damaged, "
                "nothing is read from it"
            ) from broken
        yield line, row


def _ragged(row: list[str], line: int, layout: Layout, torn: bool) -> Rejected:
    wanted = len(layout.columns)
    if torn and len(row) < wanted:
        raise BadInput(f"line {line}: the file is cut off in its last row ({len(row)} of {wanted} cells)")
    return Rejected(
        line=line,
        column="",
        value=layout.delimiter.join(row)[:200],
        code="wrong-number-of-cells",
        message=f"the row has {len(row)} cells and the header {wanted}; correct the row in the file",
    )


def _table(good: list[tuple[int | str, ...]], rejected: list[Rejected], layout: Layout) -> Table:
    schema: dict[str, Any] = {"line": pl.Int64} | dict.fromkeys(layout.columns, pl.String)
    frame = pl.DataFrame(good, schema=schema, orient="row") if good else pl.DataFrame(schema=schema)
    return Table(columns=frame, rejected=tuple(rejected))


def _complete(frame: pl.DataFrame, data: bytes, layout: Layout) -> bool:
    """Whether no row is too short: polars fills short rows up, but then the block holds too few delimiters."""
    delimiters = data.count(layout.delimiter.encode())
    if layout.quote and layout.quote.encode() in data:
        inside = frame.select(pl.sum_horizontal(pl.all().str.count_matches(layout.delimiter, literal=True)).sum())
        delimiters -= inside.item()
    return delimiters == frame.height * (len(layout.columns) - 1)


def _lines(first: int, count: int) -> pl.Series:
    return pl.int_range(first, first + count, dtype=pl.Int64, eager=True).alias("line")
