"""The schema's version: Alembic driven from here, so that no ini file and no working directory matter."""

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from relance.adapters.store.engine import SchemaMissing
from relance.adapters.store.fence import name_installation


def upgrade(engine: Engine) -> str:
    """Run every revision that is missing, each in its own transaction, and return the newest.

    A database that was just made gets the name by which the restore fence knows it.
    """
    with engine.connect() as connection:
        command.upgrade(_config(connection), "head")
    name_installation(engine)
    return newest()


def current(engine: Engine) -> str | None:
    """The revision at which the database is, or None for one without our tables."""
    with engine.connect().execution_options(relance_write=False) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str:
    """The revision that this version of the program needs."""
    head = ScriptDirectory.from_config(_config(None)).get_current_head()
    if head is None:
        raise SchemaMissing("no migration is installed: the package is incomplete")
    return head


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", "relance.adapters.store:migrations")
    config.attributes["connection"] = connection
    return config
