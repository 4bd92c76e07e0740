"""The database's own clock: processes' clocks may differ, and tests move theirs."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, literal_column

from relance.adapters.store.engine import is_sqlite

_SECOND = 1_000_000


def from_now(connection: Connection, seconds: float = 0) -> ColumnElement[Any]:
    """A moment so many seconds from now, as `Instant` keeps it."""
    if is_sqlite(connection):
        clock = "cast((julianday('now') - 2440587.5) * 86400000000 as integer)"
    else:
        clock = "cast(extract(epoch from clock_timestamp()) * 1000000 as bigint)"
    return literal_column(f"({clock} + {int(seconds * _SECOND)})")
