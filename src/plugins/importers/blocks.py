"""Blocks of whole lines into tables of text: polars where it reads exactly, line by line where a block is odd."""

from collections.abc import Iterator
from typing import NamedTuple

import polars as pl

from relance.plugins import BadInput
from relance.plugins.importers.layouts import Layout

LONGEST = 100_000
"""So many characters a cell may have."""
_ENDLESS = 30_000_000
_TRAILING = "\0trailing"


class Block(NamedTuple):
    """Whole lines; the last of the last block may not be whole."""

    data: bytes
    last: bool


def blocks_of(pieces: Iterator[bytes]) -> Iterator[Block]:
    """Pieces cut at line ends. The last two come together, so that a file's end is seen with what it ends."""
    held, rest = b"", b""
    for piece in pieces:
        whole, rest = _cut(rest + piece if rest else piece)
        if held and whole:
            yield Block(held, last=False)
        held = whole or held
    yield Block((held + rest).rstrip(b"\x1a"), last=True)


def fast_frame(data: bytes, layout: Layout, first_line: int) -> pl.DataFrame | None:
    """The block as polars reads it, or None unless every line is one row with exactly the header's cells."""
    if not data.endswith(b"\n"):
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
    if frame.height != data.count(b"\n") or not _exact(frame, data, layout) or _any_too_long(frame, data):
        return None
    if layout.trailing:
        last = frame.drop_in_place(_TRAILING)
        if last.null_count() < frame.height:
            return None
    lines = pl.int_range(first_line, first_line + frame.height, dtype=pl.Int64, eager=True)
    return frame.with_columns(lines.alias("line"))


def _cut(data: bytes) -> tuple[bytes, bytes]:
    """Whole lines, and the beginning of the next."""
    if data.endswith(b"\n"):
        return data, b""
    end = data.rfind(b"\n") + 1
    if not end and len(data) > _ENDLESS:
        raise BadInput(f"a line of the file is longer than {_ENDLESS} bytes: it is no table of rows")
    return data[:end], data[end:]


def _exact(frame: pl.DataFrame, data: bytes, layout: Layout) -> bool:
    """Whether no row was filled up and no quote was lost: then the text is as long as its cells and their marks."""
    if not layout.quote or layout.quote.encode() not in data:
        return data.count(layout.delimiter.encode()) == frame.height * (frame.width - 1)
    quotes = data.count(layout.quote.encode())
    text: int = sum(frame.select(pl.all().str.len_bytes().sum()).row(0))
    cells = frame.height * frame.width
    marks = len(data) - text - cells
    if quotes >= 2 * cells and not any(frame.null_count().row(0)):
        return marks * 2 == cells * 2 + quotes
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


def _any_too_long(frame: pl.DataFrame, data: bytes) -> bool:
    step = LONGEST // 2
    if all(data.find(b"\n", at, at + step) >= 0 for at in range(0, len(data) - step, step)):
        return False
    longest = frame.select(pl.all().str.len_chars().max()).row(0)
    return any(length is not None and length > LONGEST for length in longest)


def without_blank(frame: pl.DataFrame) -> pl.DataFrame:
    """Without rows of delimiters only, which spreadsheets write."""
    cells = [name for name in frame.columns if name != "line"]
    if not all(frame[name].null_count() for name in cells):
        return frame
    return frame.filter(~pl.all_horizontal(pl.col(cells).is_null()))
