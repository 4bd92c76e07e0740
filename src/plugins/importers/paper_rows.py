"""The rows of a list for paper, each with what the lines above say of it; what is left out is told."""

from collections.abc import Iterator

import polars as pl

from relance.plugins import BadInput, Rejected, Table
from relance.plugins.importers.blocks import Block
from relance.plugins.importers.decoding import decoded
from relance.plugins.importers.endings import Skipped, notes_of
from relance.plugins.importers.layouts import unique
from relance.plugins.importers.paper import Paper, pairs, whose_label
from relance.plugins.importers.sums import is_day
from relance.plugins.importers.totals import begins_as_total, is_rule

_MOST_ROWS = 5_000_000


def columns_of(paper: Paper) -> tuple[str, ...]:
    """What the lines above the rows tell, then the columns of the header."""
    return unique((*paper.labels, *paper.header))


class PaperReading:
    """How far a list has been read."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._columns = columns_of(paper)
        self._above: dict[str, str] = {}
        self._skipped: list[Skipped] = []
        self._rejected: list[Rejected] = []
        self._line = self._rows = 0

    def tables(self, blocks: Iterator[Block]) -> Iterator[Table]:
        """One table a block; the notes come with the last. Raises BadInput for a list without rows."""
        for block in blocks:
            lines = decoded(block.data, self._line + 1).removesuffix("\n").split("\n")
            yield self._table([row for line in lines if (row := self._row(line))])
        if not self._rows:
            raise BadInput("the list has a header and no rows: nothing is read from it")
        yield Table(columns=self._frame([]), notes=notes_of(self._skipped))

    def _table(self, rows: list[tuple[int | str, ...]]) -> Table:
        rejected, self._rejected = tuple(self._rejected), []
        self._rows += len(rows) + len(rejected)
        if self._rows > _MOST_ROWS:
            raise BadInput(f"the file has more than {_MOST_ROWS} rows; cut it into several files")
        return Table(columns=self._frame(rows), rejected=rejected)

    def _frame(self, rows: list[tuple[int | str, ...]]) -> pl.DataFrame:
        schema = {"line": pl.Int64()} | dict.fromkeys(self._columns, pl.String())
        return pl.DataFrame(rows, schema=schema, orient="row")

    def _row(self, line: str) -> tuple[int | str, ...] | None:
        """The cells of a row behind what stands above it; None for a line that is none."""
        self._line += 1
        if not line.strip() or is_rule((line,)):
            return None
        if self._line <= self._paper.header_line:
            self._told(line)
            return None
        cells = self._paper.cells(line)
        if self._is_no_row(line, cells):
            return None
        if abs(len(cells) - len(self._paper.header)) > 1 or self._paper.parts_a_word(line):
            self._reject(line, cells)
            return None
        fitted = (*cells, "")[: len(self._paper.header)]
        return (self._line, *(self._above.get(label, "") for label in self._paper.labels), *fitted)

    def _is_no_row(self, line: str, cells: list[str]) -> bool:
        first = next((cell for cell in cells if cell), "")
        if tuple(cells) == self._paper.header or (not self._paper.delimiter and line.split() == self._names()):
            return self._skip("headers-skipped", line)
        if self._has_day(cells):
            return False
        if line.lstrip(" |").startswith("*") or begins_as_total(first):
            return self._skip("totals-skipped", line)
        return self._told(line) or self._skip("headers-skipped", line)

    def _names(self) -> list[str]:
        return " ".join(self._paper.header).split()

    def _has_day(self, cells: list[str]) -> bool:
        return any(place < len(cells) and is_day(cells[place]) for place in self._paper.days)

    def _told(self, line: str) -> bool:
        """Keep what a line says of the rows below; a customer's code ends what was said of another."""
        found = list(pairs(line, self._paper.delimiter))
        if any(whose_label(label) for label, _ in found):
            self._above = {}
        self._above |= found
        return bool(found)

    def _skip(self, code: str, line: str) -> bool:
        self._skipped.append(Skipped(self._line, code, line.strip()))
        return True

    def _reject(self, line: str, cells: list[str]) -> None:
        wanted = len(self._paper.header)
        message = f"the row has {len(cells)} cells and the header {wanted}; correct the row in the file"
        if len(cells) == wanted:
            message = "a word of the row goes on in the next column; correct the row in the file"
        self._rejected.append(
            Rejected(line=self._line, column="", value=line.strip()[:200], code="wrong-cell-count", message=message)
        )
