"""The restore fence on disk: a row in the database, and a small file in the state folder that no backup replaces."""

import os
import secrets
from pathlib import Path

import msgspec
from sqlalchemy import Connection, Engine, delete, insert, select, text, update

from relance.adapters.store.engine import is_sqlite
from relance.adapters.store.tables.installation import installation
from relance.core.tenancy.installation import Mark, Trouble, trouble_of


def name_installation(engine: Engine) -> None:
    """Give a database that was just made its name; one that has a name keeps it."""
    with engine.begin() as connection:
        if connection.execute(select(installation.c.epoch)).first() is None:
            connection.execute(insert(installation), _named(0))


class StateFence:
    """One file a database; on SQLite it lies beside it where no folder is named."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self._engine, self._folder = engine, folder

    def trouble(self) -> Trouble:
        """Compare, and follow other workers' epochs: a folder that lags would not see an older database."""
        with self._engine.connect().execution_options(relance_write=False) as connection:
            inside, file = self._inside(connection), self._file(connection)
        beside = _read(file)
        found = trouble_of(inside, beside)
        if not found and inside and beside and beside.epoch < inside.epoch:
            _write(file, inside)
        return found

    def advance(self) -> None:
        """The file knows the name before the row grows, and the row grows before the file does.

        So a crash anywhere leaves a file that is behind, and nothing has left.
        """
        if not self._met():
            name_installation(self._engine)
            self.join()
        with self._engine.begin() as connection:
            connection.execute(update(installation).values(epoch=installation.c.epoch + 1))
        self.join()

    def open(self) -> None:
        """A new name, so that the folder of what was copied and this one never agree by chance."""
        with self._engine.begin() as connection:
            inside, beside = self._inside(connection), _read(self._file(connection))
            epoch = max((mark.epoch for mark in (inside, beside) if mark), default=0)
            connection.execute(delete(installation))
            connection.execute(insert(installation), _named(epoch + 1))
        self.join()

    def join(self) -> None:
        """Write the file as the row is."""
        with self._engine.connect().execution_options(relance_write=False) as connection:
            inside, file = self._inside(connection), self._file(connection)
        if inside is not None:
            _write(file, inside)

    def _met(self) -> bool:
        """Whether something has left from this database already, or the file knows its name."""
        with self._engine.connect().execution_options(relance_write=False) as connection:
            inside, file = self._inside(connection), self._file(connection)
        beside = _read(file)
        known = beside is not None and inside is not None and beside.installation == inside.installation
        return known or (inside is not None and inside.epoch > 0)

    def _inside(self, connection: Connection) -> Mark | None:
        row = connection.execute(select(installation)).first()
        if row is None:
            return None
        return Mark(installation=row.installation_id, epoch=row.epoch, database=_place(connection))

    def _file(self, connection: Connection) -> Path:
        if is_sqlite(connection):
            return self._folder / f"{Path(connection.engine.url.database or 'relance.db').name}.installation"
        return self._folder / f"installation-{_place(connection)}.json"


def _named(epoch: int) -> dict[str, object]:
    return {"installation_id": secrets.token_hex(16), "epoch": epoch}


def _place(connection: Connection) -> str:
    """The database's own number where it lies: a copied file and a restored database get another."""
    if not is_sqlite(connection):
        return str(connection.execute(text("select oid from pg_database where datname = current_database()")).scalar())
    database = Path(connection.engine.url.database or "")
    return str(database.stat().st_ino) if database.is_file() else ""


def _read(file: Path) -> Mark | None:
    try:
        return msgspec.json.decode(file.read_bytes(), type=Mark)
    except (FileNotFoundError, msgspec.DecodeError):  # a damaged mark proves nothing either
        return None


def _write(file: Path, mark: Mark) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f"{file.name}.{secrets.token_hex(4)}.part")
    with beside.open("wb") as opened:
        opened.write(msgspec.json.encode(mark))
        opened.flush()
        os.fsync(opened.fileno())
    beside.replace(file)
