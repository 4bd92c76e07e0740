"""Customers, items and the aged balance."""

from datetime import date
from typing import Annotated, Any

from litestar import Request
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter

from relance.core.customers.search_language import parse
from relance.core.kernel.identifiers import ItemId
from relance.core.kernel.money import sums_text
from relance.http.api.access import caller_of, reading
from relance.http.api.answers import (
    AgedBalanceAnswer,
    CustomerAnswer,
    CustomersAnswer,
    ItemAnswer,
    ItemsAnswer,
    aged_row,
)
from relance.http.cursors import cursor as cursor_of
from relance.http.cursors import parts_of
from relance.ports.store.customer_file import CustomerView
from relance.ports.store.insight import Dimension
from relance.ports.store.item_list import ItemView
from relance.usecases.insight.browse_customers import BrowseCustomers, CustomersWanted
from relance.usecases.insight.browse_items import BrowseItems, ItemsWanted
from relance.usecases.insight.show_aged_balance import AgedBalanceWanted, ShowAgedBalance

AnyRequest = Request[Any, Any, Any]
Where = Annotated[str, QueryParameter(description="A search in the search language.")]
Limit = Annotated[int, QueryParameter(ge=1, le=500, description="Rows of a page.")]


@reading("/customers", summary="Customers with what they owe, by code")
def customers(
    request: AnyRequest,
    browse_customers: NamedDependency[BrowseCustomers],
    search: FromQuery[str] = "",
    where: Where = "",
    view: FromQuery[CustomerView] = "all",
    cursor: FromQuery[str] = "",
    limit: Limit = 100,
) -> CustomersAnswer:
    """One page of customers."""
    after = parts_of(cursor, tuple[int | str, str, str, int]) if cursor else None
    wanted = CustomersWanted(
        actor=caller_of(request).actor,
        criteria=parse(where),
        search=search,
        view=view,
        sort="code",
        after=after,
        limit=limit,
    )
    found = browse_customers(wanted)
    last = found.lines[-1] if found.more else None
    return CustomersAnswer(
        rows=[CustomerAnswer.of(line, found.entities, found.squares.get(line.customer, ())) for line in found.lines],
        cursor=cursor_of(last.code, last.code, last.currency, last.customer) if last else None,
        count=found.count,
    )


@reading("/items", summary="Items, the oldest due first")
def items(
    request: AnyRequest,
    browse_items: NamedDependency[BrowseItems],
    search: FromQuery[str] = "",
    where: Where = "",
    view: FromQuery[ItemView] = "open",
    currency: FromQuery[str] = "",
    cursor: FromQuery[str] = "",
    limit: Limit = 100,
) -> ItemsAnswer:
    """One page of items."""
    after = parts_of(cursor, tuple[date, ItemId]) if cursor else None
    wanted = ItemsWanted(
        actor=caller_of(request).actor,
        criteria=parse(where),
        search=search,
        view=view,
        currency=currency,
        after=after,
        limit=limit,
    )
    found = browse_items(wanted)
    last = found.lines[-1].item if found.more else None
    return ItemsAnswer(
        rows=[ItemAnswer.of(line, found.entities) for line in found.lines],
        cursor=cursor_of(last.due_on, last.item) if last else None,
        count=sum(count for count, _ in found.sums.values()),
        open=sums_text({code: minor for code, (_, minor) in found.sums.items()}),
    )


@reading("/aged-balance", summary="Open amounts by days past due")
def aged_balance(
    request: AnyRequest,
    show_aged_balance: NamedDependency[ShowAgedBalance],
    as_of: FromQuery[date | None] = None,
    by: FromQuery[Dimension] = "customer",
    currency: FromQuery[str] = "",
    where: FromQuery[str] = "",
) -> AgedBalanceAnswer:
    """The balance at a day; without one, the tenant's today. `where`: of the customers that this search finds now."""
    actor, criteria = caller_of(request).actor, parse(where)
    wanted = AgedBalanceWanted(actor=actor, as_of=as_of, by=by, currency=currency, criteria=criteria)
    balance = show_aged_balance(wanted)
    return AgedBalanceAnswer(
        as_of=balance.as_of,
        by=balance.by,
        rows=[aged_row(balance.by, row) for row in balance.rows],
        totals=[aged_row("", row) for row in balance.totals],
    )


HANDLERS = [customers, items, aged_balance]
