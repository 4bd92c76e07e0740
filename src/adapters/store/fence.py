"""The restore fence on disk: a row in the database, and a small file in the state folder that no backup replaces."""

import os
import secrets
from pathlib import Path

import msgspec
from sqlalchemy import Connection, Engine, delete, insert, literal_column, select, text, update

from relance.adapters.store.engine import GLANCE, WRITE, is_sqlite
from relance.adapters.store.tables.installation import installation
from relance.core.tenancy.installation import Mark, Trouble, trouble_of

_PLACE = "(select oid from pg_database where datname = current_database())"
_MARK = select(installation.c.installation_id, installation.c.epoch)
_MARK_IN_PLACE = _MARK.add_columns(literal_column(_PLACE).label("place"))
_GROWN = update(installation).values(epoch=installation.c.epoch + 1).returning(installation.c.epoch)
"""Built once: building a statement costs as much as running it."""


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
        inside, file = self._seen()
        beside = _read(file)
        found = trouble_of(inside, beside)
        if not found and inside and beside and beside.epoch < inside.epoch:
            _write(file, inside)
        return found

    def advance(self) -> None:
        """The file knows the name before the row grows, and the row grows before the file does.

        So a crash anywhere leaves a file that is behind, and nothing has left.
        """
        if not self._grow():
            name_installation(self._engine)
            self.join()
            self._grow(met=True)

    def open(self) -> None:
        """A new name, so that the folder of what was copied and this one never agree by chance."""
        with self._engine.begin() as connection:
            inside, file = self._inside(connection)
            beside = _read(file)
            epoch = max((mark.epoch for mark in (inside, beside) if mark), default=0)
            connection.execute(delete(installation))
            connection.execute(insert(installation), _named(epoch + 1))
        self.join()

    def join(self) -> None:
        """Write the file as the row is."""
        inside, file = self._seen()
        if inside is not None:
            _write(file, inside)

    def _grow(self, met: bool = False) -> bool:
        """Whether the row has grown, and the file after it: only where the file knows the name, or something has left
        from this database already."""
        with self._engine.begin() as connection:
            inside, file = self._inside(connection)
            if inside is None or not (met or inside.epoch or _knows(file, inside)):
                return False
            epoch = connection.execute(_GROWN).scalar_one()
        _write(file, msgspec.structs.replace(inside, epoch=epoch))
        return True

    def _seen(self) -> tuple[Mark | None, Path]:
        options = {WRITE: False, GLANCE: True}
        with self._engine.connect().execution_options(**options) as connection:
            return self._inside(connection)

    def _inside(self, connection: Connection) -> tuple[Mark | None, Path]:
        """The database's mark, and the file beside it."""
        if is_sqlite(connection):
            place, row = _inode(connection), connection.execute(_MARK).first()
            name = f"{Path(connection.engine.url.database or 'relance.db').name}.installation"
        else:
            row = connection.execute(_MARK_IN_PLACE).first()
            place = str(row.place if row else connection.execute(text(f"select {_PLACE}")).scalar())
            name = f"installation-{place}.json"
        mark = Mark(installation=row.installation_id, epoch=row.epoch, database=place) if row else None
        return mark, self._folder / name


def _named(epoch: int) -> dict[str, object]:
    return {"installation_id": secrets.token_hex(16), "epoch": epoch}


def _knows(file: Path, inside: Mark) -> bool:
    beside = _read(file)
    return beside is not None and beside.installation == inside.installation


def _inode(connection: Connection) -> str:
    """The file's own number where it lies: a copy gets another, as a restored database does on PostgreSQL."""
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
