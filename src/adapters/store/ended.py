"""Invoices at the end of their cycle in set-based SQL; `core/collection/ended.py` is the reference."""

from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    Integer,
    Subquery,
    and_,
    func,
    literal,
    literal_column,
    select,
    tuple_,
    type_coerce,
    union_all,
)

from relance.adapters.store.agenda_reach import members, raising
from relance.adapters.store.ended_terms import LEAD, Band, askable, bands
from relance.adapters.store.engine import is_sqlite
from relance.adapters.store.tables.customers import customers
from relance.adapters.store.tables.ledger import account_summaries, items
from relance.adapters.store.tables.tenancy import users
from relance.adapters.store.visibility import collected_by, theirs
from relance.core.kernel.identifiers import CustomerId, EntityId, ItemId, TenantId
from relance.ports.store.agenda import Mark
from relance.ports.store.ended import EndedItem, EndedLine, EndedQuestion

_I, _C, _S = items.c, customers.c, account_summaries.c
_TOLD = ("item_id", "customer_id", "currency", "open_amount", "due_on", "issued_on", "number", "step_on")
_AGED = ("not_due", "days_1_30", "days_31_60", "days_61_90", "over_90")


class SqlEnded:
    """Reads one tenant's invoices past the last step."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def count(self, question: EndedQuestion) -> int:
        """How many lines there are under the filters."""
        if not question.ends:
            return 0
        query = select(func.count()).select_from(self._lines(question))
        return int(self._connection.execute(query).scalar_one())

    def page(self, question: EndedQuestion) -> tuple[list[EndedLine], Mark | None]:
        """Keys first, then the columns of one page only."""
        if not question.ends:
            return [], None
        found, place = self._lines(question), _place(question)
        order = (place(found), found.c.customer_id, found.c.currency)
        query = select(found, order[0].label("sort")).order_by(*order).limit(question.limit + 1)
        if question.after:
            _, currency, sort, customer = question.after
            query = query.where(tuple_(*order) > tuple_(literal(sort), literal(customer), literal(currency)))
        rows = self._connection.execute(query).fetchall()
        shown = rows[: question.limit]
        last = shown[-1] if len(rows) > question.limit else None
        after = (0, last.currency, int(last.sort), last.customer_id) if last else None
        return self._filled(shown), after

    def items(self, question: EndedQuestion) -> list[EndedItem]:
        """The invoices themselves, the oldest first."""
        if not question.ends:
            return []
        i = self._found(question).c
        query = select(i.item_id, i.code, i.number, i.due_on, i.open_amount, i.currency, i.step_on)
        rows = self._connection.execute(query.order_by(i.due_on, i.issued_on, i.number, i.item_id))
        names = EndedItem.__struct_fields__
        return [EndedItem(**dict(zip(names, (ItemId(row[0]), *row[1:]), strict=True))) for row in rows]

    def _lines(self, question: EndedQuestion) -> CTE:
        i = self._found(question).c
        amount = func.sum(i.open_amount)
        sums = (amount.label("amount"), func.count().label("n"), func.min(i.due_on).label("oldest"))
        query = select(i.customer_id, i.currency, *sums).group_by(i.customer_id, i.currency)
        if question.overdue_from:
            query = query.having(amount >= question.overdue_from)
        return query.cte("ended")

    def _found(self, question: EndedQuestion) -> Subquery:
        """The invoices with what is told of them."""
        same = and_(_C.tenant_id == _I.tenant_id, _C.customer_id == _I.customer_id)
        lead = and_(LEAD.c.tenant_id == _C.tenant_id, LEAD.c.customer_id == _C.lead_id)
        account = and_(_S.tenant_id == _I.tenant_id, _S.customer_id == _I.customer_id, _S.currency == _I.currency)
        tables = items.join(customers, same).outerjoin(LEAD, lead).join(account_summaries, account)
        told = (*(_I[name] for name in _TOLD), _C.code)
        query = select(*told).select_from(tables).where(_I.tenant_id == self._tenant, _S.balance > 0)
        query = query.where(*askable(question), *self._reach(question))
        found = [query.where(*self._of(band)) for band in bands(self._tenant, question) if self._is_any(band)]
        return union_all(*found).subquery("past")

    def _is_any(self, band: Band) -> bool:
        return band.among is None or self._connection.execute(band.among.limit(1)).first() is not None

    def _of(self, band: Band) -> list[ColumnElement[bool]]:
        """SQLite takes a late step for common, and would look at every customer to prepare for so many."""
        steps = band.steps
        if is_sqlite(self._connection):
            steps = func.likelihood(steps, literal_column("0.0001"))
        among = [] if band.among is None else [_I.customer_id.in_(band.among)]
        return [steps, *band.rest, *among]

    def _reach(self, question: EndedQuestion) -> list[ColumnElement[bool]]:
        user, terms = question.actor.user, []
        if question.mine:
            terms.append(collected_by(user))
        if question.actor.own_only:
            terms.append(theirs(user))
        if question.group:
            terms.append(_I.customer_id.in_(members(self._tenant, question.group)))
        raised = raising(self._connection, self._tenant, question.on.today, question.alert)
        if raised is not None:
            terms.append(_I.customer_id.in_(raised))
        if question.customer is not None:
            terms.append(_I.customer_id == question.customer)
        return terms

    def _filled(self, rows: Any) -> list[EndedLine]:
        collector = and_(users.c.tenant_id == _C.tenant_id, users.c.user_id == _C.collector_id)
        query = (
            select(_C.customer_id, _S.currency, _C.code, _C.name, _C.collector_id, func.coalesce(users.c.name, ""))
            .add_columns(_C.entity_id, _S.balance, _S.overdue, *(_S[name] for name in _AGED))
            .select_from(customers.outerjoin(users, collector))
            .join(account_summaries, and_(_S.tenant_id == _C.tenant_id, _S.customer_id == _C.customer_id))
            .where(_C.tenant_id == self._tenant, _C.customer_id.in_([row.customer_id for row in rows]))
        )
        known = {(row[0], row[1]): row[2:] for row in self._connection.execute(query)} if rows else {}
        return [_line(row, known[row.customer_id, row.currency]) for row in rows]


def _place(question: EndedQuestion) -> Any:
    """What comes first has the smallest value."""

    def place(found: CTE) -> ColumnElement[int]:
        oldest = type_coerce(found.c.oldest, Integer)
        if question.sort == "amount":
            return -found.c.amount
        return oldest if question.sort == "oldest" else -found.c.amount * (1 + question.on.day - oldest)

    return place


def _line(row: Any, known: Any) -> EndedLine:
    code, name, collector, collector_name, entity, balance, overdue, *aged = known
    return EndedLine(
        customer=CustomerId(row.customer_id),
        entity=EntityId(entity),
        code=code,
        name=name,
        collector=collector,
        collector_name=collector_name,
        currency=row.currency,
        invoices=row.n,
        amount=int(row.amount),
        oldest_due_on=row.oldest,
        balance=balance,
        overdue=overdue,
        aged=tuple(aged),
    )
