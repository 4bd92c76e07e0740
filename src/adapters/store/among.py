"""`column in these`, as one value: the statement is the same however many there are, so that neither SQLAlchemy nor
PostgreSQL thinks about it again."""

from typing import Any

import msgspec
from sqlalchemy import ARRAY, Boolean, Integer, Text, bindparam
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator


class _Listed(TypeDecorator[Any]):
    """A list: an array on PostgreSQL, JSON on SQLite."""

    impl = Text
    cache_ok = True

    def __init__(self, of: type[Any]) -> None:
        super().__init__()
        self.of = of

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """As each database takes it."""
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else ARRAY(self.of()))

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """The list as the driver takes it."""
        return msgspec.json.encode(list(value)).decode() if dialect.name == "sqlite" else list(value)


class _Among(FunctionElement[bool]):
    inherit_cache = True
    type = Boolean()

    def self_group(self, against: Any = None) -> Any:
        """As it is: as a number that is compared with 1, no index would serve it."""
        return self


def among(column: Any, name: str, of: type[Any] = Integer) -> Any:
    """Whether a column is one of a list that is given under this name when the statement runs."""
    return _Among(column, bindparam(name, type_=_Listed(of)))


@compiles(_Among)
def _any(element: Any, compiler: SQLCompiler, **options: Any) -> str:
    column, these = element.clauses
    return f"{compiler.process(column, **options)} = any({compiler.process(these, **options)})"


@compiles(_Among, "sqlite")
def _each(element: Any, compiler: SQLCompiler, **options: Any) -> str:
    column, these = element.clauses
    listed = f"select value from json_each({compiler.process(these, **options)})"
    return f"{compiler.process(column, **options)} in ({listed})"
