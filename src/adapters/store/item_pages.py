"""A page of items and the sums of the whole answer, with as little of a large ledger read as tells them."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Connection, and_, bindparam, or_, select

from relance.adapters.store.engine import is_sqlite
from relance.adapters.store.halves import ROW_OF_ITEM, Told, by_halves, middle_customer, middle_row
from relance.adapters.store.item_asking import ItemAsking
from relance.adapters.store.item_standing import (
    IS_CREDIT,
    IS_MEMO,
    OldestAccounts,
    Reach,
    Standing,
    oldest_accounts,
    standing_of,
    sums_of_all,
)
from relance.adapters.store.item_sums import (
    COUNTED,
    Conditions,
    Key,
    Sums,
    added,
    hold_of_most,
    read_sums,
    tells_first,
    without,
)
from relance.adapters.store.planning import avoiding
from relance.adapters.store.searching_items import IS_OPEN
from relance.adapters.store.tables.ledger import items
from relance.core.kernel.days import day_number, day_of
from relance.core.kernel.identifiers import CustomerId, ItemId, TenantId
from relance.ports.store.item_list import ItemQuestion

Keys = list[tuple[date, ItemId]]
_FEW = 500
"""So many items are read whole and summed here."""
_REACH = 300
"""Among the items of so many accounts the oldest are looked for, before all are read."""
_READ = 3
"""So many times more accounts are read, since many may be due first on the same day."""
_MANY = 200
"""So many due on one day are met soon enough where items are walked in the order of their numbers."""


class ItemPages:
    """Answers one question of one tenant."""

    def __init__(self, connection: Connection, tenant: TenantId, question: ItemQuestion) -> None:
        self._connection, self._tenant, self._question = connection, tenant, question
        self._asking = ItemAsking(connection, tenant, question)

    def page(self) -> tuple[Keys, Sums]:
        """The items of the page behind the last one seen, the oldest due first, and the sums of all pages.

        What is open of some customers, their summaries tell. Few items are read once. Of many the oldest stand, if
        anywhere, with the accounts whose earliest debit is among the earliest.
        """
        if self._asking.of_accounts:
            standing = self._standing(self._reach_of_accounts())
            return self._oldest_keys(standing.oldest, many_that_day=True) if standing.sums else [], standing.sums
        few, all_of_them = self._some()
        if all_of_them:
            return self._keys_among(few), _sums_of(few)
        sums, first = self._sums_and_first(self._keys_among(few))
        if len(first) >= self._question.limit:
            return first[: self._question.limit], sums
        if self._question.view in {"settled", "all"}:
            return self._keys_of_all(self._asking.conditions_as_it_lies), sums
        oldest = oldest_accounts(self._connection, self._tenant, Reach(_REACH, _READ * _REACH))
        return self._oldest_keys(oldest, _share_due(few, oldest.crowded) * _count(sums) > _MANY), sums

    def sums(self) -> Sums:
        """Count and open amount of the whole answer by currency."""
        if self._asking.of_accounts:
            return self._standing(0).sums
        return self._sums_of_most() if self._asks_for_most() else self._read(None)[0]

    def _sums_and_first(self, some: Keys) -> tuple[Sums, Keys]:
        """The sums, and in the same pass the items up to the last that may stand on the page, as some of them tell.

        Where most that is open is asked for, the oldest accounts will show the page sooner.
        """
        if self._asks_for_most():
            return self._sums_of_most(), []
        enough = len(some) >= self._question.limit and tells_first(self._connection)
        return self._read(some[-1] if enough else None)

    def _sums_of_most(self) -> Sums:
        """SQLite pays for each item that it adds up: where it reads the table, it takes from all that is open what is
        not asked for."""
        if not self._asking.few_lie_in_table:
            return self._read(None)[0]
        all_that_is_open = sums_of_all(self._connection, self._tenant, self._question.currency)
        return without(all_that_is_open, self._read(None, self._asking.conditions_of_others)[0])

    def _read(self, until: tuple[date, ItemId] | None, conditions: Conditions | None = None) -> tuple[Sums, Keys]:
        last = None if until is None else (day_number(until[0]), int(until[1]))
        conditions = self._asking.conditions_for_few if conditions is None else conditions

        def ask(connection: Connection, half: ColumnElement[bool]) -> tuple[Sums, list[Key]]:
            return read_sums(connection, self._tenant, [*conditions, half], last)

        parts = self._by_halves(self._asking.few_lie_in_table, ask)
        found = [(day_of(day), ItemId(item)) for _, keys in parts for day, item in keys]
        return added(sums for sums, _ in parts), self._behind(found)

    def _by_halves(self, in_table: bool, ask: Callable[[Connection, ColumnElement[bool]], Told]) -> list[Told]:
        """Halves of the table, where SQLite reads it as it lies, else of the customers, as its index has them."""
        number, middle = (ROW_OF_ITEM, middle_row) if in_table else (items.c.customer_id, middle_customer)
        return by_halves(
            self._connection,
            lambda: middle(self._connection, self._tenant),
            lambda half: lambda reader: ask(reader, half.of(number)),
        )

    def _asks_for_most(self) -> bool:
        """Whether it asks for most of what is open."""
        if self._question.view != "open":
            return False
        return hold_of_most(self._connection, self._asking.conditions_of_all, self._asking.conditions)

    def _reach_of_accounts(self) -> int:
        """Each of so many accounts has a debit for the first page."""
        return min(self._question.limit, _REACH) if self._question.after is None else _REACH

    def _standing(self, wanted: int) -> Standing:
        reach, asked = Reach(wanted, _READ * _REACH), self._asking.whose_among
        return standing_of(self._connection, self._tenant, asked, self._question.currency, reach)

    def _some(self) -> tuple[list[Any], bool]:
        """Some of the items, and whether these are all."""
        of_items = (items.c.due_on, items.c.item_id, items.c.currency, COUNTED)
        conditions = self._asking.conditions_for_few

        def ask(connection: Connection, half: ColumnElement[bool]) -> list[Any]:
            asked = select(*of_items).where(*conditions, half)
            found = asked.cte("found").prefix_with("materialized")
            question = asked if is_sqlite(connection) else select(found)
            return list(connection.execute(question.limit(_FEW + 1)))

        parts = self._by_halves(self._asking.few_lie_in_table, ask)
        return [row for part in parts for row in part], all(len(part) <= _FEW for part in parts)

    def _keys_among(self, few: list[Any]) -> Keys:
        return self._behind((due_on, item) for due_on, item, *_ in few)[: self._question.limit]

    def _behind(self, keys: Iterable[tuple[date, ItemId]]) -> Keys:
        """In their order, without those of earlier pages."""
        after = self._question.after
        return sorted(key for key in keys if after is None or key > after)

    def _oldest_keys(self, oldest: OldestAccounts, many_that_day: bool) -> Keys:
        keys, wanted = self._keys_of(oldest), self._question.limit
        if oldest.crowded is not None and many_that_day and len(keys) < wanted:
            keys += self._keys_of_day(oldest.crowded)[: wanted - len(keys)]
        if oldest.until is None or len(keys) == wanted:
            return keys
        return self._keys_of_all(self._asking.conditions_as_it_lies)

    def _keys_of_day(self, day: date) -> Keys:
        """Walked in the order of their numbers: where many are due on the day, soon there are enough."""
        with avoiding(self._connection, "sort"):
            return self._keys([*self._asking.conditions_each_as_it_lies, items.c.due_on == day])

    def _keys_of(self, oldest: OldestAccounts) -> Keys:
        """Debits of these accounts, and credits and memo items of all, which have indexes of their own by due day."""
        until = () if oldest.until is None else (items.c.due_on <= oldest.until,)
        debits = (items.c.customer_id.in_(_literal(oldest.customers)), items.c.open_amount > 0)
        keys = self._keys([*self._asking.conditions_on_items, *debits, *until]) if oldest.customers else []
        those = self._asking.conditions if oldest.until is None else self._asking.conditions_each
        for kind in (IS_CREDIT, IS_MEMO):
            keys += self._keys([*those, IS_OPEN, kind, *until])
        return sorted(set(keys))[: self._question.limit]

    def _keys_of_all(self, conditions: Conditions) -> Keys:
        """Out of all, read as they lie."""
        parts = self._by_halves(
            self._asking.lies_in_table, lambda reader, half: self._keys([*conditions, half], reader)
        )
        return sorted(key for part in parts for key in part)[: self._question.limit]

    def _keys(self, conditions: Conditions, reader: Connection | None = None) -> Keys:
        keys = select(items.c.due_on, items.c.item_id).where(*conditions)
        if self._question.after is not None:
            due_on, item = self._question.after
            keys = keys.where(or_(items.c.due_on > due_on, and_(items.c.due_on == due_on, items.c.item_id > item)))
        keys = keys.order_by(items.c.due_on, items.c.item_id).limit(self._question.limit)
        return [(due_on, item) for due_on, item in (reader or self._connection).execute(keys)]


def _literal(numbers: list[CustomerId]) -> BindParameter[list[CustomerId]]:
    """Written into the statement: of so many that come as parameters PostgreSQL knows nothing when it plans."""
    return bindparam("customers", numbers, expanding=True, literal_execute=True)


def _share_due(some: list[Any], day: date | None) -> float:
    that_day = [due_on for due_on, *_ in some if due_on == day]
    return len(that_day) / len(some)


def _count(sums: Sums) -> int:
    return sum(count for count, _ in sums.values())


def _sums_of(few: list[Any]) -> Sums:
    sums: Sums = {}
    for _, _, currency, amount in few:
        counted, summed = sums.get(currency, (0, 0))
        sums[currency] = counted + 1, summed + int(amount)
    return dict(sorted(sums.items()))
