"""Clauses about the tenant's own fields: the text that they are kept in is looked at first, its JSON only then."""

import re
from collections.abc import Sequence
from itertools import product
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

_BARE = re.compile(r"-?[0-9.eE+-]+|true|false|null", re.IGNORECASE)
"""What stands in JSON without quotes."""
_SAFE = re.compile(r"[A-Za-z0-9_ ]+")
"""What means itself in a pattern of SQLite, also between brackets."""
_FEW_LETTERS = 3


def custom_clause(connection: Connection, column: Any, name: str, clause: Clause) -> ColumnElement[bool]:
    """Whether a field of the tenant's own fulfils the clause.

    The text is compact JSON without nested values, so a name with its colon stands in it only where the field is, and
    a text between its quotes is the field's whole value.
    """
    turned = positive(clause)
    if turned:
        return not_(custom_clause(connection, column, name, turned))
    plain = _is_plain(name, *clause.values)
    value = _value(connection, column, name, plain)
    if not plain:
        return text_clause(value, clause)
    text = func.coalesce(type_coerce(column, Text), "")
    if clause.operator == "is empty":
        return _is_empty(connection, text, name)
    if clause.operator == "contains":
        return and_(contains(text, clause.values[0]), text_clause(value, clause))
    as_text = [_among(connection, text, name, clause.values)]
    bare = [one for one in clause.values if _BARE.fullmatch(one)]
    as_number = (contains(text, f'"{name}":{one}') for one in bare)
    return or_(*as_text, *([and_(or_(*as_number), text_clause(value, clause))] if bare else []))


def _is_empty(connection: Connection, text: ColumnElement[str], name: str) -> ColumnElement[bool]:
    """Whether the field is not there, or there without a value; most rows have one, which SQLite sees at once."""
    without = (Holds(text, literal(f'"{name}":{empty}')) for empty in ('""', "null"))
    empty = or_(not_(Holds(text, literal(f'"{name}":'))), *without)
    if is_sqlite(connection) and not set(name) & set("*?["):
        return and_(not_(text.bool_op("glob")(f'*"{name}":"[^"]*')), empty)
    return empty


def _among(connection: Connection, text: ColumnElement[str], name: str, values: Sequence[str]) -> ColumnElement[bool]:
    """Whether the field is one of these texts; SQLite asks most rows once, by the signs that each place may have."""
    each = or_(*(_is(connection, text, name, one) for one in values))
    alike = len(values) > 1 and len(set(map(len, values))) == 1 and _SAFE.fullmatch("".join((name, *values)))
    if not is_sqlite(connection) or not alike:
        return each
    places = ("".join(sorted({*map(str.lower, signs), *map(str.upper, signs)})) for signs in zip(*values, strict=True))
    pattern = "".join(f"[{signs}]" for signs in places)
    return and_(text.bool_op("glob")(f'*"{name}":"{pattern}"*'), each)


def _is(connection: Connection, text: ColumnElement[str], name: str, value: str) -> ColumnElement[bool]:
    """Whether the field is this text, without regard to case."""
    just_so = [Holds(text, literal(f'"{name}":"{way}"')) for way in _ways(value)]
    if just_so and not is_sqlite(connection):
        return or_(*just_so)
    alike = contains(text, f'"{name}":"{value}"')
    return and_(alike, or_(*just_so, func.lower(_value(connection, text, name, True)) == value.lower()))


def _ways(value: str) -> list[str]:
    """Every way to write it in small and large letters, none where they are many."""
    if sum(sign.isalpha() for sign in value) > _FEW_LETTERS:
        return []
    return ["".join(signs) for signs in product(*(sorted({sign.lower(), sign.upper()}) for sign in value))]


def _value(connection: Connection, column: Any, name: str, plain: bool) -> ColumnElement[str]:
    """The field as text, empty where the row has none."""
    text = func.coalesce(type_coerce(column, Text), "{}")
    if not is_sqlite(connection):
        return func.coalesce(func.json_extract_path_text(cast(text, JSON), name), "")
    if plain:
        return func.coalesce(cast(func.json_extract(text, f'$."{name}"'), Text), "")
    each = func.json_each(text).table_valued("key", "value")
    value = select(cast(each.c.value, Text)).where(each.c.key == name).scalar_subquery()
    return func.coalesce(value, "")


def _is_plain(*texts: str) -> bool:
    """Whether they stand in JSON just so."""
    return all(text.isascii() and text.isprintable() and text.strip() and not set('"\\') & set(text) for text in texts)
