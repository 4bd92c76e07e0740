"""What the day knows of every account besides the sums of its items; read in a few statements."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, or_, select

from relance.adapters.store.day_rows import Summed, currency_row, due_of
from relance.adapters.store.grouping import Groupings
from relance.adapters.store.tables.collection import actions, decided_days
from relance.adapters.store.tables.customers import contacts, customers
from relance.adapters.store.tables.intake import imports
from relance.adapters.store.tables.ledger import items
from relance.adapters.store.tables.tenancy import users
from relance.core.collection.accounts import Account, CurrencyRow
from relance.core.collection.actions import BLOCKING_STATES, OPEN_STATES
from relance.core.kernel.identifiers import CustomerId, TenantId
from relance.ports.store.day import OpenAction

_OWN = (
    customers.c.customer_id,
    customers.c.code,
    customers.c.name,
    customers.c.scenario,
    customers.c.collection_stop,
    customers.c.paused_until,
    customers.c.last_contact_on,
    customers.c.collector_id,
)


class SqlAccountDay:
    """One account as SQL summed it; the lines are read when they are asked for."""

    __slots__ = ("_summed", "account", "blocked", "open_action")

    def __init__(
        self, account: Account, summed: Sequence[Summed], open_action: OpenAction | None, blocked: bool
    ) -> None:
        self.account, self._summed, self.open_action, self.blocked = account, summed, open_action, blocked

    @property
    def open_items(self) -> int:
        """How many items are open."""
        if len(self._summed) == 1:
            return self._summed[0].open_items
        return sum([row.open_items for row in self._summed])

    @property
    def mark(self) -> str:
        """Changes whenever something changes that the account's open action could depend on."""
        if len(self._summed) == 1:
            row = self._summed[0]
            return f"{row.currency}:{row.open_items}:{row.balance}:{row.mark}"
        return ";".join(sorted(f"{row.currency}:{row.open_items}:{row.balance}:{row.mark}" for row in self._summed))

    @property
    def ahead(self) -> tuple[str, int] | None:
        """Currency and due day of the first invoice to come, of an account that owes and has nothing nearer than it."""
        if len(self._summed) != 1:
            return None
        row = self._summed[0]
        if row.lines or row.overdue or row.later is None or row.balance <= 0:
            return None
        return row.currency, due_of(row.later)

    def rows(self) -> list[CurrencyRow]:
        """The sums by currency."""
        if len(self._summed) == 1:
            row = self._summed[0]
            return [currency_row(row, bool(row.held and row.referring))]
        tangled = any(row.held for row in self._summed) and any(row.referring for row in self._summed)
        return sorted((currency_row(row, tangled) for row in self._summed), key=lambda row: row.currency)


class DayAccounts:
    """A tenant's accounts, in the order of their numbers; the sums of their items are told to them later."""

    def __init__(
        self,
        connection: Connection,
        tenant: TenantId,
        groupings: Groupings,
        default_scenario: str,
        today: date,
        only: Collection[CustomerId] | None = None,
    ) -> None:
        self._connection, self._tenant, self._groupings = connection, tenant, groupings
        self._default = default_scenario
        opened, blocked = self._open_actions()
        self.opened, self._blocked = opened, groupings.with_leads(blocked)
        self._active, self._reachable = self._active_users(), self._with_contact()
        fresh = self._on_first_day(today)
        self._fresh = None if fresh is None else groupings.with_leads(fresh)
        self._rows = self._read(only)
        self._next = 0

    def up_to(self, last: int | None, summed: Mapping[int, Sequence[Summed]]) -> list[SqlAccountDay]:
        """Those after the ones told before, up to this number, with their sums; None: all that are left."""
        start = self._next
        self._next = next(
            (place for place in range(start, len(self._rows)) if last is not None and self._rows[place][0] > last),
            len(self._rows),
        )
        return self._told(self._rows[start : self._next], summed)

    def _told(self, rows: Iterable[Any], summed: Mapping[int, Sequence[Summed]]) -> list[SqlAccountDay]:
        opened, blocked, groups, fresh = self.opened, self._blocked, self._groupings, self._fresh
        active, reachable, default = self._active, self._reachable, self._default
        return [
            SqlAccountDay(
                Account(
                    customer=number,
                    code=code,
                    name=name,
                    scenario=scenario or default,
                    collection_stop=stop,
                    grouped=number in groups.lead_of,
                    paused_until=paused,
                    last_contact_on=groups.contacted.get(number, contacted),
                    has_collection_contact=number in reachable,
                    has_collector=collector in active,
                    first_day=fresh is None or number in fresh,
                ),
                summed.get(number, ()),
                opened.get(number),
                number in blocked,
            )
            for number, code, name, scenario, stop, paused, contacted, collector in rows
        ]

    def _read(self, only: Collection[CustomerId] | None) -> Sequence[Any]:
        query = select(*_OWN) if only is None else select(*_OWN).where(customers.c.customer_id.in_(only))
        query = query.where(customers.c.tenant_id == self._tenant).order_by(customers.c.customer_id)
        return self._connection.execute(query).fetchall()

    def _with_contact(self) -> frozenset[CustomerId]:
        """Customers with a contact for collection that has an address (S1.9)."""
        query = (
            select(contacts.c.customer_id)
            .distinct()
            .where(contacts.c.tenant_id == self._tenant, contacts.c.collection, contacts.c.email != "")
        )
        return frozenset([number for (number,) in self._connection.execute(query).fetchall()])

    def _on_first_day(self, today: date) -> frozenset[CustomerId] | None:
        """Accounts with open items of a source that no earlier day has seen (D8); None: all accounts."""
        earlier = select(func.max(decided_days.c.import_id)).where(
            decided_days.c.tenant_id == self._tenant, decided_days.c.day < today
        )
        seen_until = self._connection.execute(earlier).scalar()
        if seen_until is None:
            return None
        first_imports = (
            select(imports.c.source_id)
            .where(imports.c.tenant_id == self._tenant, imports.c.state == "done", imports.c.source_id.is_not(None))
            .group_by(imports.c.source_id)
            .having(func.min(imports.c.import_id) > seen_until)
        )
        sources = list(self._connection.execute(first_imports).scalars())
        if not sources:
            return frozenset()
        query = (
            select(items.c.customer_id)
            .distinct()
            .where(items.c.tenant_id == self._tenant, items.c.open_amount != 0, items.c.source_id.in_(sources))
        )
        return frozenset(self._connection.execute(query).scalars())

    def _active_users(self) -> frozenset[int]:
        query = select(users.c.user_id).where(users.c.tenant_id == self._tenant, users.c.active)
        return frozenset(self._connection.execute(query).scalars())

    def _open_actions(self) -> tuple[dict[int, OpenAction], frozenset[int]]:
        query = select(
            actions.c.customer_id,
            actions.c.action_id,
            actions.c.state,
            actions.c.fence,
            actions.c.mark,
            actions.c.confirmed_at.is_not(None),
        ).where(actions.c.tenant_id == self._tenant, actions.c.state.in_((*OPEN_STATES, *BLOCKING_STATES)))
        of_the_scenario = or_(actions.c.specific_id.is_(None), actions.c.state.in_(BLOCKING_STATES))
        query = query.where(of_the_scenario)
        opened: dict[int, OpenAction] = {}
        blocked: set[int] = set()
        for customer, *rest in self._connection.execute(query.order_by(actions.c.action_id)):
            if rest[1] in BLOCKING_STATES:
                blocked.add(customer)
            else:
                opened.setdefault(customer, OpenAction(*rest))
        return opened, frozenset(blocked)
