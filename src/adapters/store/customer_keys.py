"""Which customers and currencies stand on a page of the list, found in one pass together with how many there are."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, Select, and_, func, literal, or_, select, tuple_, type_coerce

from relance.adapters.store.tables.customers import customers
from relance.adapters.store.tables.ledger import account_summaries
from relance.adapters.store.tables.tenancy import users
from relance.core.kernel.identifiers import TenantId
from relance.ports.store.customer_file import CustomerQuestion

CURRENCY = func.coalesce(account_summaries.c.currency, "")
Key = tuple[int, str]
"""Customer and currency of a line."""
_LAST = 10**9
"""Behind every day: what has none stands last."""


def amount(name: str) -> ColumnElement[int]:
    """A figure of the summary, zero without one."""
    return func.coalesce(account_summaries.c[name], 0)


def _day(column: Any, none: int) -> ColumnElement[int]:
    return func.coalesce(type_coerce(column, Integer), none)


_OF_CUSTOMERS: dict[str, ColumnElement[Any]] = {
    "credit-limit": func.coalesce(customers.c.credit_limit, -1),
    "code": customers.c.code,
    "name": customers.c.name,
    "country": customers.c.country,
    "city": customers.c.city,
    "last-contact": _day(customers.c.last_contact_on, 0),
    "created": _day(customers.c.created_on, 0),
}
_OF_OTHERS: dict[str, ColumnElement[Any]] = {
    "overdue": amount("overdue"),
    "balance": amount("balance"),
    "open-items": amount("open_items"),
    "over-90": amount("over_90"),
    "credits": -amount("credits"),
    "promised": amount("promised"),
    "disputed": amount("disputed"),
    "oldest-due": _day(account_summaries.c.oldest_due_on, _LAST),
    "collector": func.coalesce(users.c.name, ""),
}
_FALLING = frozenset(("overdue", "balance", "open-items", "over-90", "credits", "promised", "disputed", "credit-limit"))


def place_of(question: CustomerQuestion) -> ColumnElement[Any]:
    """The value that the list is ordered by, on customers with their accounts and collectors."""
    other = _OF_OTHERS.get(question.sort)
    return _OF_CUSTOMERS.get(question.sort, customers.c.code) if other is None else other


def page_keys(
    connection: Connection, tenant: TenantId, question: CustomerQuestion, chosen: Sequence[Any], accounts: Sequence[Any]
) -> tuple[list[Key], int]:
    """The lines of one page in their order, and the customers that are chosen in all.

    `chosen` are conditions on customers, which are looked at once; `accounts` are conditions on lines.
    """
    columns = [customers.c.customer_id, customers.c.code, customers.c.collector_id]
    found = select(*columns, _OF_CUSTOMERS.get(question.sort, literal(0)).label("place")).where(*chosen).cte("found")
    place = _OF_OTHERS.get(question.sort, found.c.place)
    total = select(func.count()).select_from(found).scalar_subquery()
    query = select(found.c.customer_id, CURRENCY, total).select_from(_with_accounts(found, tenant)).where(*accounts)
    rows = connection.execute(_behind(query, question, place, found.c.code).limit(question.limit)).fetchall()
    if rows:
        return [(row[0], row[1]) for row in rows], int(rows[0][2])
    return [], int(connection.execute(select(func.count()).select_from(found)).scalar_one())


def _with_accounts(found: Any, tenant: TenantId) -> Any:
    summary = and_(
        account_summaries.c.tenant_id == tenant,
        account_summaries.c.customer_id == found.c.customer_id,
        account_summaries.c.open_items > 0,
    )
    collector = and_(users.c.tenant_id == tenant, users.c.user_id == found.c.collector_id)
    return found.outerjoin(account_summaries, summary).outerjoin(users, collector)


def _behind(query: Select[Any], question: CustomerQuestion, place: ColumnElement[Any], code: Any) -> Select[Any]:
    """Amounts fall, texts and days rise, unless turned; code and currency make the order whole."""
    falls = (question.sort in _FALLING) != question.turned
    ordered = query.order_by(place.desc() if falls else place, code, CURRENCY)
    if question.after is None:
        return ordered
    value, last_code, currency = question.after
    bounds = (literal(last_code), literal(currency))
    if question.sort in {"code", "name"} and not falls:
        return ordered.where(tuple_(place, code, CURRENCY) > tuple_(literal(str(value)), *bounds))
    kept = literal(value, place.type)
    same = and_(place == kept, tuple_(code, CURRENCY) > tuple_(*bounds))
    return ordered.where(or_(place < kept if falls else place > kept, same))
