"""Search & Assign on SQLAlchemy: tasks, whom they find, and many values written at once."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import msgspec
import polars as pl
from sqlalchemy import Connection, Table, delete, func, insert, select, update

from relance.adapters.store.bulk import load, stage
from relance.adapters.store.columns import microseconds
from relance.adapters.store.searching import Searching
from relance.adapters.store.tables.assignment import assign_tasks
from relance.adapters.store.tables.customers import customer_colleagues, customer_groups, customers, groups
from relance.adapters.store.tables.saved_searches import saved_searches
from relance.adapters.store.tables.tenancy import users
from relance.adapters.store.tenancy import SqlTenancy
from relance.core.customers.assignment import Assignment, Attribute, Current, Task
from relance.core.customers.search import Search
from relance.core.kernel.errors import BadInput, NotFound
from relance.core.kernel.identifiers import CustomerId, TenantId

_NAMED = 2_000
"""As many customers are named in a statement; of more, all of the tenant are read."""


class SqlAssignment:
    """Tasks of one tenant."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def tasks(self) -> list[Task]:
        """All tasks by attribute and position."""
        saved, task = saved_searches.c, assign_tasks.c
        followed = (saved.tenant_id == task.tenant_id) & (saved.search_id == task.saved_search_id)
        query = select(assign_tasks, saved.name.label("saved_name"), saved.search.label("saved"))
        query = query.select_from(assign_tasks.outerjoin(saved_searches, followed)).where(
            task.tenant_id == self._tenant
        )
        rows = self._connection.execute(query.order_by(task.attribute, task.position))
        return [
            Task(
                task=row.task_id,
                position=row.position,
                attribute=row.attribute,
                value=row.value,
                search=msgspec.convert(row.search if row.saved is None else row.saved, Search),
                new_only=row.new_only,
                remove=row.remove,
                seen=row.seen_customer_id,
                saved=row.saved_search_id,
                saved_name=row.saved_name or "",
                assigner=row.assigner,
                settings=row.settings or {},
                last=row.last,
            )
            for row in rows
        ]

    def rewrite(self, task: int, search: Search) -> None:
        """The same search of a task in other words."""
        this = update(assign_tasks).where(assign_tasks.c.tenant_id == self._tenant, assign_tasks.c.task_id == task)
        self._connection.execute(this.values(search=msgspec.to_builtins(search)))

    def change_settings(self, task: int, settings: Mapping[str, Any]) -> None:
        """Other settings for a task's assigner."""
        this = update(assign_tasks).where(assign_tasks.c.tenant_id == self._tenant, assign_tasks.c.task_id == task)
        self._connection.execute(this.values(settings=dict(settings)))

    def save(self, task: Task, author: str, at: datetime) -> None:
        """Keep a task; those at or behind its position move one back."""
        mine = assign_tasks.c.tenant_id == self._tenant
        self._connection.execute(delete(assign_tasks).where(mine, assign_tasks.c.task_id == task.task))
        behind = (mine, assign_tasks.c.attribute == task.attribute, assign_tasks.c.position >= task.position)
        self._connection.execute(update(assign_tasks).where(*behind).values(position=assign_tasks.c.position + 1))
        row = {"tenant_id": self._tenant, "task_id": task.task, "author": author, "at": at}
        row |= {"attribute": task.attribute, "position": task.position, "value": task.value}
        row |= {"new_only": task.new_only, "remove": task.remove, "seen_customer_id": task.seen}
        row |= {"saved_search_id": task.saved, "assigner": task.assigner, "last": task.last}
        row |= {"settings": task.settings if task.assigner else None}
        self._connection.execute(insert(assign_tasks), row | {"search": msgspec.to_builtins(task.search)})

    def remove(self, task: int) -> None:
        """Take a task away; raises NotFound."""
        mine = (assign_tasks.c.tenant_id == self._tenant, assign_tasks.c.task_id == task)
        if not self._connection.execute(delete(assign_tasks).where(*mine)).rowcount:
            raise NotFound(f"no task {task}")

    def newest_customer(self) -> int:
        """The highest number of a customer."""
        query = select(func.max(customers.c.customer_id)).where(customers.c.tenant_id == self._tenant)
        return self._connection.execute(query).scalar() or 0

    def found_by(self, task: Task, today: date) -> list[CustomerId]:
        """The customers of a task's search."""
        condition = Searching(self._connection, self._tenant, today).customers(task.search)
        query = select(customers.c.customer_id).where(customers.c.tenant_id == self._tenant, condition)
        if task.new_only:
            query = query.where(customers.c.customer_id > task.seen)
        return [number for (number,) in self._connection.execute(query.order_by(customers.c.customer_id)).fetchall()]

    def current(self, attribute: Attribute) -> dict[CustomerId, Current]:
        """The value of every customer that ever had one."""
        c = customers.c
        origin, author = c[f"{attribute}_origin"], c[f"{attribute}_by"]
        value: Any = func.coalesce(users.c.email if attribute == "collector" else c.scenario, "")
        person = (users.c.tenant_id == c.tenant_id) & (users.c.user_id == c.collector_id)
        query = select(c.customer_id, value, func.coalesce(origin, ""), func.coalesce(author, ""))
        query = query.select_from(customers.outerjoin(users, person)).where(c.tenant_id == self._tenant)
        rows = self._connection.execute(query.where((value != "") | origin.is_not(None))).fetchall()
        return {row[0]: Current(*row[1:]) for row in rows}

    def remember(self, last: Mapping[int, str]) -> None:
        """Keep what tasks gave last."""
        mine = assign_tasks.c.tenant_id == self._tenant
        for task, value in last.items():
            self._connection.execute(
                update(assign_tasks).where(mine, assign_tasks.c.task_id == task).values(last=value)
            )

    def links(self, attribute: Attribute, value: str) -> tuple[dict[CustomerId, Current], frozenset[CustomerId]]:
        """Who is linked now, and whose link a person ended."""
        table, column = _LINKED[attribute]
        other = self.number_of(attribute, value)
        query = select(table.c.customer_id, table.c.origin, table.c.author, table.c.ended_at, table.c.ended_origin)
        rows = self._connection.execute(
            query.where(table.c.tenant_id == self._tenant, table.c[column] == other)
        ).fetchall()
        live = {customer: Current(value, origin, author) for customer, origin, author, over, _ in rows if over is None}
        ended = (customer for customer, _, _, over, who in rows if over is not None and who == "person")
        return live, frozenset(ended)

    def give(self, attribute: Attribute, given: Sequence[Assignment], authors: Mapping[int, str], at: datetime) -> None:
        """Write values; raises BadInput for a value that is not there."""
        values = {value: self.number_of(attribute, value, at) for value in {one.value for one in given}}
        if not given:
            return
        rows = [(one.customer, values[one.value], _author(one, authors)) for one in given]
        kind = pl.String if attribute == "scenario" else pl.Int64
        schema = {"customer_id": pl.Int64, "value": kind, "author": pl.String}
        frame = pl.DataFrame(rows, schema=schema, orient="row")
        if attribute in _LINKED:
            self._link(attribute, frame, microseconds(at))
        else:
            self._set(attribute, frame, microseconds(at))

    def take_away(self, attribute: Attribute, removed: Sequence[Assignment], at: datetime) -> None:
        """End links."""
        if not removed:
            return
        table, column = _LINKED[attribute]
        rows = [(one.customer, self.number_of(attribute, one.value)) for one in removed]
        schema = {"customer_id": pl.Int64, "other_id": pl.Int64}
        stage(self._connection, "taken_away", pl.DataFrame(rows, schema=schema, orient="row"))
        self._connection.exec_driver_sql(
            f"update {table.name} set ended_at = {microseconds(at)}, ended_origin = 'rule' "
            f"where tenant_id = {self._tenant} and ended_at is null "
            f"and (customer_id, {column}) in (select customer_id, other_id from taken_away)"
        )

    def seen(self, tasks: Collection[int], customer: int) -> None:
        """Remember the newest customer that these tasks have looked at."""
        these = (assign_tasks.c.tenant_id == self._tenant, assign_tasks.c.task_id.in_(list(tasks)))
        self._connection.execute(update(assign_tasks).where(*these).values(seen_customer_id=customer))

    def without(self, attribute: Attribute) -> dict[CustomerId, str]:
        """Codes of the customers that have no value at all, and that no person left so."""
        c = customers.c
        value = c.collector_id if attribute == "collector" else func.nullif(c.scenario, "")
        query = select(c.customer_id, c.code).where(c.tenant_id == self._tenant, value.is_(None))
        rows = self._connection.execute(query.where(func.coalesce(c[f"{attribute}_origin"], "") != "person"))
        return {row[0]: row[1] for row in rows}

    def codes(self, wanted: Collection[CustomerId]) -> dict[CustomerId, str]:
        """Customers' codes."""
        query = select(customers.c.customer_id, customers.c.code).where(customers.c.tenant_id == self._tenant)
        if len(wanted) <= _NAMED:
            query = query.where(customers.c.customer_id.in_(wanted))
        chosen = frozenset(wanted)
        return {row[0]: row[1] for row in self._connection.execute(query) if row[0] in chosen}

    def _set(self, attribute: Attribute, frame: pl.DataFrame, at: int) -> None:
        column = "collector_id" if attribute == "collector" else "scenario"
        stage(self._connection, "given_values", frame)
        self._connection.exec_driver_sql(
            f"update customers set {column} = g.value, {attribute}_origin = 'rule', {attribute}_by = g.author, "
            f"{attribute}_at = {at} from given_values g "
            f"where customers.tenant_id = {self._tenant} and customers.customer_id = g.customer_id"
        )

    def _link(self, attribute: Attribute, frame: pl.DataFrame, at: int) -> None:
        table, column = _LINKED[attribute]
        first = SqlTenancy(self._connection, self._tenant).next_numbers(table.name, frame.height)
        rows = frame.select(
            pl.lit(self._tenant).alias("tenant_id"),
            pl.int_range(first, first + pl.len(), dtype=pl.Int64).alias("link_id"),
            pl.col("customer_id"),
            pl.col("value").alias(column),
            pl.lit("rule").alias("origin"),
            pl.col("author"),
            pl.lit(at).alias("at"),
        )
        load(self._connection, table.name, rows)

    def number_of(
        self, attribute: Attribute, value: str, at: datetime | None = None, origin: str = "rule", author: str = "rule"
    ) -> Any:
        """What a value is kept as; a group that is not there is made where there is a moment to note, else it is 0."""
        if attribute == "scenario":
            return value
        if attribute == "group":
            return self._group(value, at, origin, author)
        query = select(users.c.user_id).where(users.c.tenant_id == self._tenant)
        if attribute == "collector":
            query = query.where(users.c.active)
        number = self._connection.execute(query.where(func.lower(users.c.email) == value.lower())).scalar()
        if number is None:
            raise BadInput(f"no user {value!r} who could be {attribute}")
        return number

    def _group(self, name: str, at: datetime | None, origin: str, author: str) -> int:
        query = select(groups.c.group_id).where(groups.c.tenant_id == self._tenant)
        number = self._connection.execute(query.where(func.lower(groups.c.name) == name.lower())).scalar()
        if number is not None or at is None:
            return number or 0
        number = SqlTenancy(self._connection, self._tenant).next_numbers("groups", 1)
        row = {"tenant_id": self._tenant, "group_id": number, "name": name, "origin": origin, "author": author}
        self._connection.execute(insert(groups), row | {"at": at})
        return number


_LINKED: dict[Attribute, tuple[Table, str]] = {
    "group": (customer_groups, "group_id"),
    "colleague": (customer_colleagues, "user_id"),
}


def _author(given: Assignment, authors: Mapping[int, str]) -> str:
    """Who stands beside the value: the task and what its assigner said, else the reason of who gave it without one."""
    author = authors.get(given.task, given.reason)
    return f"{author}: {given.detail}" if given.detail else author
