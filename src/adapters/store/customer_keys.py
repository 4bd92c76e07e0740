"""Which customers and currencies stand on a page of the list, found in one pass together with how many there are."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    and_,
    func,
    literal,
    or_,
    select,
    tuple_,
    type_coerce,
    union_all,
)

from relance.adapters.store.engine import is_sqlite
from relance.adapters.store.tables.customers import customers
from relance.adapters.store.tables.ledger import account_summaries
from relance.adapters.store.tables.tenancy import users
from relance.core.kernel.identifiers import CustomerId, TenantId
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
_LARGEST = frozenset(("overdue", "balance", "open-items", "over-90", "promised", "disputed"))
"""Figures of an account, the largest first, where an order of accounts alone may show the page."""
BEST = 20
"""So many times a page's lines are tried first."""


def place_of(question: CustomerQuestion) -> ColumnElement[Any]:
    """The value that the list is ordered by, on customers with their accounts and collectors."""
    other = _OF_OTHERS.get(question.sort)
    return _OF_CUSTOMERS.get(question.sort, customers.c.code) if other is None else other


class Found(NamedTuple):
    """The customers of a whole answer, each once: as they are found, and with what orders them."""

    each: Any
    named: Any


def chosen_by(question: CustomerQuestion, conditions: Sequence[Any]) -> Found:
    """The customers of which these conditions hold, which are looked at once."""
    found = select(*_named(question)).where(*conditions).cte("found").prefix_with("materialized")
    return Found(found, found)


def held_by(tenant: TenantId, question: CustomerQuestion, holders: Select[tuple[CustomerId]]) -> Found:
    """The customers that another table tells; of most of them neither code nor collector is asked."""
    found = holders.cte("found").prefix_with("materialized")
    mine = and_(customers.c.tenant_id == tenant, customers.c.customer_id == found.c.customer_id)
    named = select(*_named(question)).select_from(found.join(customers, mine)).subquery("named")
    return Found(found, named)


def _named(question: CustomerQuestion) -> list[Any]:
    place = _OF_CUSTOMERS.get(question.sort, literal(0)).label("place")
    return [customers.c.customer_id, customers.c.code, customers.c.collector_id, place]


def page_keys(
    connection: Connection, tenant: TenantId, question: CustomerQuestion, found: Found, accounts: Sequence[Any]
) -> tuple[list[Key], int]:
    """The lines of one page in their order, and how many customers are found in all; `accounts` are asked of lines."""
    total = _total(found, tenant, accounts)
    query = _whole(tenant, question, found.named, accounts)
    if orders_accounts(question) and not accounts and not is_sqlite(connection):
        query = _largest_first(tenant, question, found, query)
    rows = connection.execute(query.add_columns(total.scalar_subquery())).fetchall()
    if rows or question.after is None:
        return [(row[0], row[1]) for row in rows], int(rows[0][-1]) if rows else 0
    return [], int(connection.execute(total).scalar_one())


def orders_accounts(question: CustomerQuestion) -> bool:
    """Whether the largest figures of accounts come first."""
    return question.sort in _LARGEST and not question.turned


def _total(found: Found, tenant: TenantId, accounts: Sequence[Any]) -> Select[Any]:
    if not accounts:
        return select(func.count()).select_from(found.each)
    each = func.count(found.named.c.customer_id.distinct())
    return select(each).select_from(_with_accounts(found.named, tenant)).where(*accounts)


def _whole(tenant: TenantId, question: CustomerQuestion, found: Any, accounts: Sequence[Any]) -> Select[Any]:
    """Every line of those found is brought into order."""
    place = _OF_OTHERS.get(question.sort, found.c.place)
    columns = [found.c.customer_id, CURRENCY.label("currency"), place.label("place"), found.c.code]
    query = select(*columns).select_from(_with_accounts(found, tenant))
    last = (found.c.code, CURRENCY, found.c.customer_id)
    return _behind(query.where(*accounts), question, place, last).limit(question.limit)


