"""One engine per process: SQLite in WAL with full synchronisation, or PostgreSQL."""

import sqlite3
import zlib
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, Connection, ExceptionContext, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import QueuePool, StaticPool

from relance.adapters.store.checkpoints import LOG_PRAGMAS, Checkpoints
from relance.core.kernel.errors import BadInput, RelanceError

WRITE = "relance_write"
SORTS = "relance_sorts"
"""An option of a reader that groups many rows."""
GLANCE = "relance_glance"
"""An option of a reader of a row or two, which takes an SQLite connection as the one before has left it."""
_MAPPED = 4 << 30
"""Readers see so much of an SQLite file as memory: searches take two thirds of the time. It counts as memory of the
process, though the system may take it back, so a writer reads page by page."""
_TEMPORARY_FILE, _TEMPORARY_MEMORY = 1, 2
"""Where SQLite sorts. In memory it sorts all at once; into a file piece by piece as the processor's caches hold them,
which takes a million rows of a day half of the time. What readers sort is small, or comes in order."""
_PAGES_WRITTEN, _PAGES_READ = -160_000, -2_000
"""Kilobytes of pages that a connection keeps: a bulk write then puts each page it changes into the log once."""
_FULL = ("database or disk is full", "disk I/O error")
_BUSY = ("database is locked", "database table is locked")
_IN_THE_WAY = ("40001", "40P01", "55P03")
"""What PostgreSQL says where two transactions cannot both go on; the later one may be tried again."""
_PATIENCE = {
    "connect_timeout": 10,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
"""Seconds, and milliseconds, after which a server that does not answer is gone; by itself the system waits for hours.
An address may say otherwise."""


class SchemaMissing(RelanceError):
    """The database has not been prepared, or not for this version."""

    code = "schema-missing"
    status = 503


class DatabaseUnreachable(RelanceError):
    """Nothing answers where the database should be."""

    code = "database-unreachable"
    status = 503


class DatabaseBusy(RelanceError):
    """Another transaction was in the way; this one can be tried again."""

    code = "database-busy"
    status = 503


class StorageFull(RelanceError):
    """The database cannot write any more."""

    code = "storage-full"
    status = 507


def engine_for(url_text: str, durable: bool = True) -> Engine:
    """An engine for `sqlite:///path` or `postgresql://...`; raises BadInput for any other database.

    Not `durable`: SQLite does not wait for the disk, for data that can be made again.
    """
    url = _read(url_text)
    if url.get_backend_name() == "sqlite":
        return _sqlite(url, durable)
    if url.get_backend_name() == "postgresql":
        return _postgresql(url.set(drivername="postgresql+psycopg"))
    raise BadInput(f"RELANCE_DATABASE: {url.get_backend_name()} is not supported; use sqlite:/// or postgresql://")


def _read(url_text: str) -> URL:
    try:
        return make_url(url_text)
    except ArgumentError as bad:
        raise BadInput("RELANCE_DATABASE: no address of a database; write sqlite:///relance.db") from bad


def is_sqlite(connection: Connection) -> bool:
    """Whether this connection speaks to SQLite."""
    return connection.dialect.name == "sqlite"


def _sqlite(url: URL, durable: bool) -> Engine:
    in_memory = not url.database or url.database == ":memory:"
    if url.database and not in_memory:
        _make_folder(Path(url.database).parent)
    pool = StaticPool if in_memory else QueuePool
    engine = create_engine(url, poolclass=pool, connect_args={"check_same_thread": False, "timeout": 30})
    event.listen(engine, "connect", _prepare_sqlite)
    if not durable:
        event.listen(engine, "connect", lambda raw, _record: raw.execute("pragma synchronous=off"))
    event.listen(engine, "begin", _begin_sqlite)
    event.listen(engine, "handle_error", _explain)
    if url.database and not in_memory:
        _checkpoint_beside(engine, Checkpoints(Path(url.database).absolute()))
    return engine


def _postgresql(url: URL) -> Engine:
    patience = {name: value for name, value in _PATIENCE.items() if name not in url.query}
    engine = create_engine(url, pool_size=10, max_overflow=20, pool_pre_ping=True, connect_args=patience)
    event.listen(engine, "handle_error", _explain)
    return engine


def _checkpoint_beside(engine: Engine, checkpoints: Checkpoints) -> None:
    """A connection that comes back has committed: then its log may be moved, and its pages given back."""

    def returned(raw: sqlite3.Connection | None, record: Any) -> None:
        if raw is not None and record.info.get("writes") and checkpoints.after_commit():
            raw.execute("pragma shrink_memory")

    event.listen(engine, "checkin", returned)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as closed:
        raise DatabaseUnreachable(f"the folder {folder} cannot be made: {closed.strerror}") from closed


def _prepare_sqlite(raw: sqlite3.Connection, _record: Any) -> None:
    raw.isolation_level = None
    for pragma in (
        "foreign_keys=on",
        "journal_mode=wal",
        "busy_timeout=30000",
        "synchronous=full",
        *LOG_PRAGMAS,
    ):
        raw.execute(f"pragma {pragma}")
    raw.create_function("hashtext", 1, _hash, deterministic=True)


def _hash(text: str) -> int:
    """What PostgreSQL's function of the same name is for; their numbers differ and are never compared."""
    return zlib.crc32(text.encode())


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once: two read-modify-writes then queue instead of losing one (recipes, section 4)."""
    options = connection.get_execution_options()
    if options.get(GLANCE):
        connection.exec_driver_sql("begin")
        return
    write, into_files = options.get(WRITE, True), options.get(WRITE, True) or options.get(SORTS, False)
    if (connection.info.get("writes"), connection.info.get("sorts")) != (write, into_files):
        connection.exec_driver_sql(f"pragma mmap_size={0 if write else _MAPPED}")
        connection.exec_driver_sql(f"pragma temp_store={_TEMPORARY_FILE if into_files else _TEMPORARY_MEMORY}")
        connection.exec_driver_sql(f"pragma cache_size={_PAGES_WRITTEN if write else _PAGES_READ}")
        connection.info["writes"], connection.info["sorts"] = write, into_files
    driver: Any = connection.connection.driver_connection
    connection.info["changes"] = driver.total_changes
    connection.exec_driver_sql("begin immediate" if write else "begin")


def _explain(context: ExceptionContext) -> None:
    """A table that is not there, or no database at all, is no surprise: the operator knows what to do."""
    error = context.original_exception
    if context.is_pre_ping or not isinstance(error, Exception):
        return  # the pool replaces a connection that went stale; and an interrupt is no error of the database
    if context.connection is None:
        words = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise DatabaseUnreachable(f"the database cannot be reached: {words}") from error
    refusal = refusal_of(error, context.is_disconnect, committing=context.statement is None)
    if refusal is not None:
        raise refusal from error


def refusal_of(error: BaseException, lost: bool, committing: bool = False) -> RelanceError | None:
    """What the database's error says to an operator; None for one that is a fault of ours."""
    if "no such table" in str(error) or type(error).__name__ == "UndefinedTable":
        return SchemaMissing("the database is not prepared: run `relance db upgrade` first")
    if type(error).__name__ == "DiskFull" or any(words in str(error) for words in _FULL):
        return StorageFull("the database's disk is full or cannot be written; nothing was changed: make room")
    if getattr(error, "sqlstate", None) in _IN_THE_WAY or any(words in str(error) for words in _BUSY):
        return DatabaseBusy("another transaction was in the way; nothing was changed: try again")
    if lost and committing:
        return DatabaseUnreachable(
            "the connection to the database was lost while it kept the changes: look whether it did, then try again"
        )
    if lost:
        return DatabaseUnreachable("the connection to the database was lost; nothing was changed: try again")
    return None
