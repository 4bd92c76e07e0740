"""The list of customers: sorted by the maintained summaries, read page by page behind the last line seen."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, exists, func, literal, or_, select

from relance.adapters.store.customer_best import best_page
from relance.adapters.store.customer_keys import (
    CURRENCY,
    Found,
    Key,
    amount,
    chosen_by,
    held_by,
    orders_accounts,
    page_keys,
    place_of,
)
from relance.adapters.store.engine import is_sqlite
from relance.adapters.store.search import contains
from relance.adapters.store.searching import Searching
from relance.adapters.store.tables.customers import contacts, customers
from relance.adapters.store.tables.ledger import account_summaries
from relance.adapters.store.tables.tenancy import users
from relance.adapters.store.tenancy import SqlTenancy
from relance.adapters.store.visibility import theirs
from relance.core.customers.conjunctions import listed_codes
from relance.core.customers.search import EVERYTHING
from relance.core.kernel.identifiers import CustomerId, TenantId
from relance.ports.store.customer_file import CustomerLine, CustomerQuestion

_FIGURES = (
    *("balance", "overdue", "open_items", "not_due", "days_1_30", "days_31_60", "days_61_90", "over_90"),
    *("credits", "promised", "disputed"),
)
_PLAIN = ("city", "language", "terms", "payment_method", "credit_limit", "last_contact_on", "created_on")
_PIECE = 500


def customer_page(
    connection: Connection, tenant: TenantId, question: CustomerQuestion
) -> tuple[list[CustomerLine], int]:
    """One page of customers and currencies, and how many customers the whole answer has, each counted once."""
    if question.sort == "listed":
        return _as_listed(connection, tenant, question), count_customers(connection, tenant, question)
    accounts = _of_accounts(question)
    keys, count = _best_keys(connection, tenant, question) or page_keys(
        connection, tenant, question, _found(connection, tenant, question), accounts
    )
    whole, lines = _lines(connection, tenant, question), dict[Key, CustomerLine]()
    for begin in range(0, len(keys), _PIECE):
        these = {customer for customer, _ in keys[begin : begin + _PIECE]}
        rows = connection.execute(whole.where(customers.c.tenant_id == tenant, customers.c.customer_id.in_(these)))
        lines |= {(line.customer, line.currency): line for line in map(_line, rows)}
    return [lines[key] for key in keys], count


def _best_keys(connection: Connection, tenant: TenantId, question: CustomerQuestion) -> tuple[list[Key], int] | None:
    if not is_sqlite(connection) or not orders_accounts(question) or _of_accounts(question):
        return None
    page = best_page(connection, tenant, question, lambda among: _chosen(connection, tenant, question, among))
    return None if page is None else (page, count_customers(connection, tenant, question))


def _found(connection: Connection, tenant: TenantId, question: CustomerQuestion) -> Found:
    """By the items alone where nothing is asked of the customers themselves."""
    asks_more = question.own is not None or question.collector is not None or question.view == "no-contact"
    if not asks_more and not question.search.strip():
        holders = Searching(connection, tenant, question.today).holders(question.criteria)
        if holders is not None:
            return held_by(tenant, question, holders)
    return chosen_by(question, _chosen(connection, tenant, question))


def _as_listed(connection: Connection, tenant: TenantId, question: CustomerQuestion) -> list[CustomerLine]:
    """By the place of each code in the list: piece by piece, so that a page asks for few of them."""
    codes = listed_codes(question.criteria)
    places = {code: place for place, code in enumerate(codes)}
    start = int(question.after[0]) if question.after else 0
    seen = question.after[2:] if question.after else None
    lines: list[CustomerLine] = []
    chosen = [*_chosen(connection, tenant, question), *_of_accounts(question)]
    for begin in range(start, len(codes), _PIECE):
        piece = codes[begin : begin + _PIECE]
        query = _lines(connection, tenant, question).where(*chosen, customers.c.code.in_(piece))
        found = [_line(row) for row in connection.execute(query)]
        found.sort(key=lambda line: (places[line.code], line.currency, line.customer))
        lines += [
            line for line in found if seen is None or places[line.code] > start or (line.currency, line.customer) > seen
        ]
        if len(lines) >= question.limit:
            break
    return lines[: question.limit]


def _lines(connection: Connection, tenant: TenantId, question: CustomerQuestion) -> Select[Any]:
    tenancy = SqlTenancy(connection, tenant)
    own, default = tenancy.tenant().currency, tenancy.settings()
    return select(
        customers.c.customer_id.label("customer"),
        customers.c.entity_id.label("entity"),
        customers.c.code,
        customers.c.name,
        customers.c.country,
        func.coalesce(users.c.name, "").label("collector"),
        CURRENCY.label("currency"),
        account_summaries.c.oldest_due_on,
        *(amount(name).label(name) for name in _FIGURES),
        *(customers.c[name] for name in _PLAIN),
        func.coalesce(func.nullif(customers.c.scenario, ""), default.text("scenario")).label("scenario"),
        case((customers.c.currency == "", own), else_=customers.c.currency).label("limit_currency"),
        place_of(question).label("place"),
    ).select_from(_source(tenant))


def count_customers(connection: Connection, tenant: TenantId, question: CustomerQuestion) -> int:
    """Customers of the whole answer, each once; their accounts are looked at only where the view asks for it."""
    accounts, chosen = _of_accounts(question), _chosen(connection, tenant, question)
    if not accounts:
        plain = select(func.count()).select_from(customers).where(*chosen)
        return int(connection.execute(plain).scalar_one())
    counted = func.count(customers.c.customer_id.distinct())
    query = select(counted).select_from(_source(tenant)).where(*chosen, *accounts)
    return int(connection.execute(query).scalar_one())


def _source(tenant: TenantId) -> Any:
    summary = and_(
        account_summaries.c.tenant_id == customers.c.tenant_id,
        account_summaries.c.customer_id == customers.c.customer_id,
        account_summaries.c.open_items > 0,
    )
    collector = and_(users.c.tenant_id == tenant, users.c.user_id == customers.c.collector_id)
    return customers.outerjoin(account_summaries, summary).outerjoin(users, collector)


def _chosen(
    connection: Connection, tenant: TenantId, question: CustomerQuestion, among: Collection[CustomerId] | None = None
) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [customers.c.tenant_id == tenant]
    if question.criteria != EVERYTHING:
        conditions.append(Searching(connection, tenant, question.today, among).customers(question.criteria))
    if question.own is not None:
        conditions.append(theirs(question.own))
    if question.collector is not None:
        conditions.append(customers.c.collector_id == question.collector)
    if question.search.strip():
        conditions.append(or_(contains(customers.c.code, question.search), contains(customers.c.name, question.search)))
    if question.view == "no-contact":
        conditions.append(~_has_contact(tenant))
    return conditions


def _of_accounts(question: CustomerQuestion) -> list[ColumnElement[bool]]:
    """What a view asks of each line, where it asks more than of the customer."""
    if question.view == "overdue":
        return [account_summaries.c.overdue > 0]
    if question.view == "no-collector":
        return [or_(users.c.user_id.is_(None), users.c.active.is_(False)), account_summaries.c.balance != 0]
    return []


def _has_contact(tenant: TenantId) -> ColumnElement[bool]:
    return exists(
        select(literal(1)).where(
            contacts.c.tenant_id == tenant,
            contacts.c.customer_id == customers.c.customer_id,
            contacts.c.collection.is_(True),
            contacts.c.email != "",
        )
    )


def _line(row: Any) -> CustomerLine:
    return CustomerLine(**row._mapping)
