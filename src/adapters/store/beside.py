"""A second reader beside a transaction, so that one long question uses two processors."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.pool import StaticPool

from relance.adapters.store.engine import SORTS, WRITE, is_sqlite

_BESIDE = "relance_beside"
_one_pair = threading.Lock()
"""Two readers are for one person who waits: where several ask at once, each has a reader and a processor."""


def would_see_the_same(connection: Connection) -> bool:
    """Whether another connection sees what this transaction sees: it has written nothing yet."""
    if not _may_be_two(connection.engine):
        return False
    if is_sqlite(connection):
        driver: Any = connection.connection.driver_connection
        return bool(driver.total_changes == connection.info["changes"])
    return connection.exec_driver_sql("select pg_current_xact_id_if_assigned() is null").scalar() is True


def moment_of(connection: Connection) -> str:
    """What lets readers beside PostgreSQL's transaction see what it sees now; nobody writes beside SQLite's."""
    if is_sqlite(connection):
        return ""
    return str(connection.exec_driver_sql("select pg_export_snapshot()").scalar_one())


@contextmanager
def reader_beside(connection: Connection, moment: str) -> Iterator[Connection]:
    """Another connection to the same database that sees it as it was at the moment, for a few long questions."""
    options = {WRITE: False, SORTS: True}
    with connection.engine.execution_options(**options).connect() as reader, reader.begin() as transaction:
        if moment:
            reader.exec_driver_sql("set transaction isolation level repeatable read")
            reader.exec_driver_sql(f"set transaction snapshot '{moment}'")
        yield reader
        transaction.rollback()


@contextmanager
def reading_by_two(engine: Engine) -> Iterator[Connection]:
    """A transaction that only reads, on SQLite with a second one beside it wherever that is sure to see the same.

    PostgreSQL divides a long question among processes by itself.
    """
    reading = engine.execution_options(**{WRITE: False})
    if engine.dialect.name != "sqlite" or not _may_be_two(engine) or not _one_pair.acquire(blocking=False):
        with reading.connect() as connection, connection.begin() as transaction:
            yield connection
            transaction.rollback()
        return
    try:
        with reading.connect() as other, reading.connect() as connection, _both_begun(connection, other):
            yield connection
    finally:
        _one_pair.release()


@contextmanager
def _both_begun(connection: Connection, other: Connection) -> Iterator[None]:
    """The second reader counts what others have committed, before the first begins and as it begins itself: where
    nothing was committed in between, both see the same. Else it is let go."""
    with other.begin():
        before = _commits_seen(other)
    with connection.begin() as one, other.begin() as two:
        _commits_seen(connection)
        if _commits_seen(other) == before:
            connection.execution_options(**{_BESIDE: other})
        yield
        one.rollback()
        two.rollback()


def second_reader(connection: Connection) -> Connection | None:
    """The reader that stands beside this one, if any."""
    found: Connection | None = connection.get_execution_options().get(_BESIDE)
    return found


def _commits_seen(connection: Connection) -> int:
    """A number that changes with each commit of another connection; asking for it settles what a transaction sees."""
    return int(connection.exec_driver_sql("pragma data_version").scalar_one())


def _may_be_two(engine: Engine) -> bool:
    return os.cpu_count() != 1 and not isinstance(engine.pool, StaticPool)
