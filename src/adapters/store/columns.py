"""Column types that mean the same on SQLite and PostgreSQL, and the one way to declare a tenant's table."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import BigInteger, Column, Integer, MetaData, Table, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from relance.core.kernel.days import day_number, day_of

_MOST_DAYS = 10_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


class _Days(dict[int | None, date | None]):
    """Dates by their numbers, each reckoned once."""

    def __missing__(self, number: int | None) -> date | None:
        if number is None or len(self) > _MOST_DAYS:
            return None if number is None else day_of(number)
        return self.setdefault(number, day_of(number))


_DAYS = _Days({None: None})


class Day(TypeDecorator[date]):
    """A calendar day, kept as days since 1970-01-01: lateness is a subtraction on both databases."""

    impl = Integer
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], date | None]:
        """Straight to the known days: a morning's work reads the same few again and again."""
        return _DAYS.__getitem__

    def process_bind_param(self, value: date | None, dialect: Dialect) -> int | None:
        """The day's number."""
        return None if value is None else day_number(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> date | None:
        """The date of the number."""
        return None if value is None else day_of(value)


def microseconds(moment: datetime) -> int:
    """What `Instant` keeps of a moment, exactly; for statements that are written as text. Naive ones are refused."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its zone")
    return (moment - _EPOCH) // timedelta(microseconds=1)


_encoded, _decoded = msgspec.json.Encoder().encode, msgspec.json.Decoder().decode


class Instant(TypeDecorator[datetime]):
    """A moment in UTC, kept as microseconds since 1970; naive datetimes are refused."""

    impl = BigInteger
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], int | None]:
        """Microseconds, without the decorator's own steps."""
        return _number_of

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:
        """The moment, without the decorator's own steps."""
        return _moment_of

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Microseconds since the epoch."""
        return _number_of(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """The moment in UTC."""
        return _moment_of(value)


def _number_of(moment: datetime | None) -> int | None:
    return None if moment is None else microseconds(moment)


def _moment_of(number: int | None) -> datetime | None:
    return None if number is None else _EPOCH + timedelta(microseconds=number)


class Json(TypeDecorator[Any]):
    """Plain data as JSON text."""

    impl = Text
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        """What was kept, without the decorator's own steps."""
        return _read

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], str | None]:
        """JSON text, without the decorator's own steps."""
        return _written

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """JSON text, None stays NULL."""
        return _written(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """What was kept."""
        return _read(value)


def _written(value: Any) -> str | None:
    return None if value is None else _encoded(value).decode()


def _read(value: str | None) -> Any:
    return None if value is None else _decoded(value)


def tenant_table(name: str, *parts: Any, **options: Any) -> Table:
    """A table whose rows belong to one tenant: `tenant_id` is its first column."""
    tenant = Column("tenant_id", Integer, nullable=False, autoincrement=False)
    return Table(name, metadata, tenant, *parts, **options)
