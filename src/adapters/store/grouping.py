"""Customers that are collected on another, and what that means for accounts that are read as one."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, bindparam, func, select, update

from relance.adapters.store.day_rows import Summed
from relance.adapters.store.tables.customers import customers
from relance.adapters.store.visibility import theirs
from relance.core.collection.grouping import Companion, Member, last_contact
from relance.core.kernel.errors import Conflict
from relance.core.kernel.identifiers import CustomerId, TenantId, UserId

_C = customers.c
_lead = customers.alias("lead")
_COMPANION = (
    _C.customer_id,
    _C.code,
    _C.name,
    _C.collection_stop,
    _C.paused_until,
    _C.last_contact_on,
    _C.penalties,
)
_MEMBERS = (
    select(*_COMPANION, _lead.c.last_contact_on, _C.lead_id)
    .join(_lead, (_lead.c.tenant_id == _C.tenant_id) & (_lead.c.customer_id == _C.lead_id))
    .where(_C.tenant_id == bindparam("tenant"), _C.lead_id.is_not(None))
    .order_by(_C.code)
)
"""Built once: building a statement costs as much as running it."""


class SqlGrouping:
    """One tenant's grouped collection."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def all(self, own: UserId | None) -> list[Member]:
        """Every member by lead and code."""
        return self._members(*(() if own is None else (theirs(own),)))

    def of(self, customer: CustomerId) -> list[Member]:
        """The members of this lead, or the customer itself where it is a member."""
        return self._members((_C.lead_id == customer) | (_C.customer_id == customer))

    def join(self, members: Collection[CustomerId], lead: CustomerId, author: str, at: datetime) -> None:
        """Collect these on the lead; raises Conflict where one belongs to another entity."""
        entity = select(_lead.c.entity_id).where(_lead.c.tenant_id == self._tenant, _lead.c.customer_id == lead)
        chosen = (_C.tenant_id == self._tenant, _C.customer_id.in_(list(members)))
        statement = update(customers).where(*chosen, _C.entity_id == entity.scalar_subquery())
        done = self._connection.execute(statement.values(lead_id=lead, lead_by=author, lead_at=at))
        if done.rowcount != len(members):
            raise Conflict("customers of different entities are not collected together")

    def leave(self, members: Collection[CustomerId]) -> None:
        """Collect these by themselves again."""
        for member in self._members(_C.customer_id.in_(list(members))):
            mine = (_C.tenant_id == self._tenant, _C.customer_id == member.customer)
            contacted = [self._contacted(member.customer), self._contacted(member.lead)]
            values = {"lead_id": None, "lead_by": None, "lead_at": None}
            last = max((day for day in contacted if day), default=None)
            self._connection.execute(update(customers).where(*mine).values(last_contact_on=last, **values))

    def _contacted(self, customer: CustomerId) -> date | None:
        query = select(_C.last_contact_on).where(_C.tenant_id == self._tenant, _C.customer_id == customer)
        found: date | None = self._connection.execute(query).scalar()
        return found

    def _members(self, *terms: ColumnElement[bool]) -> list[Member]:
        columns = (_C.customer_id, _C.code, _C.name, _C.lead_id, _lead.c.code, _lead.c.name, _C.lead_by, _C.lead_at)
        same = (_lead.c.tenant_id == _C.tenant_id) & (_lead.c.customer_id == _C.lead_id)
        query = select(*columns).join(_lead, same).where(_C.tenant_id == self._tenant, _C.lead_id.is_not(None), *terms)
        names = ("customer", "code", "name", "lead", "lead_code", "lead_name", "author", "at")
        rows = self._connection.execute(query.order_by(func.lower(_lead.c.code), _C.lead_id, _C.code))
        return [Member(**dict(zip(names, row, strict=True))) for row in rows]


class Groupings:
    """Which customers go along with which on one day: read once, empty for most tenants."""

    def __init__(self) -> None:
        self.lead_of: dict[int, int] = {}
        """Every member's lead."""
        self._companions: dict[int, list[Companion]] = defaultdict(list)
        self._carried: dict[int, int] = {}
        self.contacted: dict[int, date | None] = {}
        """The last contact of every lead's account (D9)."""

    @classmethod
    def read(cls, connection: Connection, tenant: TenantId, today: date) -> "Groupings":
        """The groupings of a tenant."""
        found = cls()
        for *row, contacted, lead in connection.execute(_MEMBERS, {"tenant": tenant}):
            companion = Companion(**dict(zip(Companion.__struct_fields__, row, strict=True)))
            found.lead_of[companion.customer] = lead
            if companion.goes_along(today):
                found._companions[lead].append(companion)
                found._carried[companion.customer] = lead
                found.contacted[lead] = last_contact(contacted, found._companions[lead])
        return found

    def companions(self, account: int) -> tuple[Companion, ...]:
        """The customers whose items are collected on this account."""
        return tuple(self._companions.get(account, ()))

    def account_of(self, customer: int) -> CustomerId:
        """The account on which the customer's items are collected."""
        return CustomerId(self._carried.get(customer, customer))

    def with_leads(self, customers: Iterable[int]) -> frozenset[CustomerId]:
        """These customers, and the leads of those that are members."""
        known = frozenset(CustomerId(one) for one in customers)
        return known | {CustomerId(self.lead_of[one]) for one in known if one in self.lead_of}

    def with_companions(self, accounts: Iterable[CustomerId]) -> frozenset[CustomerId]:
        """These accounts, and the customers whose items are collected on them."""
        known = list(accounts)
        return frozenset((*known, *(one.customer for account in known for one in self.companions(account))))

    def merge(self, summed: dict[int, list[Summed]], busy: Collection[int]) -> None:
        """Add what goes along to the sums of its lead; of a member with an open action the lines were not gathered."""
        for member, lead in self._carried.items():
            rows = summed.get(member, [])
            if rows:
                more = [_unread(row) for row in rows] if member in busy else rows
                summed[lead] = _merged(summed.get(lead, []), more)


def _merged(ours: list[Summed], more: list[Summed]) -> list[Summed]:
    by_currency = {row.currency: row for row in ours}
    for row in more:
        there = by_currency.get(row.currency)
        by_currency[row.currency] = row if there is None else _added(there, row)
    return list(by_currency.values())


def _added(one: Summed, other: Summed) -> Summed:
    laters = [later for later in (one.later, other.later) if later is not None]
    return one._replace(
        open_items=one.open_items + other.open_items,
        balance=one.balance + other.balance,
        memo=one.memo + other.memo,
        overdue=one.overdue + other.overdue,
        overdue_held=one.overdue_held + other.overdue_held,
        lines=",".join(filter(None, (one.lines, other.lines))) or None,
        credit=one.credit + other.credit,
        later=min(laters, default=None),
        held=one.held + other.held,
        referring=one.referring + other.referring,
        mark=int(one.mark) + int(other.mark),
    )


def _unread(row: Summed) -> Summed:
    """Its lines were not gathered: as if a credit referred to a held item, which only the items can tell."""
    return row._replace(held=row.held + 1, referring=row.referring + 1)
