"""Where a row of the fault matrix runs: an SQLite file of its own, or a PostgreSQL server."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from relance.adapters.store.engine import engine_for
from relance.adapters.store.fence import name_installation
from relance.adapters.store.schema import metadata
from tests.conftest import empty_postgres
from tests.crash.nursery import Nursery
from tests.usecases.collection.mailroom import Mailroom


class Place:
    """A database's address, a folder, and a nursery of processes."""

    def __init__(self, url: str, folder: Path, nursery: Nursery | None = None) -> None:
        self.url, self.folder, self._nursery = url, folder, nursery
        self.name = url.partition(":")[0]
        self.on_file = self.name == "sqlite"

    @property
    def nursery(self) -> Nursery:
        """The processes' nursery."""
        assert self._nursery is not None
        return self._nursery

    def address(self, folder: Path) -> str:
        """A file in this folder, or the server's database."""
        return f"sqlite:///{folder}/relance.db" if self.on_file else self.url

    @contextmanager
    def engine(self) -> Iterator[Engine]:
        """An empty database."""
        engine = engine_for(self.url)
        emptied(engine)
        yield engine
        engine.dispose()


def emptied(engine: Engine) -> None:
    """The schema without a row."""
    if engine.dialect.name == "postgresql":
        empty_postgres(engine)
    else:
        metadata.drop_all(engine)
        metadata.create_all(engine)
    name_installation(engine)


def carried(room: Mailroom) -> list[dict[str, Any]]:
    """What the channel carried, as the relay's ledger tells it."""
    return [{"action": one.action, "message_id": one.message_id} for one in room.channel.carried]
