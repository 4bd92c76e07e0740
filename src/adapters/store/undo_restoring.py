"""Puts back what an import changed, statement by statement, the last first."""

from sqlalchemy import BigInteger, Boolean, Connection, Integer
from sqlalchemy.types import TypeDecorator

from relance.adapters.store.engine import is_sqlite
from relance.adapters.store.schema import metadata
from relance.adapters.store.undo_log import NUMBERS
from relance.adapters.store.undo_parts import Part, Parts

_KEYS = NUMBERS | {"sources": "source_id"}


def restore(connection: Connection, parts: Parts, part: Part) -> None:
    """Give changed rows their former values; a column that was changed again since stays where `after` was kept."""
    table, key = part.subject, _KEYS[part.subject]
    values = ", ".join(f"{name} = {_value(connection, table, place, name)}" for place, name in enumerate(part.columns))
    connection.exec_driver_sql(
        f"update {table} set {values} from undo_rows u where {parts.rows([part])} "
        f"and {table}.tenant_id = {parts.tenant} and {table}.{key} = u.record_id"
    )


def differs(connection: Connection, part: Part) -> str:
    """The condition that a changed row is no more as the import left it."""
    same = [_same(connection, part.subject, place, name) for place, name in enumerate(part.columns)]
    return f"u.after is not null and not ({' and '.join(same)})"


def _value(connection: Connection, table: str, place: int, name: str) -> str:
    before = _cell(connection, table, name, "u.before", place)
    if name == "last_fingerprint":  # forgotten since: what was remembered before is no longer true (A21)
        return f"case when {table}.{name} = '' then '' else {before} end"
    if table in {"sources", "payments"}:
        return before
    moved = f"u.after is not null and not ({_same(connection, table, place, name)})"
    return f"case when {moved} then {table}.{name} else {before} end"


def _same(connection: Connection, table: str, place: int, name: str) -> str:
    equal = "is" if is_sqlite(connection) else "is not distinct from"
    return f"{table}.{name} {equal} {_cell(connection, table, name, 'u.after', place)}"


def _cell(connection: Connection, table: str, name: str, listed: str, place: int) -> str:
    if is_sqlite(connection):
        return f"json_extract({listed}, '$[{place}]')"
    kind = metadata.tables[table].c[name].type
    kind = kind.impl_instance if isinstance(kind, TypeDecorator) else kind
    cast = "::boolean" if isinstance(kind, Boolean) else "::bigint" if isinstance(kind, BigInteger | Integer) else ""
    return f"({listed}::json->>{place}){cast}"
