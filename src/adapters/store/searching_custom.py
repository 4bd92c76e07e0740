"""Clauses about the tenant's own fields: the text that they are kept in is looked at first, its JSON only then."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    Text,
    and_,
    cast,
    func,
    literal,
    not_,
    or_,
    select,
    type_coerce,
)

from relance.adapters.store.engine import is_sqlite
from relance.adapters.store.folded import Holds
from relance.adapters.store.search import contains
from relance.adapters.store.searching_values import positive, text_clause
from relance.core.customers.search import Clause


def custom_clause(connection: Connection, column: Any, name: str, clause: Clause) -> ColumnElement[bool]:
    """Whether a field of the tenant's own fulfils the clause.

    The text is compact JSON without nested values, so a name with its colon stands in it only where the field is.
    """
    value = _value(connection, column, name)
    turned = positive(clause)
    if turned:
        return not_(custom_clause(connection, column, name, turned))
    if not _is_plain(name, *clause.values):
        return text_clause(value, clause)
    text = func.coalesce(type_coerce(column, Text), "")
    if clause.operator == "is empty":
        key = f'"{name}":'
        without = not_(Holds(text, literal(key)))
        maybe = or_(Holds(text, literal(f'{key}""')), Holds(text, literal(f"{key}null")))
        return or_(without, and_(maybe, value == ""))
    parts = clause.values if clause.operator == "contains" else _fields(name, clause.values)
    return and_(or_(*(contains(text, part) for part in parts)), text_clause(value, clause))


def _fields(name: str, values: Sequence[str]) -> Iterator[str]:
    """How a field with one of these values is kept: as a text, or as a number."""
    for value in values:
        yield f'"{name}":"{value}"'
        yield f'"{name}":{value}'


def _value(connection: Connection, column: Any, name: str) -> ColumnElement[str]:
    """The field as text, empty where the row has none."""
    text = func.coalesce(type_coerce(column, Text), "{}")
    if is_sqlite(connection):
        each = func.json_each(text).table_valued("key", "value")
        return func.coalesce(select(each.c.value).where(each.c.key == name).scalar_subquery(), "")
    return func.coalesce(func.json_extract_path_text(cast(text, JSON), name), "")


def _is_plain(*texts: str) -> bool:
    """Whether they stand in JSON just so."""
    return all(text.isascii() and text.isprintable() and text.strip() and not set('"\\') & set(text) for text in texts)
