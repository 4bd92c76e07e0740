"""Invoices at the end of their cycle in set-based SQL; `core/collection/ended.py` is the reference."""

from typing import Any

import msgspec
from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    Integer,
    Select,
    and_,
    case,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
    tuple_,
    type_coerce,
    union_all,
)

from relance.adapters.store.agenda_reach import members
from relance.adapters.store.tables.customers import customers
from relance.adapters.store.tables.ledger import account_summaries, items
from relance.adapters.store.tables.tenancy import users
from relance.adapters.store.visibility import collected_by, theirs
from relance.core.collection.holding import OWN_DEBITS
from relance.core.kernel.identifiers import CustomerId, EntityId, ItemId, TenantId
from relance.ports.store.agenda import Mark
from relance.ports.store.ended import EndedItem, EndedLine, EndedQuestion

_I, _C, _S = items.c, customers.c, account_summaries.c
_lead = customers.alias("lead")
_AGED = ("not_due", "days_1_30", "days_31_60", "days_61_90", "over_90")
_OWING = and_(literal_column("items.open_amount") > literal_column("0"))
_LISTED = and_(literal_column("items.step_done") > literal_column("0"), _OWING)
"""Spelt as the index of listed invoices is: bound values would not let SQLite use it."""


class SqlEnded:
    """Reads one tenant's invoices past the last step."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def count(self, question: EndedQuestion) -> int:
        """How many lines there are under the filters."""
        question = self._in_use(question)
        if not question.ends:
            return 0
        query = select(func.count()).select_from(self._lines(question))
        return int(self._connection.execute(query).scalar_one())

    def page(self, question: EndedQuestion) -> tuple[list[EndedLine], Mark | None]:
        """Keys first, then the columns of one page only."""
        question = self._in_use(question)
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
        question = self._in_use(question)
        if not question.ends:
            return []
        columns = (_I.item_id, _C.code, _I.number, _I.due_on, _I.open_amount, _I.currency, _I.step_on)
        rows = self._connection.execute(
            self._found(question, *columns).order_by(_I.due_on, _I.issued_on, _I.number, _I.item_id)
        )
        names = EndedItem.__struct_fields__
        return [EndedItem(**dict(zip(names, (ItemId(row[0]), *row[1:]), strict=True))) for row in rows]

    def _in_use(self, question: EndedQuestion) -> EndedQuestion:
        """Only the scenarios that chase somebody: the shortest of them says how many listed invoices are looked at."""
        chases = [exists().where(_C.tenant_id == self._tenant, _C.scenario == code) for code in question.ends]
        each = [select(literal(code)).where(some) for code, some in zip(question.ends, chases, strict=True)]
        used = {question.scenario, *(self._connection.execute(union_all(*each)).scalars() if each else ())}
        ends = {code: end for code, end in question.ends.items() if code in used}
        return msgspec.structs.replace(question, ends=ends)

    def _lines(self, question: EndedQuestion) -> CTE:
        sums = (func.sum(_I.open_amount), func.count(), func.min(_I.due_on))
        amount, invoices, oldest = (one.label(name) for one, name in zip(sums, ("amount", "n", "oldest"), strict=True))
        query = self._found(question, _I.customer_id, _I.currency, amount, invoices, oldest)
        query = query.group_by(_I.customer_id, _I.currency)
        if question.overdue_from:
            query = query.having(sums[0] >= question.overdue_from)
        return query.cte("ended")

    def _found(self, question: EndedQuestion, *columns: Any) -> Select[Any]:
        same = and_(_C.tenant_id == _I.tenant_id, _C.customer_id == _I.customer_id)
        lead = and_(_lead.c.tenant_id == _C.tenant_id, _lead.c.customer_id == _C.lead_id)
        account = and_(_S.tenant_id == _I.tenant_id, _S.customer_id == _I.customer_id, _S.currency == _I.currency)
        tables = items.join(customers, same).outerjoin(_lead, lead).join(account_summaries, account)
        query = select(*columns).select_from(tables).where(_I.tenant_id == self._tenant, _S.balance > 0)
        return query.where(*_past(question), *_chased(question), *self._reach(question))

    def _reach(self, question: EndedQuestion) -> list[ColumnElement[bool]]:
        user, terms = question.actor.user, []
        if question.mine:
            terms.append(collected_by(user))
        if question.actor.own_only:
            terms.append(theirs(user))
        if question.group:
            terms.append(_I.customer_id.in_(members(self._tenant, question.group)))
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


def _past(question: EndedQuestion) -> list[ColumnElement[bool]]:
    """What is overdue, not held, worth asking for, and has had the last step."""
    on = question.on
    ours = or_(_I.payment_method.in_(OWN_DEBITS), and_(_I.payment_method == "", _C.payment_method.in_(OWN_DEBITS)))
    least = min(question.ends.values())
    chasing = func.coalesce(
        case((_C.lead_id.is_not(None), func.nullif(_lead.c.scenario, "")), else_=func.nullif(_C.scenario, "")),
        question.scenario,
    )
    return [
        _LISTED if least > 0 else _OWING,
        _I.type == "invoice",
        _I.due_on < on.today,
        or_(
            and_(_I.hold.is_(None), or_(~ours, _I.due_on < on.debits_from)),
            and_(_I.hold == "pause", _I.hold_until < on.today),
        ),
        _I.open_amount >= _least(question, chasing),
        _I.step_done >= least,
        _I.step_done >= case(question.ends, value=chasing, else_=None),
    ]


def _least(question: EndedQuestion, chasing: ColumnElement[str]) -> ColumnElement[int]:
    """The amount from which the scenario of the account asks for an item (B3)."""
    shared = _amount(question.on.rules.ignore)
    own = [(chasing == code, _amount(ignore)) for code, ignore in question.ignored.items() if code in question.ends]
    return case(*own, else_=shared) if own else shared


def _amount(ignore: dict[str, int]) -> ColumnElement[int]:
    return case(ignore, value=_I.currency, else_=0) if ignore else literal(0)


def _chased(question: EndedQuestion) -> list[ColumnElement[bool]]:
    """Neither the customer nor the one that it is collected on is stopped or paused."""
    today = question.on.today
    return [
        ~_C.collection_stop,
        or_(_C.paused_until.is_(None), _C.paused_until < today),
        or_(_lead.c.customer_id.is_(None), ~_lead.c.collection_stop),
        or_(_lead.c.paused_until.is_(None), _lead.c.paused_until < today),
    ]


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
