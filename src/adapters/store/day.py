"""The whole tenant's day: every account in a few queries."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, func, or_, select

from relance.adapters.store.action_rows import ACTION, action_of
from relance.adapters.store.day_rows import Summed, SummedItems, currency_row
from relance.adapters.store.day_write import SqlDayWrite
from relance.adapters.store.engine import is_sqlite
from relance.adapters.store.grouping import Groupings
from relance.adapters.store.item_rows import columns_for_the_day, item_of
from relance.adapters.store.tables.collection import actions, decided_days, listed_items
from relance.adapters.store.tables.customers import contacts, customers
from relance.adapters.store.tables.intake import imports
from relance.adapters.store.tables.ledger import items
from relance.adapters.store.tables.tenancy import users
from relance.core.collection.accounts import Account, CurrencyRow
from relance.core.collection.actions import BLOCKING_STATES, OPEN_STATES, Action
from relance.core.collection.rules import DayRules
from relance.core.kernel.identifiers import CustomerId, ItemId, TenantId
from relance.core.ledger.items import Item
from relance.ports.store.day import OpenAction

_CHUNK = 500
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
        return sum([row.open_items for row in self._summed])

    @property
    def mark(self) -> str:
        """Changes whenever something changes that the account's open action could depend on."""
        if len(self._summed) == 1:
            row = self._summed[0]
            return f"{row.currency}:{row.open_items}:{row.balance}:{row.mark}"
        return ";".join(sorted(f"{row.currency}:{row.open_items}:{row.balance}:{row.mark}" for row in self._summed))

    def rows(self) -> list[CurrencyRow]:
        """The sums by currency."""
        if len(self._summed) == 1:
            row = self._summed[0]
            return [currency_row(row, bool(row.held and row.referring))]
        tangled = any(row.held for row in self._summed) and any(row.referring for row in self._summed)
        return sorted((currency_row(row, tangled) for row in self._summed), key=lambda row: row.currency)


class SqlDay(SqlDayWrite):
    """Reads one tenant's accounts for a day, and writes what was decided."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        super().__init__(connection, tenant)
        self._groupings = Groupings()
        """As read with the accounts; under the day's lock they do not change."""

    def lock(self) -> None:
        """Wait until no other day of this tenant is being decided; SQLite has the write lock already."""
        if not is_sqlite(self._connection):
            self._connection.exec_driver_sql("select pg_advisory_xact_lock(%s, 8)", (self._tenant,))

    def accounts(
        self,
        on: DayRules,
        until: date,
        default_scenario: str,
        only: Collection[CustomerId] | None = None,
        every_line: bool = False,
    ) -> list[SqlAccountDay]:
        """Every account, or only some; `every_line` gathers lines also where an action is open."""
        source = SummedItems(self._connection, self._tenant, on, until, every_line)
        self._groupings = Groupings.read(self._connection, self._tenant, on.today)
        only = None if only is None else self._groupings.with_leads(only)
        summed: dict[int, list[Summed]] = {}
        for row in source.all() if only is None else source.of(self._groupings.with_companions(only)):
            summed.setdefault(row.customer_id, []).append(row)
        query = select(*_OWN) if only is None else select(*_OWN).where(customers.c.customer_id.in_(only))
        return self._accounts(query, summed, default_scenario, on.today)

    def items_of(self, wanted: Iterable[CustomerId]) -> dict[CustomerId, list[Item]]:
        """The open items of some accounts."""
        found: dict[CustomerId, list[Item]] = {}
        columns = columns_for_the_day(self._connection, self._tenant)
        for chunk in _chunks(self._groupings.with_companions(wanted)):
            query = select(*columns).where(
                items.c.tenant_id == self._tenant, items.c.open_amount != 0, items.c.customer_id.in_(chunk)
            )
            for row in self._connection.execute(query):
                found.setdefault(self._groupings.account_of(row.customer_id), []).append(item_of(row))
        return found

    def listed_of(self, wanted: Iterable[CustomerId]) -> dict[tuple[CustomerId, str, str], frozenset[ItemId]]:
        """By account, scenario and step: the items that done actions have listed (D12)."""
        found: dict[tuple[CustomerId, str, str], set[ItemId]] = {}
        for chunk in _chunks(self._groupings.with_companions(wanted)):
            query = (
                select(actions.c.customer_id, actions.c.scenario, actions.c.step, listed_items.c.item_id)
                .join(listed_items, _same_action())
                .where(actions.c.tenant_id == self._tenant, actions.c.customer_id.in_(chunk))
            )
            for customer, scenario, step, item in self._connection.execute(query):
                found.setdefault((self._groupings.account_of(customer), scenario, step), set()).add(item)
        return {key: frozenset(listed) for key, listed in found.items()}

    def actions_of(self, wanted: Iterable[CustomerId]) -> dict[CustomerId, Action]:
        """The open action of each of these accounts."""
        found: dict[CustomerId, Action] = {}
        for chunk in _chunks(wanted):
            query = select(*ACTION).where(
                actions.c.tenant_id == self._tenant,
                actions.c.customer_id.in_(chunk),
                actions.c.state.in_(OPEN_STATES),
                actions.c.specific_id.is_(None),
            )
            for row in self._connection.execute(query.order_by(actions.c.action_id)):
                found.setdefault(row.customer_id, action_of(row))
        return found

    def occurrences(self, wanted: Iterable[CustomerId]) -> dict[tuple[CustomerId, str, str, ItemId], int]:
        """How often a step was planned before, by account, scenario, step and leader."""
        if self._connection.execute(self._any_action()).first() is None:
            return {}
        key = (actions.c.customer_id, actions.c.scenario, actions.c.step, actions.c.leader_item_id)
        found = {}
        for chunk in _chunks(wanted):
            query = select(*key, func.max(actions.c.occurrence)).group_by(*key)
            query = query.where(actions.c.tenant_id == self._tenant, actions.c.customer_id.in_(chunk))
            found.update({(row[0], row[1], row[2], row[3]): row[4] for row in self._connection.execute(query)})
        return found

    def _any_action(self) -> Select[tuple[int]]:
        return select(actions.c.action_id).where(actions.c.tenant_id == self._tenant).limit(1)

    def _accounts(
        self, query: Select[Any], summed: dict[int, list[Summed]], default_scenario: str, today: date
    ) -> list[SqlAccountDay]:
        opened, blocked = self._open_actions()
        groups = self._groupings
        groups.merge(summed, opened)
        blocked = groups.with_leads(blocked)
        active, reachable = self._active_users(), self._with_contact()
        fresh = self._on_first_day(today)
        fresh = None if fresh is None else groups.with_leads(fresh)
        query = query.where(customers.c.tenant_id == self._tenant).order_by(customers.c.customer_id)
        rows = self._connection.execute(query).fetchall()
        return [
            SqlAccountDay(
                Account(
                    customer=number,
                    code=code,
                    name=name,
                    scenario=scenario or default_scenario,
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


def _same_action() -> Any:
    return (actions.c.tenant_id == listed_items.c.tenant_id) & (actions.c.action_id == listed_items.c.action_id)


def _chunks(wanted: Iterable[CustomerId]) -> Iterator[list[CustomerId]]:
    all_of_them = sorted(set(wanted))
    for start in range(0, len(all_of_them), _CHUNK):
        yield all_of_them[start : start + _CHUNK]
