"""The write-ahead log of SQLite goes into its database beside the work, not within somebody's commit."""

import logging
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

_LOG = logging.getLogger("relance.store")
_MUCH = 16 << 20
"""Bytes of log from which on a thread is worth its start."""
LOG_PRAGMAS = ("wal_autocheckpoint=65536", f"journal_size_limit={_MUCH >> 2}")
"""A commit moves the log itself only where the thread has not come to it for 256 MB; once moved, the log is cut short,
so that its size tells how much there is to move."""


class Checkpoints:
    """Moves the log of one database as soon as it has grown; at most one thread at a time.

    A bulk import leaves 130 MB of log, which take a quarter of a second to move: whoever waits for the import, and
    whoever wants to write after it, does not wait for that.
    """

    def __init__(self, database: Path) -> None:
        self._database, self._log = database, database.with_name(f"{database.name}-wal")
        self._moving = threading.Lock()

    def after_commit(self) -> bool:
        """Start to move the log where it is long, and say whether it is; never waits."""
        try:
            much = self._log.stat().st_size > _MUCH
        except OSError:  # the last connection has moved it already
            return False
        if much and self._moving.acquire(blocking=False):
            threading.Thread(target=self._move, name="checkpoint").start()
        return much

    def _move(self) -> None:
        """Passive: nobody waits for it, and what a reader still needs stays for the next time."""
        try:
            with closing(sqlite3.connect(f"{self._database.as_uri()}?mode=rw", uri=True)) as connection:
                connection.execute("pragma wal_checkpoint(passive)")
        except sqlite3.Error as failure:  # nothing is lost: the log stays, and the next commit comes back to it
            _LOG.warning("the write-ahead log was not moved into the database: %s", failure)
        finally:
            self._moving.release()
