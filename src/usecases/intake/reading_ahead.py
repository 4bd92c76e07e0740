"""Read the next tables of a file while somebody looks at those that came before."""

from collections import deque
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor

from relance.ports.importers import Table

_MOST = 10
"""Tables that wait to be taken: memory follows them, and not the file."""


def ahead(tables: Generator[Table, None, None]) -> Generator[Table, None, None]:
    """The same tables in their order, and what their reading raises where it did; nothing is read before the first.

    Whoever stops early waits for the table that is being read, and for no other.
    """
    with ThreadPoolExecutor(1, "reading") as beside:
        reading = deque(beside.submit(next, tables, None) for _ in range(_MOST))
        try:
            while (table := reading.popleft().result()) is not None:
                reading.append(beside.submit(next, tables, None))
                yield table
        finally:
            beside.shutdown(cancel_futures=True)
            tables.close()
