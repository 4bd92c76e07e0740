"""The whole tenant's day: every account in a few queries."""

from collections.abc import Collection, Generator, Iterable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, exists, func, select

from relance.adapters.store.action_rows import ACTION, action_of
from relance.adapters.store.day_accounts import DayAccounts, SqlAccountDay
from relance.adapters.store.day_rows import Summed, SummedItems
from relance.adapters.store.day_write import SqlDayWrite
from relance.adapters.store.engine import is_sqlite
from relance.adapters.store.grouping import Groupings
from relance.adapters.store.item_rows import columns_for_the_day, item_of
from relance.adapters.store.tables.collection import actions, decided_days, listed_items
from relance.adapters.store.tables.ledger import items
from relance.core.collection.actions import OPEN_STATES, Action
from relance.core.collection.rules import DayRules
from relance.core.kernel.identifiers import CustomerId, ItemId, TenantId
from relance.core.ledger.items import Item

_CHUNK = 500


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
        if only is None:
            return list(self.one_by_one(on, until, default_scenario, every_line))
        source = SummedItems(self._connection, self._tenant, on, until, every_line)
        self._groupings = Groupings.read(self._connection, self._tenant, on.today)
        wanted = self._groupings.with_leads(only)
        summed = _by_account(source.of(self._groupings.with_companions(wanted)))
        found = self._read(default_scenario, on.today, wanted)
        self._groupings.merge(summed, found.opened)
        return found.up_to(None, summed)

    def one_by_one(
        self, on: DayRules, until: date, default_scenario: str, every_line: bool = False
    ) -> Generator[SqlAccountDay, None, None]:
        """Every account; while the first are looked at, the items of the others are summed."""
        source = SummedItems(self._connection, self._tenant, on, until, every_line)
        self._groupings = Groupings.read(self._connection, self._tenant, on.today)
        with source.portions(self._ranges(on.today), whole=bool(self._groupings.lead_of)) as portions:
            found = self._read(default_scenario, on.today)
            for last, rows in portions:
                summed = _by_account(rows)
                self._groupings.merge(summed, found.opened)
                yield from found.up_to(last, summed)

    def _ranges(self, today: date) -> int:
        """In how many ranges accounts are summed: of three, the last is while the others are decided.

        Each costs a pass over the items. It is worth it on PostgreSQL, where most accounts are still to be decided.
        """
        if is_sqlite(self._connection):
            return 2
        decided = exists().where(decided_days.c.tenant_id == self._tenant, decided_days.c.day == today)
        return 2 if self._connection.execute(select(decided)).scalar() else 3

    def _read(self, default_scenario: str, today: date, only: Collection[CustomerId] | None = None) -> DayAccounts:
        return DayAccounts(self._connection, self._tenant, self._groupings, default_scenario, today, only)

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


def _by_account(rows: Iterable[Summed]) -> dict[int, list[Summed]]:
    summed: dict[int, list[Summed]] = {}
    for row in rows:
        summed.setdefault(row.customer_id, []).append(row)
    return summed


def _same_action() -> Any:
    return (actions.c.tenant_id == listed_items.c.tenant_id) & (actions.c.action_id == listed_items.c.action_id)


def _chunks(wanted: Iterable[CustomerId]) -> Iterator[list[CustomerId]]:
    all_of_them = sorted(set(wanted))
    for start in range(0, len(all_of_them), _CHUNK):
        yield all_of_them[start : start + _CHUNK]
