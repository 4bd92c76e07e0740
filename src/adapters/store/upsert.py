"""INSERT ... ON CONFLICT for both databases."""

from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def upsert(connection: Connection, table: Table, keys: tuple[str, ...], add: tuple[str, ...] = ()) -> Any:
    """An insert that overwrites the other columns on conflict; columns named in `add` are added up instead."""
    return upsert_on(connection.dialect.name, table, keys, add)


@lru_cache(maxsize=64)
def upsert_on(dialect: str, table: Table, keys: tuple[str, ...], add: tuple[str, ...] = ()) -> Any:
    """The same for a database by its name; built once, since building costs as much as running."""
    make = sqlite.insert if dialect == "sqlite" else postgresql.insert
    statement: Any = make(table)
    new = statement.excluded
    changed = {
        c.name: (table.c[c.name] + new[c.name] if c.name in add else new[c.name]) for c in table.c if c.name not in keys
    }
    return statement.on_conflict_do_update(index_elements=list(keys), set_=changed)
