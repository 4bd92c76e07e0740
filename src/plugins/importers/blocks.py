"""Blocks of whole lines into tables of text: polars where it reads exactly, line by line where a block is odd."""

from collections.abc import Iterator
from typing import NamedTuple

import polars as pl

from relance.plugins import BadInput
from relance.plugins.importers.layouts import Layout

LONGEST_LINE = 1_000_000
"""So many characters a line may have."""
_LONG_LINE = 50_000
_SLICE = 1 << 20
_FEW_LINES = 200
_TRAILING = "\0trailing"


class Block(NamedTuple):
    """Whole lines; the last of the last block may not be whole."""

    data: bytes
    last: bool


class FastTable(NamedTuple):
    """The rows with their lines, and how many lines they take."""

    frame: pl.DataFrame
    lines: int


def blocks_of(pieces: Iterator[bytes]) -> Iterator[Block]:
    """Pieces cut at line ends. The last two come together, so that a file's end is seen with what it ends."""
    held, rest = b"", b""
    for piece in pieces:
        whole, rest = _cut(rest + piece if rest else piece)
        if held and whole:
            yield Block(held, last=False)
        held = whole or held
    yield Block((held + rest).rstrip(b"\x1a"), last=True)


def slices_of(block: Block) -> Iterator[Block]:
    """The block in smaller ones, so that an odd line costs little time and its lines little memory."""
    at = 0
    while len(block.data) - at > _SLICE:
        end = block.data.find(b"\n", at + _SLICE) + 1
        if not end:
            break
        yield Block(block.data[at:end], last=False)
        at = end
    yield Block(block.data[at:], block.last)


def balanced(data: bytes, quote: bytes) -> int:
    """How much of the data ends outside of quotes; all of it where that cannot be told."""
    if not quote or quote not in data or data.count(quote) % 2 == 0:
        return len(data)
    end, odd = len(data), True
    for _ in range(_FEW_LINES):
        begin = data.rfind(b"\n", 0, end - 1) + 1
        odd ^= bool(data.count(quote, begin, end) % 2)
        if not odd and begin:
            return begin
        end = begin
    return len(data)


def fast_table(data: bytes, layout: Layout, first_line: int) -> FastTable | None:
    """The block as polars reads it, or None unless every row has exactly the header's cells."""
    count = data.count(b"\n")
    if not data.endswith(b"\n") or count * 2 > len(data) or _any_long_line(data):
        return None
    names = [*layout.columns, _TRAILING] if layout.trailing else layout.columns
    try:
        frame = pl.read_csv(
            data,
            has_header=False,
            schema=dict.fromkeys(names, pl.String),
            separator=layout.delimiter,
            quote_char=layout.quote or None,
        )
    except pl.exceptions.PolarsError:
        return None  # a row too long or a stray quote: line by line it is said which
    lines = _lines(frame, first_line, count)
    if lines is None or not _exact(frame, data, layout):
        return None
    if layout.trailing:
        last = frame.drop_in_place(_TRAILING)
        if last.null_count() < frame.height:
            return None
    return FastTable(frame.with_columns(lines.alias("line")), count)


def _lines(frame: pl.DataFrame, first_line: int, count: int) -> pl.Series | None:
    """The line on which each row begins, or None where rows and line breaks are not as many as lines."""
    if frame.height == count:
        return pl.int_range(first_line, first_line + count, dtype=pl.Int64, eager=True)
    breaks = frame.select(pl.sum_horizontal(pl.all().str.count_matches("\n", literal=True)).cast(pl.Int64)).to_series()
    if frame.height + breaks.sum() != count:
        return None
    return (breaks + 1).cum_sum().shift(1, fill_value=0) + first_line


def _cut(data: bytes) -> tuple[bytes, bytes]:
    """Whole lines, and the beginning of the next."""
    if data.endswith(b"\n"):
        return data, b""
    end = data.rfind(b"\n") + 1
    if not end and len(data) > 4 * LONGEST_LINE:
        raise BadInput(f"a line of the file has more than {LONGEST_LINE} characters: it is no table of rows")
    return data[:end], data[end:]


def _exact(frame: pl.DataFrame, data: bytes, layout: Layout) -> bool:
    """Whether no row was filled up and no quote was lost: then the text is as long as its cells and their marks."""
    text: int = sum(frame.select(pl.all().str.len_bytes().sum()).row(0))
    cells = frame.height * frame.width
    marks = len(data) - text - cells
    if not layout.quote or layout.quote.encode() not in data:
        return not marks
    quotes = data.count(layout.quote.encode())
    if quotes >= 2 * cells and not any(frame.null_count().row(0)) and marks * 2 == cells * 2 + quotes:
        return True
    return _doubled(data, layout) == quotes - marks


def _doubled(data: bytes, layout: Layout) -> int:
    """How many quotes are written twice, if every other one opens or closes a cell; else -1."""
    pieces = data.split(layout.quote.encode())
    edges = (*layout.delimiter.encode(), 10)
    if not len(pieces) % 2 or (pieces[0] and pieces[0][-1] not in edges) or pieces[-1][0] not in edges:
        return -1
    outside = pieces[2:-1:2]
    if any(text and (text[0] not in edges or text[-1] not in edges) for text in outside):
        return -1
    return outside.count(b"")


def _any_long_line(data: bytes) -> bool:
    """Whether a line may be so long that a cell is refused, or that its cells would fill the memory."""
    return any(data.find(b"\n", at, at + _LONG_LINE) < 0 for at in range(0, len(data) - _LONG_LINE, _LONG_LINE))


def without_blank(frame: pl.DataFrame) -> pl.DataFrame:
    """Without rows of delimiters only, which spreadsheets write."""
    cells = [name for name in frame.columns if name != "line"]
    if not all(frame[name].null_count() for name in cells):
        return frame
    return frame.filter(~pl.all_horizontal(pl.col(cells).is_null()))
