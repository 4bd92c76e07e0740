"""A search as SQL: conditions on customers, or on items and their customers."""

from collections.abc import Callable, Collection, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Connection, Select, and_, not_, or_, true

from relance.adapters.store.halves import WHOLE, Half
from relance.adapters.store.searching_customers import CustomerClauses
from relance.adapters.store.searching_holders import has_item, has_item_each, holders_at_once, of_customers
from relance.adapters.store.searching_items import item_clause
from relance.adapters.store.tenancy import SqlTenancy
from relance.core.customers.search import AnyOf, Clause, Every, Not, Search, asks_items, speaks_of_one_item
from relance.core.kernel.identifiers import CustomerId, TenantId


class Searching:
    """Conditions for one tenant on one day. Visibility is not its matter: whoever asks adds it.

    `among`, `half`: it is asked of these customers only, so nothing is looked up for the others.
    """

    def __init__(
        self,
        connection: Connection,
        tenant: TenantId,
        today: date,
        among: Collection[CustomerId] | None = None,
        half: Half = WHOLE,
    ) -> None:
        self._connection, self._tenant, self._today, self._among = connection, tenant, today, among
        tenancy = SqlTenancy(connection, tenant)
        currency, scenario = tenancy.tenant().currency, tenancy.settings().text("scenario")
        self._customers = CustomerClauses(connection, tenant, today, currency, scenario, among, half)

    def customers(self, search: Search) -> ColumnElement[bool]:
        """On rows of `customers`; clauses about items joined by `and` speak of one and the same item."""
        if speaks_of_one_item(search):
            return self._some_item([search])
        if isinstance(search, Clause):
            return self._customers.condition(search)
        if isinstance(search, Not):
            return not_(self.customers(search.part))
        if isinstance(search, AnyOf):
            return or_(*map(self.customers, search.parts))
        about_one = [part for part in search.parts if speaks_of_one_item(part)]
        others = [self.customers(part) for part in search.parts if part not in about_one]
        return and_(true(), *others, *([self._some_item(about_one)] if about_one else []))

    def holders(self, search: Search) -> Select[tuple[CustomerId]] | None:
        """The customers that a search about items alone finds, each once, where reading the items tells them at once.

        None where the search asks of the customers themselves too, or where walking them is the better way.
        """
        if self._among is not None or not speaks_of_one_item(search):
            return None
        every = Every((search,))
        return holders_at_once(self._connection, self._tenant, every, self.items(every))

    def items(self, search: Search) -> ColumnElement[bool]:
        """On rows of `items` alone: what is asked of customers is asked once of each."""
        if not asks_items(search):
            return of_customers(self._connection, self._tenant, self._theirs(search))
        return _joined(
            search, self.items, lambda clause: item_clause(self._connection, self._tenant, clause, self._today)
        )

    def _theirs(self, search: Search) -> ColumnElement[bool]:
        """A search about customers alone, on rows of `customers`."""
        return _joined(search, self._theirs, self._customers.condition)

    def _some_item(self, parts: Sequence[Search]) -> ColumnElement[bool]:
        """Customers with an item of which all the parts hold: an open one, unless they ask when it was settled."""
        every = Every(tuple(parts))
        if self._among is not None:
            return has_item_each(self._connection, every, self.items(every))
        return has_item(self._connection, self._tenant, every, self.items(every))


def _joined(
    search: Search,
    part: Callable[[Search], ColumnElement[bool]],
    leaf: Callable[[Clause], ColumnElement[bool]],
) -> ColumnElement[bool]:
    """A clause by `leaf`; what is made of several searches by `part` of each."""
    if isinstance(search, Clause):
        return leaf(search)
    if isinstance(search, Not):
        return not_(part(search.part))
    if isinstance(search, AnyOf):
        return or_(*map(part, search.parts))
    return and_(true(), *map(part, search.parts))
