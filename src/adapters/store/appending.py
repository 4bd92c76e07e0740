"""Rows that are only ever added: they go to the driver as they are, by COPY on PostgreSQL.

What SQLAlchemy does for each row of an executemany costs more than the row itself, and PostgreSQL runs one statement a
row where COPY brings them all.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table

from relance.adapters.store.bulk import driven
from relance.adapters.store.engine import is_sqlite

_MANY = 4
"""Rows from which on COPY, which asks the server twice, is worth it."""


def append(connection: Connection, table: Table, names: tuple[str, ...], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows whose cells are in the order of `names`, with the meaning that the columns' types give them."""
    if not rows:
        return
    cells = _bound(_binders(table, names), rows)
    into = f"{table.name} ({', '.join(names)})"
    if not is_sqlite(connection) and len(rows) >= _MANY:
        _copy_rows(connection, into, cells)
        return
    mark = "?" if is_sqlite(connection) else "%s"
    connection.exec_driver_sql(f"insert into {into} values ({', '.join([mark] * len(names))})", cells)


def _copy_rows(connection: Connection, into: str, rows: Sequence[Any]) -> None:
    with driven(connection) as cursor, cursor.copy(f"copy {into} from stdin") as copy:
        for row in rows:
            copy.write_row(row)


def _bound(binders: tuple[tuple[int, Callable[[Any], Any]], ...], rows: Sequence[tuple[Any, ...]]) -> list[Any]:
    if not binders:
        return list(rows)
    done = []
    for row in rows:
        cells = list(row)
        for place, bind in binders:
            cells[place] = bind(cells[place])
        done.append(tuple(cells))
    return done


@cache
def _binders(table: Table, names: tuple[str, ...]) -> tuple[tuple[int, Callable[[Any], Any]], ...]:
    """Of the columns whose values are kept as something else; both databases keep them alike."""
    kinds = ((place, getattr(table.c[name].type, "process_bind_param", None)) for place, name in enumerate(names))
    return tuple((place, _without_dialect(bind)) for place, bind in kinds if bind)


def _without_dialect(bind: Callable[[Any, Any], Any]) -> Callable[[Any], Any]:
    return lambda value: bind(value, None)


def run_each(connection: Connection, statement: Any, rows: Sequence[dict[str, Any]]) -> None:
    """Run a statement for each row, compiled once; every row has the same names."""
    if not rows:
        return
    text, names, binders, rest = _compiled(connection.dialect.name, statement, tuple(rows[0]), connection)
    bound = [_given(row, binders, rest) for row in rows]
    connection.exec_driver_sql(text, [tuple(one[name] for name in names) for one in bound] if names else bound)


def _given(row: dict[str, Any], binders: dict[str, Callable[[Any], Any]], rest: dict[str, Any]) -> dict[str, Any]:
    given = rest | row
    for name, bind in binders.items():
        given[name] = bind(given[name])
    return given


_COMPILED: dict[tuple[str, Any, tuple[str, ...]], Any] = {}


def _compiled(dialect: str, statement: Any, names: tuple[str, ...], connection: Connection) -> Any:
    """The text, the order of its values where the driver asks for one, how values are kept, and those in the text."""
    key = dialect, statement, names
    if key not in _COMPILED:
        made = statement.compile(dialect=connection.dialect, column_keys=list(names))
        kinds = {name: one.type.dialect_impl(connection.dialect) for one, name in made.bind_names.items()}
        binders = {name: bind for name, kind in kinds.items() if (bind := kind.bind_processor(connection.dialect))}
        rest = {name: value for name, value in made.params.items() if name not in names}
        _COMPILED[key] = (str(made), tuple(made.positiontup or ()), binders, rest)
    return _COMPILED[key]
