"""Changes of many customers on SQLAlchemy: what was before is kept in the statement before the change itself."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import msgspec
import polars as pl
from sqlalchemy import Connection, insert, select, update

from relance.adapters.store.assignment import SqlAssignment
from relance.adapters.store.bulk import stage
from relance.adapters.store.columns import microseconds
from relance.adapters.store.named import any_named, as_asked, entity_codes
from relance.adapters.store.searching import Searching
from relance.adapters.store.tables.customers import customers
from relance.adapters.store.tables.mass_changes import mass_change_rows, mass_changes
from relance.adapters.store.tenancy import SqlTenancy
from relance.adapters.store.visibility import theirs
from relance.core.customers.assignment import SINGLE, Attribute
from relance.core.customers.mass_changes import Changeable, Changes, MassChange, Selection
from relance.core.kernel.errors import Conflict, NotFound
from relance.core.kernel.identifiers import CustomerId, TenantId, UserId
from relance.ports.store.collection import ScenarioChange

_CHOSEN = "customer_id in (select customer_id from chosen_customers)"
_COLUMN = {"collector": "collector_id", "scenario": "scenario"}
_BEFORE = {"collector": "number_before", "scenario": "text_before"}
_LINKS: dict[Attribute, tuple[str, str]] = {
    "group": ("customer_groups", "group_id"),
    "colleague": ("customer_colleagues", "user_id"),
}


class SqlMassChanges:
    """Changes of one tenant."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant
        self._values = SqlAssignment(connection, tenant)

    def choose(self, selection: Selection, own: UserId | None, today: date) -> list[str]:
        """Choose the customers for what follows in this transaction."""
        columns = (customers.c.customer_id, customers.c.code, customers.c.entity_id)
        query = select(*columns).where(customers.c.tenant_id == self._tenant)
        query = query.where(Searching(self._connection, self._tenant, today).customers(selection.search))
        if selection.codes:
            query = query.where(any_named(self._connection, self._tenant, selection.codes))
        if own is not None:
            query = query.where(theirs(own))
        rows = self._connection.execute(query.order_by(customers.c.code)).fetchall()
        numbers = pl.Series([row[0] for row in rows], dtype=pl.Int64)
        stage(self._connection, "chosen_customers", pl.DataFrame({"customer_id": numbers}))
        asked, entities = frozenset(selection.codes), entity_codes(self._connection, self._tenant)
        return [as_asked(row[1], entities[row[2]], asked) for row in rows]

    def chosen(self) -> list[CustomerId]:
        """The customers of `choose`."""
        rows = self._connection.exec_driver_sql("select customer_id from chosen_customers order by customer_id")
        return [number for (number,) in rows]

    def would_change(self, attribute: Changeable, value: str, begin: bool = True) -> int:
        """For how many of the chosen a value is another one."""
        if attribute == "penalties" or attribute not in _LINKS:
            return self._count(f"from customers {self._other(attribute, value)}")
        linked = f"from customers where tenant_id = {self._tenant} and {_CHOSEN}"
        return self._count(f"{linked} and customer_id {'not ' if begin else ''}in ({self._linked(attribute, value)})")

    def replace(self, change: int, attribute: Changeable, value: str, author: str, at: datetime) -> int:
        """Give the chosen one value."""
        if attribute == "penalties":
            return self._switch(change, value == "yes")
        column, before, other = _COLUMN[attribute], _BEFORE[attribute], self._other(attribute, value)
        self._run(
            f"insert into mass_change_rows (tenant_id, change_id, attribute, customer_id, deed, {before}, "
            f"origin_before, author_before, at_before) select tenant_id, {change}, '{attribute}', customer_id, "
            f"'replaced', {column}, {attribute}_origin, {attribute}_by, {attribute}_at from customers {other}"
        )
        number = self._values.number_of(attribute, value) if value else None
        statement = update(customers).where(
            customers.c.tenant_id == self._tenant,
            customers.c.customer_id.in_(_changed(self._tenant, change, attribute)),
        )
        values = {column: number, f"{attribute}_origin": "person", f"{attribute}_by": author, f"{attribute}_at": at}
        return self._connection.execute(statement.values(values)).rowcount

    def begin(self, change: int, attribute: Attribute, value: str, author: str, at: datetime) -> int:
        """Link the chosen."""
        table, column = _LINKS[attribute]
        number = self._values.number_of(attribute, value, at, "person", author)
        count = self.would_change(attribute, value)
        first = SqlTenancy(self._connection, self._tenant).next_numbers(table, count) if count else 0
        new = f"tenant_id = {self._tenant} and {_CHOSEN} and customer_id not in ({self._linked(attribute, value)})"
        numbered = f"{first} - 1 + row_number() over (order by customer_id)"
        self._connection.exec_driver_sql(
            f"insert into {table} (tenant_id, link_id, customer_id, {column}, origin, author, at) "
            f"select tenant_id, {numbered}, customer_id, {number}, 'person', {self._mark}, {microseconds(at)} "
            f"from customers where {new}",
            (author,),
        )
        return self._run(
            "insert into mass_change_rows (tenant_id, change_id, attribute, customer_id, link_id, deed) "
            f"select tenant_id, {change}, '{attribute}', customer_id, link_id, 'begun' from {table} "
            f"where tenant_id = {self._tenant} and link_id >= {first} and link_id < {first + count}"
        )

    def end(self, change: int, attribute: Attribute, value: str, author: str, at: datetime) -> int:
        """End the links of the chosen."""
        table, column = _LINKS[attribute]
        number = self._values.number_of(attribute, value) or 0
        live = f"tenant_id = {self._tenant} and {column} = {int(number)} and ended_at is null and {_CHOSEN}"
        self._run(
            "insert into mass_change_rows (tenant_id, change_id, attribute, customer_id, link_id, deed) "
            f"select tenant_id, {change}, '{attribute}', customer_id, link_id, 'ended' from {table} where {live}"
        )
        return self._run(f"update {table} set ended_at = {microseconds(at)}, ended_origin = 'person' where {live}")

    def moved(self, change: int, default: str) -> list[ScenarioChange]:
        """The accounts that got another scenario, from what was before to what is now."""
        rows = self._connection.exec_driver_sql(
            "select r.customer_id, coalesce(r.text_before, ''), coalesce(c.scenario, '') from mass_change_rows r "
            "join customers c on c.tenant_id = r.tenant_id and c.customer_id = r.customer_id "
            f"where r.tenant_id = {self._tenant} and r.change_id = {change} and r.attribute = 'scenario'"
        )
        return [ScenarioChange(number, before or default, after or default) for number, before, after in rows]

    def keep(self, change: MassChange) -> None:
        """Keep a change in the history."""
        row = {"tenant_id": self._tenant, "change_id": change.change, "at": change.at, "author": change.author}
        row |= {"wanted": msgspec.to_builtins(change.wanted), "customers": change.customers, "changed": change.changed}
        self._connection.execute(insert(mass_changes), row)

    def history(self, limit: int = 50) -> Sequence[MassChange]:
        """The newest first."""
        query = select(mass_changes).where(mass_changes.c.tenant_id == self._tenant)
        rows = self._connection.execute(query.order_by(mass_changes.c.change_id.desc()).limit(limit))
        return [_change(row) for row in rows]

    def one(self, change: int) -> MassChange:
        """A change of the history; raises NotFound."""
        row = self._connection.execute(select(mass_changes).where(*self._this(change))).first()
        if row is None:
            raise NotFound(f"no change {change}")
        return _change(row)

    def undo(self, change: int, at: datetime) -> dict[Changeable, int]:
        """Give back what was before; raises NotFound, Conflict."""
        kept = self.one(change)
        if kept.undone_at is not None:
            raise Conflict(f"change {change} is undone already")
        self._connection.execute(update(mass_changes).where(*self._this(change)).values(undone_at=at))
        counts: dict[Changeable, int] = {
            attribute: self._give_back(change, attribute, kept) for attribute in sorted(SINGLE)
        }
        counts["penalties"] = 0 if kept.wanted.penalties is None else self._switch_back(change, kept.wanted.penalties)
        for linked in _LINKS:
            counts[linked] = self._turn_back(change, linked)
        return counts

    def _this(self, change: int) -> tuple[Any, ...]:
        return mass_changes.c.tenant_id == self._tenant, mass_changes.c.change_id == change

    def _give_back(self, change: int, attribute: Changeable, kept: MassChange) -> int:
        """Values that nobody has touched since."""
        column, before = _COLUMN[attribute], _BEFORE[attribute]
        same = f"customers.{attribute}_origin = 'person' and customers.{attribute}_at = {microseconds(kept.at)}"
        return self._run(
            f"update customers set {column} = r.{before}, {attribute}_origin = r.origin_before, "
            f"{attribute}_by = r.author_before, {attribute}_at = r.at_before from mass_change_rows r "
            f"where customers.tenant_id = {self._tenant} and r.tenant_id = customers.tenant_id and {same} "
            f"and r.customer_id = customers.customer_id and r.change_id = {change} and r.attribute = '{attribute}'"
        )

    def _switch(self, change: int, on: bool) -> int:
        """Late penalties on or off; what was before is the other."""
        self._run(
            "insert into mass_change_rows (tenant_id, change_id, attribute, customer_id, deed, number_before) "
            f"select tenant_id, {change}, 'penalties', customer_id, 'replaced', {int(not on)} from customers "
            f"{self._other('penalties', 'yes' if on else 'no')}"
        )
        return self._switched(change, not on, on)

    def _switch_back(self, change: int, on: bool) -> int:
        """Where nobody has switched it since."""
        return self._switched(change, on, not on)

    def _switched(self, change: int, before: bool, after: bool) -> int:
        statement = update(customers).where(
            customers.c.tenant_id == self._tenant,
            customers.c.customer_id.in_(_changed(self._tenant, change, "penalties")),
            customers.c.penalties.is_(before),
        )
        return self._connection.execute(statement.values(penalties=after)).rowcount

    def _turn_back(self, change: int, attribute: Attribute) -> int:
        """Links that were begun go, links that were ended live again."""
        table, _ = _LINKS[attribute]
        rows = f"select link_id from mass_change_rows where tenant_id = {self._tenant} and change_id = {change} "
        begun = f"link_id in ({rows} and attribute = '{attribute}' and deed = 'begun')"
        ended = f"link_id in ({rows} and attribute = '{attribute}' and deed = 'ended')"
        gone = self._run(f"delete from {table} where tenant_id = {self._tenant} and ended_at is null and {begun}")
        alive = self._run(
            f"update {table} set ended_at = null, ended_origin = null where tenant_id = {self._tenant} and {ended}"
        )
        return gone + alive

    def _other(self, attribute: Changeable, value: str) -> str:
        """The chosen that have another value, a person's own word included."""
        mine = f"where tenant_id = {self._tenant} and {_CHOSEN}"
        if attribute == "collector":
            number = int(self._values.number_of("collector", value)) if value else 0
            return f"{mine} and coalesce(collector_id, 0) <> {number}"
        if attribute == "penalties":
            return f"{mine} and {'not ' if value == 'yes' else ''}penalties"
        code = value.replace("'", "''")
        return f"{mine} and coalesce(scenario, '') <> '{code}'"

    def _linked(self, attribute: Attribute, value: str) -> str:
        table, column = _LINKS[attribute]
        number = int(self._values.number_of(attribute, value) or 0)
        mine = f"tenant_id = {self._tenant} and {column} = {number} and ended_at is null"
        return f"select customer_id from {table} where {mine}"

    @property
    def _mark(self) -> str:
        return "?" if self._connection.dialect.name == "sqlite" else "%s"

    def _count(self, rest: str) -> int:
        return int(self._connection.exec_driver_sql(f"select count(*) {rest}").scalar_one())

    def _run(self, statement: str) -> int:
        return self._connection.exec_driver_sql(statement).rowcount


def _changed(tenant: TenantId, change: int, attribute: Changeable) -> Any:
    rows = mass_change_rows.c
    return select(rows.customer_id).where(
        rows.tenant_id == tenant, rows.change_id == change, rows.attribute == attribute
    )


def _change(row: Any) -> MassChange:
    return MassChange(
        change=row.change_id,
        at=row.at,
        author=row.author,
        wanted=msgspec.convert(row.wanted, Changes),
        customers=row.customers,
        changed=row.changed,
        undone_at=row.undone_at,
    )
