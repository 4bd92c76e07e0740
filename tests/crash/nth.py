"""Breaks the n-th statement or commit of an engine, as the database itself would break it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import Engine, event

from relance.adapters.store import appending, bulk

SQLITE = ("SQLITE_FULL", "SQLITE_BUSY", "SQLITE_IOERR")
POSTGRESQL = ("53100", "40001", "57P01")
_SAYS = {
    "SQLITE_FULL": "database or disk is full",
    "SQLITE_BUSY": "database is locked",
    "SQLITE_IOERR": "disk I/O error",
    "53100": "could not extend file: No space left on device",
    "40001": "could not serialize access due to concurrent update",
}
CODES = {
    "SQLITE_FULL": "storage-full",
    "SQLITE_BUSY": "database-busy",
    "SQLITE_IOERR": "storage-full",
    "53100": "storage-full",
    "40001": "database-busy",
    "57P01": "database-unreachable",
}
"""What each must be told as."""


COMMIT = -1
"""In the place of a number: the first commit."""


class Breaking:
    """Counts statements and commits of an engine; the n-th one breaks, once."""

    def __init__(self, engine: Engine, error: str) -> None:
        self._engine, self._error = engine, error
        self._at, self.seen, self.broke = 0, 0, ""

    @contextmanager
    def at(self, number: int) -> Iterator["Breaking"]:
        """Break the `number`-th from here."""
        self._at, self.seen, self.broke = number, 0, ""
        yield self
        self._at = 0

    @contextmanager
    def listening(self) -> Iterator["Breaking"]:
        """Stand between the engine and its driver."""
        names = ("do_execute", "do_executemany", "do_execute_no_params")
        for name in names:
            event.listen(self._engine, name, self._statement)
        commit, copy, copy_rows = self._engine.dialect.do_commit, bulk._copy_in, appending._copy_rows
        self._engine.dialect.do_commit = self._committing(commit)  # type: ignore[method-assign] # the driver's own
        bulk._copy_in, appending._copy_rows = self._copying(copy), self._copying(copy_rows)
        try:
            yield self
        finally:
            self._engine.dialect.do_commit = commit  # type: ignore[method-assign] # as it was
            bulk._copy_in, appending._copy_rows = copy, copy_rows
            for name in names:
                event.remove(self._engine, name, self._statement)

    def _statement(self, cursor: Any, statement: str, *_: Any) -> None:
        self._meet(cursor, statement)

    def _committing(self, commit: Any) -> Any:
        def committed(connection: Any) -> None:
            if self._at:
                cursor = connection.cursor()
                self._meet(cursor, "commit")
                cursor.close()
            commit(connection)

        return committed

    def _copying(self, copy: Any) -> Any:
        def copied(connection: Any, table: str, rows: Any) -> None:
            with bulk.driven(connection) as cursor:
                self._meet(cursor, f"copy {table}")
            copy(connection, table, rows)

        return copied

    def _meet(self, cursor: Any, statement: str) -> None:
        if not self._at:
            return
        self.seen += 1
        if self._at in {self.seen, COMMIT if statement == "commit" else self.seen}:
            self._at, self.broke = 0, statement.partition("\n")[0][:60]
            self._break(cursor)

    def _break(self, cursor: Any) -> None:
        if self._error == "57P01":
            with psycopg.connect(_plain(self._engine), autocommit=True) as other:
                other.execute("select pg_terminate_backend(%s, 60000)", (cursor.connection.info.backend_pid,))
        elif isinstance(cursor, sqlite3.Cursor):
            if self._error != "SQLITE_BUSY":
                cursor.connection.rollback()  # as SQLite does by itself where the disk is full
            raise sqlite3.OperationalError(_SAYS[self._error])
        else:
            raising = f"raise exception using errcode = '{self._error}', message = '{_SAYS[self._error]}'"
            cursor.execute(f"do $$ begin {raising}; end $$")


def _plain(engine: Engine) -> str:
    return engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
