"""Workers known by a lock that dies with them: a file beside SQLite, an advisory lock in PostgreSQL."""

import fcntl
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import ResourceClosedError

from relance.adapters.store.engine import DatabaseUnreachable
from relance.ports.workers import Workers, WorkerThere

_LOCKS = 8
"""The first key of our workers' advisory locks."""
_AWAY = (DatabaseUnreachable, ResourceClosedError)
"""The connection broke now, or when it was last asked, and no other could be made then."""


def workers_for(engine: Engine) -> Workers:
    """The way that fits the database."""
    if engine.dialect.name == "sqlite":
        return FileWorkers(engine)
    return AdvisoryWorkers(engine)


class FileWorkers:
    """One worker a database file: whoever holds the lock may take over everything that others left."""

    def __init__(self, engine: Engine) -> None:
        database = Path(engine.url.database or "")
        self._engine, self._file = engine, database.with_name(f"{database.name}.worker")

    @contextmanager
    def enter(self) -> Iterator[str]:
        """Hold the lock file; raises WorkerThere."""
        with self._file.open("a") as lock, self._engine.connect() as open_all_the_while:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as taken:
                raise WorkerThere(
                    "another worker sends from this SQLite database: `relance serve` carries one, and there can be "
                    "only one; use PostgreSQL for more"
                ) from taken
            # SQLite empties its log whenever the last connection closes; this one spares every commit that work
            open_all_the_while.exec_driver_sql("select 1")
            open_all_the_while.rollback()
            yield secrets.token_hex(6)

    def stay(self, worker: str) -> None:
        """The file stays locked as long as this process lives."""

    def lives(self, worker: str) -> bool:
        """Nobody else: the lock is ours."""
        return False


class AdvisoryWorkers:
    """Any number of workers; each keeps a connection whose advisory lock the server drops when the worker dies."""

    def __init__(self, engine: Engine) -> None:
        self._engine, self._turn = engine, Lock()
        self._held: dict[str, Connection] = {}

    @contextmanager
    def enter(self) -> Iterator[str]:
        """Hold an advisory lock of our own."""
        worker = str(secrets.randbelow(2**31))
        self._held[worker] = self._locked(worker)
        try:
            yield worker
        finally:
            self._leave(worker)

    def stay(self, worker: str) -> None:
        """Ask the connection that holds the lock; where it is gone, the lock is too, and another one takes it."""
        with self._turn:
            if worker not in self._held:
                return
            try:
                self._held[worker].execute(text("select 1"))
            except _AWAY:
                self._held[worker].close()
                self._held[worker] = self._locked(worker)

    def lives(self, worker: str) -> bool:
        """Whether anybody holds that worker's lock."""
        held = text(
            "select exists (select 1 from pg_locks where locktype = 'advisory' and granted and classid = :locks "
            "and objid = :number and database = (select oid from pg_database where datname = current_database()))"
        )
        with self._engine.connect() as connection:
            return worker.isdigit() and bool(connection.execute(held, _keys(int(worker))).scalar())

    def _locked(self, worker: str) -> Connection:
        connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        connection.execute(text("select pg_advisory_lock(:locks, :number)"), _keys(int(worker)))
        return connection

    def _leave(self, worker: str) -> None:
        with self._turn, self._held.pop(worker) as connection, suppress(*_AWAY):
            connection.execute(text("select pg_advisory_unlock(:locks, :number)"), _keys(int(worker)))


def _keys(number: int) -> dict[str, Any]:
    return {"locks": _LOCKS, "number": number}
