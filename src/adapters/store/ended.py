"""Invoices at the end of their cycle in set-based SQL; `core/collection/ended.py` is the reference."""

from typing import Any

import msgspec
from sqlalchemy import (
    CTE,
    ColumnElement,
    CompoundSelect,
    Connection,
    Integer,
    Select,
    and_,
    func,
    literal,
    select,
    tuple_,
    type_coerce,
)

from relance.adapters.store.agenda_reach import raising
from relance.adapters.store.ended_found import Around, bands_of, counting, lines, past
from relance.adapters.store.ended_terms import Band
from relance.adapters.store.engine import is_sqlite
from relance.adapters.store.tables.customers import customers
from relance.adapters.store.tables.ledger import account_summaries
from relance.adapters.store.tables.tenancy import users
from relance.core.kernel.identifiers import CustomerId, EntityId, ItemId, TenantId
from relance.ports.store.agenda import Mark
from relance.ports.store.ended import EndedItem, EndedLine, EndedQuestion

_C, _S = customers.c, account_summaries.c
_AGED = ("not_due", "days_1_30", "days_31_60", "days_61_90", "over_90")


class SqlEnded:
    """Reads one tenant's invoices past the last step."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def count(self, question: EndedQuestion) -> int:
        """How many lines there are under the filters."""
        if not question.ends:
            return 0
        if question.alert:
            query = select(func.count()).select_from(self._lines(question))
        else:
            query = counting(self._around(question), _written(question))
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
        i = past(self._around(question), question, self._bands(question), self._raising(question)).c
        query = select(i.item_id, i.code, i.number, i.due_on, i.open_amount, i.currency, i.step_on)
        rows = self._connection.execute(query.order_by(i.due_on, i.issued_on, i.number, i.item_id))
        names = EndedItem.__struct_fields__
        return [EndedItem(**dict(zip(names, (ItemId(row[0]), *row[1:]), strict=True))) for row in rows]

    def _lines(self, question: EndedQuestion) -> CTE:
        return lines(self._around(question), question, self._bands(question), self._raising(question))

    def _bands(self, question: EndedQuestion) -> tuple[Band, ...]:
        return bands_of(self._tenant, _written(question))

    def _around(self, question: EndedQuestion) -> Around:
        """A band that nobody can be in is no part of the statement."""
        among = [band.among for band in self._bands(question)]
        places = [place for place, one in enumerate(among) if one is None or self._is_any(one)]
        return Around(self._tenant, is_sqlite(self._connection), tuple(places))

    def _is_any(self, among: CompoundSelect[tuple[int]]) -> bool:
        return self._connection.execute(among.limit(1)).first() is not None

    def _raising(self, question: EndedQuestion) -> Select[Any] | None:
        return raising(self._connection, self._tenant, question.on.today, question.alert)

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


def _written(question: EndedQuestion) -> bytes:
    return msgspec.json.encode(question, order="deterministic")


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
