"""Runners of background work, known by a lock that dies with them; on SQLite each has a file of its own."""

import fcntl
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Engine

from relance.adapters.store.workers import AdvisoryWorkers
from relance.ports.workers import Workers

_FRESH_SECONDS = 60


def runners_for(engine: Engine) -> Workers:
    """The way that fits the database."""
    if engine.dialect.name == "sqlite":
        return FileRunners(Path(engine.url.database or ""))
    return AdvisoryWorkers(engine)


class FileRunners:
    """Any number of processes on one machine; whoever finds a lock free knows that its runner is gone."""

    def __init__(self, database: Path) -> None:
        self._database = database

    @contextmanager
    def enter(self) -> Iterator[str]:
        """Hold a lock file of our own."""
        self._tidy()
        name = secrets.token_hex(6)
        file = self._file(name)
        with file.open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            try:
                yield name
            finally:
                file.unlink(missing_ok=True)

    def stay(self, worker: str) -> None:
        """The file stays locked as long as this process lives."""

    def lives(self, worker: str) -> bool:
        """Whether anybody holds that runner's lock; the file of a dead one is put away."""
        file = self._file(worker)
        try:
            with file.open("r") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except OSError:
            return True
        file.unlink(missing_ok=True)
        return False

    def _tidy(self) -> None:
        """Put away what dead ones left; a file that was just made may be about to be locked."""
        before = f"{self._database.name}.runner-"
        for file in self._database.parent.glob(f"{before}*"):
            with suppress(FileNotFoundError):
                if time.time() - file.stat().st_mtime > _FRESH_SECONDS:
                    self.lives(file.name.removeprefix(before))

    def _file(self, name: str) -> Path:
        return self._database.with_name(f"{self._database.name}.runner-{name}")
