"""One file of delimited text, block by block, into tables; what is left out is told with the last of them."""

import csv
from collections.abc import Iterator

import msgspec
import polars as pl

from relance.plugins import BadInput, Note, Table
from relance.plugins.importers.blocks import Block, FastTable, balanced, fast_table, slices_of, without_blank
from relance.plugins.importers.endings import Skipped, notes_of, without_ending
from relance.plugins.importers.headings import CUSTOMER, with_customers, with_groups, without_headings
from relance.plugins.importers.interruptions import joined, without_interruptions
from relance.plugins.importers.layouts import Layout
from relance.plugins.importers.odd_blocks import odd_tables
from relance.plugins.importers.summed import without_sums

MOST_ROWS = 5_000_000
_MOST_LINES = 4 * MOST_ROWS


class Reading:
    """How far a file has been read."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._line, self._rows, self._rest = 0, 0, b""
        self._skipped: list[Skipped] = []
        self._headings: list[Note] = []
        self._group = ""

    def tables(self, blocks: Iterator[Block]) -> Iterator[Table]:
        """The rows below the header; raises BadInput for a file without rows, with too many, or cut off."""
        for block in blocks:
            data, line = self._begun(block.data)
            if block.last:
                data, ending = without_ending(data, self._layout, line)
                self._skipped += ending
            for table in self._block(Block(data, block.last), line):
                yield self._counted(table)
        if not self._rows:
            raise BadInput("the file has a header and no rows: nothing is read from it")
        notes = (*notes_of(self._skipped), *_together(self._headings))
        if self._layout.lost:
            notes += (Note("lost-characters", len(self._layout.lost), self._layout.lost[:6]),)
        if notes:
            columns = (*self._layout.columns, *((CUSTOMER,) if self._layout.customerless else ()))
            empty = pl.DataFrame(schema={"line": pl.Int64} | dict.fromkeys(columns, pl.String))
            yield Table(columns=empty, notes=notes)

    def _begun(self, data: bytes) -> tuple[bytes, int]:
        """The block with what was left of the block before, without what stands above the rows, and its first line."""
        if not self._line:
            self._line = self._layout.first_line
            data = _below(data, self._layout.first_line)
        return self._rest + data, self._line

    def _first_of(self, line: str) -> str:
        """The first cell of a line that holds something."""
        quote = self._layout.quote
        cells = next(csv.reader((line,), delimiter=self._layout.delimiter, quotechar=quote or None), [])
        return next(filter(None, (cell.strip(f"{quote} ") for cell in cells)), "")

    def _block(self, block: Block, line: int) -> Iterator[Table]:
        self._line, self._rest = line, b""
        whole = self._whole(block)
        fast = fast_table(whole, self._layout, line)
        if fast:
            self._rest = block.data[len(whole) :]
            yield self._taken(fast)
            return
        for part in slices_of(block):
            yield from self._part(Block(self._rest + part.data if self._rest else part.data, part.last))

    def _part(self, part: Block) -> Iterator[Table]:
        """A piece of a block that holds odd lines somewhere."""
        whole = self._whole(part)
        fast = fast_table(whole, self._layout, self._line)
        if fast:
            self._rest = part.data[len(whole) :]
            yield self._taken(fast)
            return
        self._rest = yield from odd_tables(part, self._layout, self._line)
        self._line += part.data.count(b"\n") - self._rest.count(b"\n")
        if self._line > _MOST_LINES:
            raise BadInput(f"the file has more than {_MOST_LINES} lines, nearly all of them blank")

    def _whole(self, block: Block) -> bytes:
        """The block without a row that goes on in the next one."""
        return block.data if block.last else block.data[: balanced(block.data, self._layout.quote.encode())]

    def _taken(self, fast: FastTable) -> Table:
        self._line += fast.lines
        return Table(columns=without_blank(fast.frame))

    def _counted(self, table: Table) -> Table:
        frame: pl.DataFrame = table.columns
        if self._layout.interrupted or self._layout.groups >= 0 or self._layout.customerless or self._layout.days:
            frame = self._uninterrupted(frame)
            table = msgspec.structs.replace(table, columns=frame)
        self._rows += frame.height + len(table.rejected)
        if self._rows > MOST_ROWS:
            raise BadInput(f"the file has more than {MOST_ROWS} rows; cut it into several files")
        return table

    def _uninterrupted(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The rows alone; those below the name of a group bear it."""
        frame, skipped = without_interruptions(frame, self._layout)
        frame, sums, names = without_sums(frame, self._layout.days)
        skipped += [Skipped(line, "totals-skipped", joined(cells, self._layout)) for line, cells in (*sums, *names)]
        self._skipped += skipped
        totals = [(one.line, self._first_of(one.text)) for one in self._skipped]
        if self._layout.customerless:
            frame, headings, self._group = with_customers(frame, totals, self._group)
        elif self._layout.groups >= 0:
            frame, headings, self._group = with_groups(frame, self._layout.groups, totals, self._group)
        else:
            frame, headings = without_headings(frame, totals)
        self._headings += headings
        return frame


def _together(notes: list[Note]) -> tuple[Note, ...]:
    if not notes:
        return ()
    return (Note(notes[0].code, sum(note.count for note in notes), notes[0].examples),)


def _below(data: bytes, first_line: int) -> bytes:
    at = 0
    for _ in range(first_line - 1):
        at = data.find(b"\n", at) + 1
        if not at:
            return b""
    return data[at:]
