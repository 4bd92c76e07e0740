"""The migrations lead to exactly the tables that the program uses, on both databases, and survive an interruption."""

from collections.abc import Callable
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, event, inspect, text

from relance.adapters.store.schema import metadata
from relance.adapters.store.upgrade import current, newest, upgrade


@pytest.fixture
def bare(engine: Engine) -> Engine:
    """A database without any table."""
    metadata.drop_all(engine)
    return engine


def test_the_upgraded_schema_is_the_schema_of_the_program(bare: Engine) -> None:
    assert current(bare) is None
    assert upgrade(bare) == newest()
    assert current(bare) == newest()
    with bare.connect() as connection:
        defaults_too = connection.dialect.name == "postgresql"  # SQLite reports them as text that Alembic reads wrongly
        opts = {"compare_server_default": defaults_too, "include_object": _is_of(connection.dialect.name)}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, metadata) == []


def test_upgrading_again_changes_nothing(bare: Engine) -> None:
    upgrade(bare)
    with bare.begin() as connection:
        connection.execute(text("insert into counters (tenant_id, name, value) values (1, 'items', 7)"))
    upgrade(bare)
    with bare.connect() as connection:
        assert connection.execute(text("select value from counters")).scalar_one() == 7


def test_an_interrupted_upgrade_leaves_whole_revisions_and_starts_again(bare: Engine) -> None:
    """I-24: whichever statement fails, the next upgrade finishes."""
    statements = 0

    def interrupt(
        _connection: Connection, _cursor: object, statement: str, _values: object, _context: object, _many: bool
    ) -> None:
        nonlocal statements
        statements += statement.lstrip().lower().startswith("create")
        if statements == 9:
            statements += 1
            raise KeyboardInterrupt

    event.listen(bare, "before_cursor_execute", interrupt)
    with pytest.raises(KeyboardInterrupt):
        upgrade(bare)
    assert current(bare) != newest()
    upgrade(bare)
    assert current(bare) == newest()
    assert set(metadata.tables) <= set(inspect(bare).get_table_names())


def _is_of(dialect: str) -> Callable[..., bool]:
    """Some indexes are of one database only; the other is to have none of that name."""

    def wanted(thing: Any, _name: str, _kind: str, reflected: bool, _other: Any) -> bool:
        return reflected or thing.info.get("only", dialect) == dialect

    return wanted
