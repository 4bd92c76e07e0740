"""One engine per process: SQLite in WAL with full synchronisation, or PostgreSQL."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, Connection, ExceptionContext, make_url
from sqlalchemy.pool import NullPool, StaticPool

from relance.core.kernel.errors import BadInput, RelanceError

WRITE = "relance_write"


class SchemaMissing(RelanceError):
    """The database has not been prepared, or not for this version."""

    code = "schema-missing"
    status = 503


def engine_for(url_text: str, durable: bool = True) -> Engine:
    """An engine for `sqlite:///path` or `postgresql://...`; raises BadInput for any other database.

    Not `durable`: SQLite does not wait for the disk, for data that can be made again.
    """
    url = make_url(url_text)
    if url.get_backend_name() == "sqlite":
        return _sqlite(url, durable)
    if url.get_backend_name() == "postgresql":
        engine = create_engine(
            url.set(drivername="postgresql+psycopg"), pool_size=10, max_overflow=20, pool_pre_ping=True
        )
        event.listen(engine, "handle_error", _explain)
        return engine
    raise BadInput(f"RELANCE_DATABASE: {url.get_backend_name()} is not supported; use sqlite:/// or postgresql://")


def is_sqlite(connection: Connection) -> bool:
    """Whether this connection speaks to SQLite."""
    return connection.dialect.name == "sqlite"


def _sqlite(url: URL, durable: bool) -> Engine:
    in_memory = not url.database or url.database == ":memory:"
    if url.database and not in_memory:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    pool = StaticPool if in_memory else NullPool
    engine = create_engine(url, poolclass=pool, connect_args={"check_same_thread": False, "timeout": 30})
    event.listen(engine, "connect", _prepare_sqlite)
    if not durable:
        event.listen(engine, "connect", lambda raw, _record: raw.execute("pragma synchronous=off"))
    event.listen(engine, "begin", _begin_sqlite)
    event.listen(engine, "handle_error", _explain)
    return engine


def _prepare_sqlite(raw: sqlite3.Connection, _record: Any) -> None:
    raw.isolation_level = None
    for pragma in (
        "foreign_keys=on",
        "journal_mode=wal",
        "busy_timeout=30000",
        "synchronous=full",
        "temp_store=memory",
    ):
        raw.execute(f"pragma {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once: two read-modify-writes then queue instead of losing one (recipes, section 4)."""
    write = connection.get_execution_options().get(WRITE, True)
    connection.exec_driver_sql("begin immediate" if write else "begin")


def _explain(context: ExceptionContext) -> None:
    """A table that is not there is no surprise: the operator has a command to run."""
    error = context.original_exception
    if "no such table" in str(error) or type(error).__name__ == "UndefinedTable":
        raise SchemaMissing("the database is not prepared: run `relance db upgrade` first") from error
