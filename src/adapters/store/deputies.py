"""Deputies during absence."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, delete, insert, literal, or_, select, update

from relance.adapters.store.tables.tenancy import deputies, users
from relance.core.kernel.errors import NotFound
from relance.core.kernel.identifiers import TenantId, UserId
from relance.core.tenancy.deputies import Deputy
from relance.ports.store.deputies import Turned

_D = deputies.c
_absent, _standing = users.alias("absent"), users.alias("standing")


class SqlDeputies:
    """One tenant's deputies."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def all(self) -> list[Deputy]:
        """Every deputy, the last days first."""
        return self._found(self._named().order_by(_D.last_on.desc(), _D.number))

    def one(self, number: int) -> Deputy:
        """The deputy of this number; raises NotFound."""
        found = self._found(self._named().where(_D.number == number))
        if not found:
            raise NotFound("no such deputy")
        return found[0]

    def running(self, user: UserId, today: date) -> list[Deputy]:
        """Those who stand in for this person today, and those for whom this person does."""
        theirs = or_(_D.user_id == user, _D.deputy_id == user)
        return self._found(self._named().where(theirs, _runs(today)).order_by(_D.last_on, _D.number))

    def is_behind(self, today: date) -> bool:
        """Whether some flag is not the day's."""
        query = select(_D.number).where(_D.tenant_id == self._tenant, _behind(today)).limit(1)
        return self._connection.execute(query).first() is not None

    def turn(self, today: date) -> list[Turned]:
        """Set the flags to the day's; which changed."""
        changed = (_D.tenant_id == self._tenant, _behind(today))
        statement = update(deputies).where(*changed).values(running=case((_runs(today), True), else_=False))
        rows = self._connection.execute(statement.returning(_D.number, _D.running))
        return sorted(Turned(number, bool(runs)) for number, runs in rows)

    def add(self, deputy: Deputy, author: str, at: datetime) -> None:
        """Keep a new deputy; its flag follows with `turn`."""
        row = {
            "tenant_id": self._tenant,
            "number": deputy.number,
            "user_id": deputy.user,
            "deputy_id": deputy.deputy,
            "first_on": deputy.first_on,
            "last_on": deputy.last_on,
            "author": author,
            "at": at,
            "running": False,
        }
        self._connection.execute(insert(deputies), row)

    def end(self, number: int, last_on: date) -> None:
        """Move the last day; one that never began is forgotten."""
        mine = (_D.tenant_id == self._tenant, _D.number == number)
        self._connection.execute(delete(deputies).where(*mine, _D.first_on > last_on))
        self._connection.execute(update(deputies).where(*mine).values(last_on=last_on))

    def _named(self) -> Select[Any]:
        columns = (_D.number, _D.user_id, _absent.c.name, _D.deputy_id, _standing.c.name, _D.first_on, _D.last_on)
        absent = and_(_absent.c.tenant_id == _D.tenant_id, _absent.c.user_id == _D.user_id)
        standing = and_(_standing.c.tenant_id == _D.tenant_id, _standing.c.user_id == _D.deputy_id)
        query = select(*columns).join(_absent, absent).join(_standing, standing)
        return query.where(_D.tenant_id == self._tenant)

    def _found(self, query: Select[Any]) -> list[Deputy]:
        names = ("number", "user", "user_name", "deputy", "deputy_name", "first_on", "last_on")
        return [Deputy(**dict(zip(names, row, strict=True))) for row in self._connection.execute(query)]


def _runs(today: date) -> ColumnElement[bool]:
    return and_(_D.first_on <= literal(today, _D.first_on.type), _D.last_on >= literal(today, _D.last_on.type))


def _behind(today: date) -> ColumnElement[bool]:
    return or_(and_(_D.running, ~_runs(today)), and_(~_D.running, _runs(today)))
