"""A block whose lines are not all alike, line by line: each row with its line, each line that is no row with why."""

from collections.abc import Generator
from typing import Any

import polars as pl

from relance.plugins import BadInput, Rejected, Table
from relance.plugins.importers.blocks import LONGEST_LINE, Block
from relance.plugins.importers.decoding import decoded
from relance.plugins.importers.layouts import Layout
from relance.plugins.importers.records import LONGEST, MOST_JOINED, fits, record_at
from relance.plugins.importers.structure import title_of
from relance.plugins.importers.totals import is_rule

_BATCH = 50_000
_MOST_OPEN = 2_000


def odd_tables(block: Block, layout: Layout, first_line: int) -> Generator[Table, None, bytes]:
    """The block's rows in batches; returns a row that goes on in the next block."""
    lines = decoded(block.data, first_line).split("\n")
    unfinished = bool(lines[-1]) and block.last
    if not lines[-1]:
        lines.pop()
    good: list[tuple[int | str, ...]] = []
    rejected: list[Rejected] = []
    place = opened = 0
    while place < len(lines):
        if not lines[place]:
            place += 1
            continue
        _refuse_endless(lines[place], first_line + place)
        record = record_at(lines, place, layout)
        open_to_the_end = record.cells is None and len(lines) - place < MOST_JOINED
        if open_to_the_end and not block.last:
            yield table_of(good, rejected, layout)
            return "".join(f"{line}\n" for line in lines[place:]).encode()
        line, at_end = first_line + place, place + record.lines == len(lines)
        if record.cells is None:
            if open_to_the_end and unfinished:
                raise BadInput(f"line {line}: a quote is left open and the file ends in it: it is cut off or damaged")
            rejected.append(_open(lines[place], line))
            opened += 1
            if opened > _MOST_OPEN:
                raise BadInput(f"line {line}: too many quotes are never closed; if they mean nothing, say quote=none")
        elif fits(record.cells, layout):
            _refuse_long(record.cells, line)
            if any(cell.strip() for cell in record.cells):
                good.append((line, *record.cells[: len(layout.columns)]))
        elif not is_rule(record.cells) and title_of(record.cells) not in layout.titles:
            rejected.append(_ragged(record.cells, line, layout, torn=unfinished and at_end))
        place += record.lines
        if len(good) + len(rejected) >= _BATCH:
            yield table_of(good, rejected, layout)
            good, rejected = [], []
    yield table_of(good, rejected, layout)
    return b""


def table_of(good: list[tuple[int | str, ...]], rejected: list[Rejected], layout: Layout) -> Table:
    """Rows with their lines as a table."""
    schema: dict[str, Any] = {"line": pl.Int64} | dict.fromkeys(layout.columns, pl.String)
    frame = pl.DataFrame(good, schema=schema, orient="row") if good else pl.DataFrame(schema=schema)
    return Table(columns=frame, rejected=tuple(rejected))


def _refuse_endless(line: str, number: int) -> None:
    if len(line) > LONGEST_LINE:
        raise BadInput(f"line {number} has {len(line)} characters; at most {LONGEST_LINE} are read")


def _refuse_long(cells: list[str], line: int) -> None:
    longest = max(map(len, cells), default=0)
    if longest > LONGEST:
        raise BadInput(f"line {line}: a cell has {longest} characters; at most {LONGEST} are read")


def _open(text: str, line: int) -> Rejected:
    message = "a quote is opened and not closed in this row; correct the row in the file"
    return Rejected(line=line, column="", value=text[:200], code="open-quote", message=message)


def _ragged(cells: list[str], line: int, layout: Layout, torn: bool) -> Rejected:
    wanted = len(layout.columns)
    if torn and len(cells) < wanted:
        raise BadInput(f"line {line}: the file is cut off in its last row ({len(cells)} of {wanted} cells)")
    return Rejected(
        line=line,
        column="",
        value=layout.delimiter.join(cells)[:200],
        code="wrong-cell-count",
        message=f"the row has {len(cells)} cells and the header {wanted}; correct the row in the file",
    )
