"""Tables of text into checked records, batch by batch: what was understood stays typed and small, the text goes."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

from relance.adapters.intake.file_reading import FileReading, Piece, frame_of
from relance.adapters.intake.looking import column_seen
from relance.core.intake.seen import ColumnSeen
from relance.ports.importers import Table
from relance.ports.intake import Checked, OpenRows, Plan, TellPassedOver

_THREADS = 2
"""Batches checked at once: polars lets go of the interpreter's lock, and more threads than this only cost memory."""
_AHEAD = 8
"""Batches read while what is open is not known yet."""


class ColumnarReader:
    """Checks with polars."""

    def look(self, table: Table) -> tuple[ColumnSeen, ...]:
        """What the columns of a batch show."""
        frame = frame_of(table)
        with ThreadPoolExecutor(_THREADS) as pool:
            return tuple(pool.map(column_seen, (frame[name] for name in self.names_of(table))))

    def names_of(self, table: Table) -> tuple[str, ...]:
        """The names of the columns, without the one of line numbers."""
        return tuple(name for name in frame_of(table).columns if name != "line")

    def rows_of(self, table: Table) -> int:
        """How many rows a batch has."""
        return frame_of(table).height + len(table.rejected)

    def check(
        self,
        tables: Iterator[Table],
        plan: Plan,
        opened: Callable[[], OpenRows | None] | None = None,
        tell: TellPassedOver | None = None,
    ) -> Checked:
        """Read all tables; raises BadInput for a mapping or an option that does not fit the file."""
        reading = FileReading(plan, opened or _nothing)
        with ThreadPoolExecutor(_THREADS) as pool:
            running: deque[Future[Piece]] = deque()
            for table in tables:
                reading.begin(table)
                running.append(pool.submit(reading.checked, table))
                if len(running) > _AHEAD:
                    reading.take(running.popleft().result())
            while running:
                reading.take(running.popleft().result())
        return reading.done(tell)


def _nothing() -> OpenRows | None:
    return None
