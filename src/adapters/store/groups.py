"""Groups of customers on SQLAlchemy; their figures come from the maintained summaries."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from relance.adapters.store.tables.assignment import assign_tasks
from relance.adapters.store.tables.customers import customer_groups, customers, groups
from relance.adapters.store.tables.intake import imports
from relance.adapters.store.tables.ledger import account_summaries, items
from relance.adapters.store.tenancy import SqlTenancy
from relance.adapters.store.visibility import theirs
from relance.core.customers.groups import Group
from relance.core.insight.dso import SALES_TYPES, SalesPeriod
from relance.core.kernel.errors import Conflict, NotFound
from relance.core.kernel.identifiers import TenantId, UserId
from relance.ports.store.groups import GroupFigure, GroupLine

_COLUMNS = (groups.c.group_id, groups.c.name, groups.c.origin, groups.c.author, groups.c.at)


class SqlGroups:
    """Groups of one tenant."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def all(self) -> list[Group]:
        """Every group by name."""
        query = select(*_COLUMNS).where(groups.c.tenant_id == self._tenant).order_by(func.lower(groups.c.name))
        return [_group(row) for row in self._connection.execute(query)]

    def lines(self, own: UserId | None) -> list[GroupLine]:
        """Every group by name with its figures, in three statements whatever their number."""
        counts, figures = self._counts(own), self._figures(own)
        return [
            GroupLine(group=group, customers=counts.get(group.group, 0), figures=tuple(figures[group.group]))
            for group in self.all()
        ]

    def sales(self, own: UserId | None, period: SalesPeriod) -> dict[tuple[int, str], int] | None:
        """By customer first, in one pass over the items of the period."""
        if not self._known_since(period):
            return None
        i, link = items.c, customer_groups.c
        issued = (i.tenant_id == self._tenant, i.type.in_(SALES_TYPES), i.issued_on.between(period.first, period.last))
        total = func.sum(i.amount).label("sold")
        sold = select(i.customer_id, i.currency, total).where(*issued).group_by(i.customer_id, i.currency).subquery()
        query = select(link.group_id, sold.c.currency, func.sum(sold.c.sold))
        query = query.select_from(_MEMBERS.join(sold, sold.c.customer_id == link.customer_id)).where(*self._seen(own))
        rows = self._connection.execute(query.group_by(link.group_id, sold.c.currency))
        return {(group, currency): int(amount) for group, currency, amount in rows}

    def _known_since(self, period: SalesPeriod) -> bool:
        """Whether items came in on the period's first day at the latest: what was settled before is not known."""
        came = (imports.c.tenant_id == self._tenant, imports.c.kind == "items", imports.c.state == "done")
        first: datetime | None = self._connection.execute(select(func.min(imports.c.started_at)).where(*came)).scalar()
        return first is not None and first.date() <= period.first

    def one(self, group: int) -> Group:
        """One group; raises NotFound."""
        row = self._connection.execute(select(*_COLUMNS).where(*self._this(group))).first()
        if row is None:
            raise NotFound("no such group")
        return _group(row)

    def add(self, name: str, author: str, at: datetime) -> Group:
        """A new group of a person; raises Conflict where the name is taken."""
        self._must_be_free(name)
        number = SqlTenancy(self._connection, self._tenant).next_numbers("groups", 1)
        group = Group(group=number, name=name, origin="person", author=author, at=at)
        row = {"tenant_id": self._tenant, "group_id": number, "name": name, "origin": "person", "author": author}
        self._connection.execute(insert(groups), row | {"at": at})
        return group

    def rename(self, group: Group, name: str) -> None:
        """Another name, also in the tasks that give the group."""
        self._must_be_free(name, group.group)
        self._connection.execute(update(groups).where(*self._this(group.group)).values(name=name))
        self._connection.execute(update(assign_tasks).where(*self._giving(group)).values(value=name))

    def given_by_tasks(self, group: Group) -> int:
        """How many tasks give it."""
        return self._connection.execute(select(func.count()).where(*self._giving(group))).scalar_one()

    def remove(self, group: int, at: datetime) -> int:
        """Take a group away; its links end."""
        links = customer_groups.c
        live = (links.tenant_id == self._tenant, links.group_id == group, links.ended_at.is_(None))
        ended = self._connection.execute(
            update(customer_groups).where(*live).values(ended_at=at, ended_origin="person")
        ).rowcount
        self._connection.execute(delete(groups).where(*self._this(group)))
        return ended

    def _counts(self, own: UserId | None) -> dict[int, int]:
        query = (
            select(customer_groups.c.group_id, func.count().label("members"))
            .select_from(_MEMBERS)
            .where(*self._seen(own))
        )
        rows = self._connection.execute(query.group_by(customer_groups.c.group_id))
        return {row.group_id: row.members for row in rows}

    def _figures(self, own: UserId | None) -> defaultdict[int, list[GroupFigure]]:
        s, group = account_summaries.c, customer_groups.c.group_id
        summed = _MEMBERS.join(
            account_summaries, (s.tenant_id == customers.c.tenant_id) & (s.customer_id == customers.c.customer_id)
        )
        query = select(group, s.currency, func.sum(s.balance), func.sum(s.overdue)).select_from(summed)
        query = query.where(*self._seen(own)).group_by(group, s.currency).order_by(s.currency)
        found: defaultdict[int, list[GroupFigure]] = defaultdict(list)
        for number, currency, balance, overdue in self._connection.execute(query):
            found[number].append(GroupFigure(currency=currency, balance=int(balance), overdue=int(overdue)))
        return found

    def _seen(self, own: UserId | None) -> list[ColumnElement[bool]]:
        links = customer_groups.c
        shown = [links.tenant_id == self._tenant, links.ended_at.is_(None)]
        return shown if own is None else [*shown, theirs(own)]

    def _this(self, group: int) -> tuple[ColumnElement[bool], ...]:
        return groups.c.tenant_id == self._tenant, groups.c.group_id == group

    def _giving(self, group: Group) -> tuple[ColumnElement[bool], ...]:
        task = assign_tasks.c
        same = func.lower(task.value) == group.name.lower()
        return task.tenant_id == self._tenant, task.attribute == "group", same

    def _must_be_free(self, name: str, besides: int = 0) -> None:
        taken = select(groups.c.group_id).where(
            groups.c.tenant_id == self._tenant, func.lower(groups.c.name) == name.lower(), groups.c.group_id != besides
        )
        if self._connection.execute(taken).first():
            raise Conflict(f"there is a group {name!r} already; choose another name")


_MEMBERS = customer_groups.join(
    customers,
    (customers.c.tenant_id == customer_groups.c.tenant_id) & (customers.c.customer_id == customer_groups.c.customer_id),
)


def _group(row: Any) -> Group:
    return Group(group=row.group_id, name=row.name, origin=row.origin, author=row.author, at=row.at)
