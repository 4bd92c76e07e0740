"""A question about items as conditions: on the items themselves, or on the customers whose items they are."""

from functools import cached_property

from sqlalchemy import ColumnElement, Connection, Integer, and_, case, literal, literal_column, or_, select, true

from relance.adapters.store.engine import is_sqlite
from relance.adapters.store.halves import WHOLE, Half
from relance.adapters.store.search import contains
from relance.adapters.store.searching import Searching
from relance.adapters.store.searching_holders import asks_beside_index, by_several, names_items, of_customers
from relance.adapters.store.tables.customers import customers
from relance.adapters.store.tables.ledger import items
from relance.adapters.store.visibility import theirs
from relance.core.customers.search import EVERYTHING, asks_customers, asks_items
from relance.core.kernel.identifiers import TenantId
from relance.core.ledger.items import MEMO_TYPES
from relance.ports.store.item_list import ItemQuestion

_AS_IT_LIES: ColumnElement[int] = literal_column("+items.open_amount")
"""A sign that makes SQLite take no index of open items."""
_ZERO, _ONE = literal_column("0", Integer), literal_column("1", Integer)
"""Spelt as the index of open items is: a bound zero would not let SQLite use it."""


class ItemAsking:
    """One question of one tenant."""

    def __init__(self, connection: Connection, tenant: TenantId, question: ItemQuestion) -> None:
        self._connection, self._tenant, self._question = connection, tenant, question
        by_several(connection)

    @cached_property
    def of_accounts(self) -> bool:
        """Whether it asks for everything open of some customers, or of all: then their summaries know the sums."""
        question = self._question
        return question.view == "open" and not question.search.strip() and not asks_items(question.criteria)

    @cached_property
    def whose(self) -> ColumnElement[bool] | None:
        """On rows of `customers`, where something is asked of these and nothing of the items but that they are open."""
        return self.whose_among(WHOLE)

    def whose_among(self, half: Half) -> ColumnElement[bool] | None:
        """The same for half of the customers: what is asked of their accounts is looked for among theirs alone."""
        question = self._question
        if not self.of_accounts or self._all_customers:
            return None
        own = true() if question.own is None else theirs(question.own)
        searching = Searching(self._connection, self._tenant, question.today, half=half)
        return and_(own, searching.customers(question.criteria))

    @cached_property
    def _all_customers(self) -> bool:
        question = self._question
        asked = question.search.strip() or asks_customers(question.criteria)
        return question.own is None and not asked

    @cached_property
    def conditions(self) -> list[ColumnElement[bool]]:
        """On rows of `items` alone: of a million of them most have a customer who is never looked at."""
        return [items.c.tenant_id == self._tenant, *self._of_view(items.c.open_amount), *self._others]

    @cached_property
    def conditions_as_it_lies(self) -> list[ColumnElement[bool]]:
        """The same for SQLite, where an index would lead it all over the table."""
        amount = _AS_IT_LIES if self.lies_in_table else items.c.open_amount
        return [items.c.tenant_id == self._tenant, *self._of_view(amount), *self._others]

    @cached_property
    def conditions_for_few(self) -> list[ColumnElement[bool]]:
        """The same for finding them by what few say: what the index lacks is looked for in the table as it lies."""
        return self.conditions_as_it_lies if asks_beside_index(self._question.criteria) else self.conditions

    @cached_property
    def few_lie_in_table(self) -> bool:
        """Whether SQLite reads these in the table as it lies, and no index."""
        return self.lies_in_table and asks_beside_index(self._question.criteria)

    @cached_property
    def conditions_of_others(self) -> list[ColumnElement[bool]]:
        """On the items of the view, in the currency, that are not asked for, where they lie in the table.

        As a case: a condition of several parts that is compared as a whole, SQLite evaluates in every part.
        """
        asked_for = case((and_(true(), *self._others), _ONE), else_=_ZERO)
        return [
            *self._asked_of_items(_AS_IT_LIES if self.few_lie_in_table else items.c.open_amount),
            asked_for == _ZERO,
        ]

    @cached_property
    def conditions_of_all(self) -> list[ColumnElement[bool]]:
        """On the items of the view, in the currency, asked for or not."""
        return self._asked_of_items(items.c.open_amount)

    @cached_property
    def conditions_each(self) -> list[ColumnElement[bool]]:
        """The same for the first of many in some order: each customer is asked of when an item is theirs."""
        return self.conditions if self.whose is None else self._each(items.c.open_amount, self.whose)

    @cached_property
    def conditions_each_as_it_lies(self) -> list[ColumnElement[bool]]:
        """The same for SQLite, where an index would lead it all over the table."""
        amount = _AS_IT_LIES if is_sqlite(self._connection) else items.c.open_amount
        if self.whose is not None:
            return self._each(amount, self.whose)
        return [items.c.tenant_id == self._tenant, *self._of_view(amount), *self._others]

    @cached_property
    def conditions_on_items(self) -> list[ColumnElement[bool]]:
        """What is asked of the items, where their customers are known to be among those asked for."""
        return self.conditions if self.whose is None else self._asked_of_items(items.c.open_amount)

    def _each(self, amount: ColumnElement[int], whose: ColumnElement[bool]) -> list[ColumnElement[bool]]:
        """PostgreSQL makes no join of a question with an offset, though that skips nothing."""
        of_item = (customers.c.tenant_id == items.c.tenant_id, customers.c.customer_id == items.c.customer_id)
        asked = select(literal(1)).where(*of_item, whose).correlate(items)
        one = asked if is_sqlite(self._connection) else asked.offset(0)
        return [*self._asked_of_items(amount), one.exists()]

    def _asked_of_items(self, amount: ColumnElement[int]) -> list[ColumnElement[bool]]:
        mine = [items.c.tenant_id == self._tenant, *self._of_view(amount)]
        return [*mine, items.c.currency == self._question.currency] if self._question.currency else mine

    @cached_property
    def _others(self) -> list[ColumnElement[bool]]:
        question, found = self._question, list[ColumnElement[bool]]()
        if question.own is not None:
            found.append(of_customers(self._connection, self._tenant, theirs(question.own)))
        if question.criteria != EVERYTHING:
            found.append(Searching(self._connection, self._tenant, question.today).items(question.criteria))
        if question.currency:
            found.append(items.c.currency == question.currency)
        if question.search.strip():
            named = (contains(column, question.search) for column in (customers.c.code, customers.c.name))
            of_named = of_customers(self._connection, self._tenant, or_(*named))
            found.append(or_(contains(items.c.number, question.search), of_named))
        return found

    def _of_view(self, amount: ColumnElement[int]) -> list[ColumnElement[bool]]:
        late = (items.c.open_amount > 0, items.c.due_on < self._question.today)
        views: dict[str, list[ColumnElement[bool]]] = {
            "open": [amount != _ZERO],
            "overdue": [amount != _ZERO, *late, items.c.type.not_in(sorted(MEMO_TYPES))],
            "held": [amount != _ZERO, items.c.hold.is_not(None)],
            "settled": [amount == _ZERO],
            "all": [],
        }
        return views[self._question.view]

    @cached_property
    def lies_in_table(self) -> bool:
        """Whether SQLite reads the table as it lies, and no index of it."""
        return is_sqlite(self._connection) and self._all_customers and not names_items(self._question.criteria)
