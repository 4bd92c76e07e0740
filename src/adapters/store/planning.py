"""What PostgreSQL is told about a statement whose rows it cannot guess."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from sqlalchemy import Connection

from relance.adapters.store.engine import is_sqlite

Means = Literal["sort", "nestloop"]


@contextmanager
def avoiding(connection: Connection, means: Means) -> Iterator[None]:
    """Within it PostgreSQL takes another way where there is one: where it expects few rows and there are very many, to
    sort them or to look each of them up takes longest. SQLite is left as it is."""
    if is_sqlite(connection):
        yield
        return
    _set(connection, means, "off")
    yield
    _set(connection, means, "on")


def _set(connection: Connection, means: Means, to: str) -> None:
    connection.exec_driver_sql(f"select set_config('enable_{means}', '{to}', true)")
