"""A second reader beside a transaction, so that one long question uses two processors."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.pool import StaticPool

from relance.adapters.store.engine import SORTS, WRITE, is_sqlite


def would_see_the_same(connection: Connection) -> bool:
    """Whether another connection sees what this transaction sees: it has written nothing yet."""
    if os.cpu_count() == 1 or isinstance(connection.engine.pool, StaticPool):
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
