"""The list of customers: sorted by the maintained summaries, read page by page behind the last line seen."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    tuple_,
    type_coerce,
)

from relance.adapters.store.search import contains
from relance.adapters.store.searching import Searching
from relance.adapters.store.tables.customers import contacts, customers
from relance.adapters.store.tables.ledger import account_summaries
from relance.adapters.store.tables.tenancy import users
from relance.adapters.store.tenancy import SqlTenancy
from relance.adapters.store.visibility import theirs
from relance.core.customers.conjunctions import listed_codes
from relance.core.customers.search import EVERYTHING
from relance.core.kernel.identifiers import TenantId
from relance.ports.store.customer_file import CustomerLine, CustomerQuestion

_BALANCE = func.coalesce(account_summaries.c.balance, 0)
_OVERDUE = func.coalesce(account_summaries.c.overdue, 0)
_CURRENCY = func.coalesce(account_summaries.c.currency, "")
_LAST = 10**9
"""Behind every day: what has none stands last."""


def _amount(name: str) -> ColumnElement[int]:
    return func.coalesce(account_summaries.c[name], 0)


def _day(column: Any, none: int) -> ColumnElement[int]:
    return func.coalesce(type_coerce(column, Integer), none)


_FALLING: dict[str, ColumnElement[int]] = {
    "overdue": _OVERDUE,
    "balance": _BALANCE,
    "open-items": _amount("open_items"),
    "over-90": _amount("over_90"),
    "credits": -_amount("credits"),
    "promised": _amount("promised"),
    "disputed": _amount("disputed"),
    "credit-limit": func.coalesce(customers.c.credit_limit, -1),
}
_RISING: dict[str, ColumnElement[Any]] = {
    "code": customers.c.code,
    "name": customers.c.name,
    "country": customers.c.country,
    "city": customers.c.city,
    "collector": func.coalesce(users.c.name, ""),
    "oldest-due": _day(account_summaries.c.oldest_due_on, _LAST),
    "last-contact": _day(customers.c.last_contact_on, 0),
    "created": _day(customers.c.created_on, 0),
}
_FIGURES = ("not_due", "days_1_30", "days_31_60", "days_61_90", "over_90", "credits", "promised", "disputed")
_PLAIN = ("city", "language", "terms", "payment_method", "credit_limit", "last_contact_on", "created_on")
_PIECE = 500
_VIEWS_OF_ACCOUNTS = frozenset(("overdue", "no-collector"))


def customer_lines(connection: Connection, tenant: TenantId, question: CustomerQuestion) -> list[CustomerLine]:
    """One page of customers and currencies."""
    if question.sort == "listed":
        return _as_listed(connection, tenant, question)
    query = _lines(connection, tenant, question)
    rows = connection.execute(_behind(query, question).limit(question.limit))
    return [_line(row) for row in rows]


def _as_listed(connection: Connection, tenant: TenantId, question: CustomerQuestion) -> list[CustomerLine]:
    """By the place of each code in the list: piece by piece, so that a page asks for few of them."""
    codes = listed_codes(question.criteria)
    places = {code: place for place, code in enumerate(codes)}
    start = int(question.after[0]) if question.after else 0
    seen = question.after[2] if question.after else None
    lines: list[CustomerLine] = []
    for begin in range(start, len(codes), _PIECE):
        piece = codes[begin : begin + _PIECE]
        query = _lines(connection, tenant, question).where(customers.c.code.in_(piece))
        found = [_line(row) for row in connection.execute(query)]
        found.sort(key=lambda line: (places[line.code], line.currency))
        lines += [line for line in found if seen is None or places[line.code] > start or line.currency > seen]
        if len(lines) >= question.limit:
            break
    return lines[: question.limit]


def _lines(connection: Connection, tenant: TenantId, question: CustomerQuestion) -> Select[Any]:
    tenancy = SqlTenancy(connection, tenant)
    own, default = tenancy.tenant().currency, tenancy.settings()
    return (
        select(
            customers.c.customer_id.label("customer"),
            customers.c.code,
            customers.c.name,
            customers.c.country,
            func.coalesce(users.c.name, "").label("collector"),
            _CURRENCY.label("currency"),
            _BALANCE.label("balance"),
            _OVERDUE.label("overdue"),
            _amount("open_items").label("open_items"),
            account_summaries.c.oldest_due_on,
            *(_amount(name).label(name) for name in _FIGURES),
            *(customers.c[name] for name in _PLAIN),
            func.coalesce(func.nullif(customers.c.scenario, ""), default.text("scenario")).label("scenario"),
            case((customers.c.currency == "", own), else_=customers.c.currency).label("limit_currency"),
            _by(question).label("place"),
        )
        .select_from(_source(tenant))
        .where(*_chosen(connection, tenant, question))
    )


def count_customers(connection: Connection, tenant: TenantId, question: CustomerQuestion) -> int:
    """Customers of the whole answer, each once; their accounts are looked at only where the view asks for it."""
    if question.view not in _VIEWS_OF_ACCOUNTS:
        plain = select(func.count()).select_from(customers).where(*_chosen(connection, tenant, question))
        return int(connection.execute(plain).scalar_one())
    counted = func.count(customers.c.customer_id.distinct())
    query = select(counted).select_from(_source(tenant)).where(*_chosen(connection, tenant, question))
    return int(connection.execute(query).scalar_one())


def _source(tenant: TenantId) -> Any:
    summary = and_(
        account_summaries.c.tenant_id == customers.c.tenant_id,
        account_summaries.c.customer_id == customers.c.customer_id,
        account_summaries.c.open_items > 0,
    )
    collector = and_(users.c.tenant_id == tenant, users.c.user_id == customers.c.collector_id)
    return customers.outerjoin(account_summaries, summary).outerjoin(users, collector)


def _chosen(connection: Connection, tenant: TenantId, question: CustomerQuestion) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [customers.c.tenant_id == tenant]
    if question.criteria != EVERYTHING:
        conditions.append(Searching(connection, tenant, question.today).customers(question.criteria))
    if question.own is not None:
        conditions.append(theirs(question.own))
    if question.collector is not None:
        conditions.append(customers.c.collector_id == question.collector)
    if question.search.strip():
        conditions.append(or_(contains(customers.c.code, question.search), contains(customers.c.name, question.search)))
    if question.view == "overdue":
        conditions.append(account_summaries.c.overdue > 0)
    if question.view == "no-contact":
        conditions.append(~_has_contact(tenant))
    if question.view == "no-collector":
        conditions += [or_(users.c.user_id.is_(None), users.c.active.is_(False)), account_summaries.c.balance != 0]
    return conditions


def _has_contact(tenant: TenantId) -> ColumnElement[bool]:
    return exists(
        select(literal(1)).where(
            contacts.c.tenant_id == tenant,
            contacts.c.customer_id == customers.c.customer_id,
            contacts.c.collection.is_(True),
            contacts.c.email != "",
        )
    )


def _by(question: CustomerQuestion) -> ColumnElement[Any]:
    by = _FALLING.get(question.sort)
    return _RISING.get(question.sort, customers.c.code) if by is None else by


def _behind(query: Select[Any], question: CustomerQuestion) -> Select[Any]:
    """Amounts fall, texts and days rise, unless turned; code and currency make the order whole."""
    by, falls = _by(question), (question.sort in _FALLING) != question.turned
    ordered = query.order_by(by.desc() if falls else by, customers.c.code, _CURRENCY)
    if question.after is None:
        return ordered
    value, code, currency = question.after
    if question.sort in {"code", "name"} and not falls:
        bounds = tuple_(literal(str(value)), literal(code), literal(currency))
        return ordered.where(tuple_(by, customers.c.code, _CURRENCY) > bounds)
    kept = literal(value, by.type)
    same = and_(by == kept, tuple_(customers.c.code, _CURRENCY) > tuple_(literal(code), literal(currency)))
    return ordered.where(or_(by < kept if falls else by > kept, same))


def _line(row: Any) -> CustomerLine:
    return CustomerLine(**row._mapping)
