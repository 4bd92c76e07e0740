"""Which invoices are past the last step, and the lines that they make, as statements; `ended` asks them."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import CTE, ColumnElement, Select, Subquery, and_, func, literal_column, select, union_all

from relance.adapters.store.agenda_reach import members
from relance.adapters.store.ended_terms import LEAD, Band, askable, bands
from relance.adapters.store.tables.customers import customers
from relance.adapters.store.tables.ledger import account_summaries, items
from relance.adapters.store.visibility import collected_by, theirs
from relance.core.kernel.identifiers import TenantId
from relance.ports.store.ended import EndedQuestion

_I, _C, _S = items.c, customers.c, account_summaries.c
_TOLD = ("item_id", "customer_id", "currency", "open_amount", "due_on", "issued_on", "number", "step_on")


class Around(msgspec.Struct, frozen=True):
    """What the statements depend on besides the question: `places` are those of the bands that somebody may be in."""

    tenant: TenantId
    sqlite: bool
    places: tuple[int, ...]


@lru_cache(maxsize=64)
def bands_of(tenant: TenantId, question: bytes) -> tuple[Band, ...]:
    """The bands of a question that is written as JSON: writing statements takes longer than their answers."""
    return tuple(bands(tenant, msgspec.json.decode(question, type=EndedQuestion)))


@lru_cache(maxsize=64)
def counting(around: Around, question: bytes) -> Select[Any]:
    """The same for how many lines there are, where no alert is asked for."""
    found = lines(around, msgspec.json.decode(question, type=EndedQuestion), bands_of(around.tenant, question), None)
    return select(func.count()).select_from(found)


def lines(around: Around, question: EndedQuestion, among: Sequence[Band], raised: Select[Any] | None) -> CTE:
    """The sums by customer and currency."""
    i = past(around, question, among, raised).c
    amount = func.sum(i.open_amount)
    sums = (amount.label("amount"), func.count().label("n"), func.min(i.due_on).label("oldest"))
    query = select(i.customer_id, i.currency, *sums).group_by(i.customer_id, i.currency)
    if question.overdue_from:
        query = query.having(amount >= question.overdue_from)
    return query.cte("ended")


def past(around: Around, question: EndedQuestion, among: Sequence[Band], raised: Select[Any] | None) -> Subquery:
    """The invoices with what is told of them; `raised` are the customers of the question's alert."""
    same = and_(_C.tenant_id == _I.tenant_id, _C.customer_id == _I.customer_id)
    lead = and_(LEAD.c.tenant_id == _C.tenant_id, LEAD.c.customer_id == _C.lead_id)
    account = and_(_S.tenant_id == _I.tenant_id, _S.customer_id == _I.customer_id, _S.currency == _I.currency)
    tables = items.join(customers, same).outerjoin(LEAD, lead).join(account_summaries, account)
    told = (*(_I[name] for name in _TOLD), _C.code)
    query = select(*told).select_from(tables).where(_I.tenant_id == around.tenant, _S.balance > 0)
    query = query.where(*askable(question), *_reach(around.tenant, question, raised))
    found = [query.where(*_of(among[place], around.sqlite)) for place in around.places]
    return union_all(*found).subquery("past")


def _of(band: Band, sqlite: bool) -> list[ColumnElement[bool]]:
    """SQLite takes a late step for common, and would look at every customer to prepare for so many."""
    steps = func.likelihood(band.steps, literal_column("0.0001")) if sqlite else band.steps
    among = [] if band.among is None else [_I.customer_id.in_(band.among)]
    return [steps, *band.rest, *among]


def _reach(tenant: TenantId, question: EndedQuestion, raised: Select[Any] | None) -> Iterator[ColumnElement[bool]]:
    user = question.actor.user
    if question.mine:
        yield collected_by(user)
    if question.actor.own_only:
        yield theirs(user)
    if question.group:
        yield _I.customer_id.in_(members(tenant, question.group))
    if raised is not None:
        yield _I.customer_id.in_(raised)
    if question.customer is not None:
        yield _I.customer_id == question.customer