def _largest_first(tenant: TenantId, question: CustomerQuestion, found: Found, whole: Select[Any]) -> Select[Any]:
    """A page out of the accounts with the largest figures, where they have enough; else out of all.

    Of those with the smallest of these figures some may be missing, and who has no account stands at zero: only larger
    ones count. PostgreSQL runs the part alone whose condition holds.
    """
    enough = select(func.count()).select_from(found.each).scalar_subquery() > BEST * question.limit
    best = best_accounts(tenant, question).where(enough).cte("best").prefix_with("materialized")
    floor = select(func.min(best.c.place)).scalar_subquery()
    code, lines = _found_among(tenant, found, best)
    lines = lines.where(best.c.place > floor, best.c.place > 0)
    last = (code, best.c.currency, best.c.customer_id)
    first = _behind(lines, question, best.c.place, last).limit(question.limit)
    page = first.cte("page").prefix_with("materialized")
    many = select(func.count()).select_from(page).scalar_subquery()
    tried, rest = (
        select(page).where(many >= question.limit),
        select(whole.subquery("rest")).where(many < question.limit),
    )
    either = union_all(tried, rest).subquery("either")
    return select(either).order_by(either.c.place.desc(), either.c.code, either.c.currency, either.c.customer_id)


def _found_among(tenant: TenantId, found: Found, best: Any) -> tuple[ColumnElement[str], Select[Any]]:
    """The code of a line's customer, and those of the best accounts whose customers are found.

    How many customers a search about items finds PostgreSQL guesses badly, and then compares each with each: asked for
    the truth of a membership, it makes a table of them once.
    """
    columns = best.c.customer_id, best.c.currency, best.c.place
    if found.named is found.each:
        lines = select(*columns, found.each.c.code)
        return found.each.c.code, lines.join_from(best, found.each, found.each.c.customer_id == best.c.customer_id)
    its = select(customers.c.code).where(customers.c.tenant_id == tenant, customers.c.customer_id == best.c.customer_id)
    code = its.correlate(best).scalar_subquery()
    member = best.c.customer_id.in_(select(found.each.c.customer_id))
    return code, select(*columns, code.label("code")).where(member.is_(True))


def best_accounts(tenant: TenantId, question: CustomerQuestion) -> Select[Any]:
    """Customer, currency and figure of the accounts with the largest figures, many times more than a page shows."""
    figure = account_summaries.c[question.sort.replace("-", "_")]
    query = select(account_summaries.c.customer_id, account_summaries.c.currency, figure.label("place"))
    query = query.where(account_summaries.c.tenant_id == tenant, account_summaries.c.open_items > 0)
    if question.after is not None:
        query = query.where(figure <= question.after[0])
    return query.order_by(figure.desc()).limit(BEST * question.limit)


def _with_accounts(found: Any, tenant: TenantId) -> Any:
    summary = and_(
        account_summaries.c.tenant_id == tenant,
        account_summaries.c.customer_id == found.c.customer_id,
        account_summaries.c.open_items > 0,
    )
    collector = and_(users.c.tenant_id == tenant, users.c.user_id == found.c.collector_id)
    return found.outerjoin(account_summaries, summary).outerjoin(users, collector)


def _behind(
    query: Select[Any], question: CustomerQuestion, place: ColumnElement[Any], last: tuple[Any, Any, Any]
) -> Select[Any]:
    """Amounts fall, texts and days rise, unless turned; code, currency and customer make the order whole."""
    falls = (question.sort in _FALLING) != question.turned
    ordered = query.order_by(place.desc() if falls else place, *last)
    if question.after is None:
        return ordered
    value, *seen = question.after
    bounds = tuple_(*map(literal, seen))
    if question.sort in {"code", "name"} and not falls:
        return ordered.where(tuple_(place, *last) > tuple_(literal(str(value)), *map(literal, seen)))
    kept = literal(value, place.type)
    same = and_(place == kept, tuple_(*last) > bounds)
    return ordered.where(or_(place < kept if falls else place > kept, same))
