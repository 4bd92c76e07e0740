"""Counts, groups and the keys of one page in one statement, which reads each action of the question once."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    CompoundSelect,
    Connection,
    FromClause,
    Integer,
    Select,
    and_,
    case,
    cast,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    true,
    tuple_,
    type_coerce,
    union_all,
)

from relance.adapters.store.agenda_grouped import are_grouped, carried
from relance.adapters.store.agenda_reach import narrowed, raising, reach, stood_for
from relance.adapters.store.agenda_terms import IS_OPEN, UNANSWERED, ended_views, group_terms, open_views, order_term
from relance.adapters.store.engine import is_sqlite
from relance.adapters.store.tables.collection import actions
from relance.adapters.store.tables.ledger import account_summaries
from relance.core.kernel.identifiers import TenantId
from relance.ports.store.agenda import VIEWS, AgendaGroup, AgendaQuestion, View

_A, _S = actions.c, account_summaries.c
_BITS: dict[View, int] = {view: 1 << place for place, view in enumerate(VIEWS) if view != "qualify"}
_STEPS, _GROUPS, _KEYS = 0, 1, 2
"""What a row of the answer is about."""


class Sweep(msgspec.Struct, frozen=True):
    """What one pass found; `keys` are rank, name, sort value and action of one row more than the page shows.

    `grouped`: accounts of the tenant are collected on others.
    """

    counts: dict[View, int]
    groups: list[AgendaGroup]
    steps: list[str]
    keys: list[tuple[int, str, int, int]]
    grouped: bool


class _Around(msgspec.Struct, frozen=True):
    """What the statement depends on besides the question."""

    sqlite: bool
    grouped: bool
    absent: tuple[int, ...]
    given: bool
    """Some action is given to the question's person."""
    specific: bool
    """Some action is one that a person began."""


def swept(connection: Connection, tenant: TenantId, question: AgendaQuestion) -> Sweep:
    """The question's view, and how much the others have."""
    raised = raising(connection, tenant, question.today, question.alert)
    around = _around(connection, tenant, question, owing=True)
    statement = _kept(tenant, question, around) if raised is None else _sweep(tenant, question, around, raised)
    if not is_sqlite(connection):
        connection.exec_driver_sql("set local jit = off")  # compiling takes longer than the page
    rows = connection.execute(statement).fetchall()
    steps = [row for row in rows if row.part == _STEPS]
    return Sweep(
        _counts(steps, question.step),
        _groups([row for row in rows if row.part == _GROUPS]),
        _steps(steps, _BITS.get(question.view, 0)),
        [(row.rank, row.name, row.amount, row.number) for row in rows if row.part == _KEYS],
        around.grouped,
    )


def counted(connection: Connection, tenant: TenantId, question: AgendaQuestion) -> dict[View, int]:
    """How much each view has."""
    raised = raising(connection, tenant, question.today, question.alert)
    around = _around(connection, tenant, question, owing=bool(question.overdue_from))
    found = _found(tenant, question, around, raised)
    return _counts(connection.execute(_by_step(found)).fetchall(), question.step)


def waiting_today(connection: Connection, tenant: TenantId, question: AgendaQuestion) -> int:
    """How much the first view has, without looking at what the others have."""
    around = _around(connection, tenant, question, owing=False)
    first = open_views(question, dict.fromkeys(_BITS, 0) | {"todo": 1}) == 1
    count = select(func.count()).select_from(actions)
    each = [
        narrowed(count, tenant, question).where(person, IS_OPEN, first).scalar_subquery()
        for person in reach(tenant, question, around.absent, None, around.given)
    ]
    return sum(connection.execute(select(*each)).one())


def _around(connection: Connection, tenant: TenantId, question: AgendaQuestion, owing: bool) -> _Around:
    """What a tenant does not have is no part of the statement: planning it takes longer than finding nothing.

    Whether accounts are grouped matters only where the statement says what they owe.
    """
    given, specific = (
        exists().where(_A.tenant_id == tenant, one)
        for one in (_A.assignee_id == question.actor.user, _A.specific_id.is_not(None))
    )
    grouped = are_grouped(tenant) if owing else false()
    has = connection.execute(select(grouped.label("grouped"), given.label("given"), specific.label("specific"))).one()
    return _Around(
        sqlite=is_sqlite(connection),
        grouped=has.grouped,
        absent=stood_for(connection, tenant, question),
        given=has.given,
        specific=has.specific,
    )


@lru_cache(maxsize=64)
def _kept(tenant: TenantId, question: AgendaQuestion, around: _Around) -> CompoundSelect[Any]:
    """The statement itself, not its answer: a person opens the same view again and again, and writing it takes long."""
    return _sweep(tenant, question, around, None)


def _sweep(
    tenant: TenantId, question: AgendaQuestion, around: _Around, raised: Select[Any] | None
) -> CompoundSelect[Any]:
    found = _found(tenant, question, around, raised)
    shown = _shown(found, tenant, question, around)
    answer = union_all(_by_step(found), _by_group(shown), select(_page(shown, question).subquery()))
    return answer.order_by("part", "rank", "name", "currency", "amount", "number")


def _found(tenant: TenantId, question: AgendaQuestion, around: _Around, raised: Select[Any] | None) -> CTE:
    """Each action that some view has, with its views as bits and its place in the question's view.

    Where accounts are asked for what they owe, it stands beside the action: they are looked up once.
    """
    rank, name = group_terms(question.view)
    due = type_coerce(_A.due_on, Integer).label("due")
    columns = (_A.action_id, _A.customer_id, _A.currency, _A.step, _A.step_number, due)
    labels = (rank.label("rank"), name.label("name"))
    branches = [
        narrowed(select(*columns, views.label("views"), *labels).select_from(actions), tenant, question).where(*terms)
        for person in reach(tenant, question, around.absent, raised, around.given)
        for views, terms in _parts(question, person, around.specific)
    ]
    found = union_all(*branches).cte("found")
    if not question.overdue_from:
        return _once(found)
    rows, overdue, oldest = _owed(found, tenant, question, around)
    owing = select(found, overdue.label("overdue"), oldest.label("oldest_due_on")).select_from(rows)
    return _once(owing.where(overdue >= question.overdue_from).cte("owing"))


def _parts(
    question: AgendaQuestion, person: ColumnElement[bool], specific: bool
) -> Iterator[tuple[ColumnElement[int], tuple[ColumnElement[bool], ...]]]:
    """Open, over since today, or waiting for a reply: an index each, and no action in two of them."""
    yield open_views(question, _BITS), (person, IS_OPEN)
    yield ended_views(_BITS, specific), (person, _A.done_on == question.today, ~IS_OPEN)
    if not specific:
        return
    earlier = or_(_A.done_on.is_(None), _A.done_on != question.today)
    unanswered = (person, _A.specific_id.is_not(None), ~IS_OPEN, earlier, UNANSWERED)
    yield literal(_BITS["waiting"]), unanswered


def _shown(found: CTE, tenant: TenantId, question: AgendaQuestion, around: _Around) -> CTE:
    """What of it the question's view shows, with what the account owes."""
    f = found.c
    known: tuple[FromClause, ColumnElement[int], ColumnElement[Any]] | None = None
    if question.overdue_from:
        known = (found, f.overdue, f.oldest_due_on)
    rows, overdue, oldest = known or _owed(found, tenant, question, around)
    place = order_term(question, f.due, f.action_id, overdue, oldest)
    query = (
        select(f.action_id, f.rank, f.name, f.currency, overdue.label("overdue"), place.label("sort"))
        .select_from(rows)
        .where(f.views.bitwise_and(_BITS.get(question.view, 0)) != 0)
    )
    return _once((query.where(f.step == question.step) if question.step else query).cte("shown"))


def _owed(
    found: CTE, tenant: TenantId, question: AgendaQuestion, around: _Around
) -> tuple[FromClause, ColumnElement[int], ColumnElement[Any]]:
    """What was found beside its accounts, what each owes overdue, and since when; a lead with its members (B5)."""
    accounts, on = _accounts(found, tenant, around)
    rows, overdue, oldest = (
        found.outerjoin(accounts, on),
        func.coalesce(accounts.c.overdue, 0),
        accounts.c.oldest_due_on,
    )
    if not around.grouped:
        return rows, overdue, oldest
    more = _once(carried(tenant, question.today).cte("carried"))
    theirs = and_(more.c.lead_id == found.c.customer_id, more.c.currency == found.c.currency)
    first = func.coalesce(
        case((more.c.oldest_due_on < oldest, more.c.oldest_due_on), else_=oldest), more.c.oldest_due_on
    )
    return rows.outerjoin(more, theirs), overdue + func.coalesce(more.c.overdue, 0), first


def _accounts(found: CTE, tenant: TenantId, around: _Around) -> tuple[FromClause, ColumnElement[bool]]:
    """Accounts beside what was found, and the condition; PostgreSQL would read all the tenant's where not told."""
    if around.sqlite:
        return account_summaries, _of_account(found, tenant)
    query = select(_S.overdue, _S.oldest_due_on).where(_of_account(found, tenant)).correlate(found)
    return query.limit(1).lateral(), true()


def _of_account(found: CTE, tenant: TenantId) -> ColumnElement[bool]:
    f = found.c
    return and_(_S.tenant_id == tenant, _S.customer_id == f.customer_id, _S.currency == f.currency)


def _once(part: CTE) -> CTE:
    """Read once though it is asked more than once."""
    return part.prefix_with("materialized")


def _by_step(found: CTE) -> Select[Any]:
    f = found.c
    steps = select(*_row(_STEPS, f.views, f.step, literal(""), f.step_number, func.count()))
    return steps.group_by(f.views, f.step, f.step_number)


def _by_group(shown: CTE) -> Select[Any]:
    s = shown.c
    groups = select(*_row(_GROUPS, s.rank, s.name, s.currency, func.count(), func.sum(s.overdue)))
    return groups.group_by(s.rank, s.name, s.currency)


def _page(shown: CTE, question: AgendaQuestion) -> Select[Any]:
    """The first rows behind the last one seen."""
    s = shown.c
    order = (s.rank, s.name, s.sort, s.action_id)
    query = select(*_row(_KEYS, s.rank, s.name, literal(""), s.action_id, s.sort))
    if question.after:
        query = query.where(tuple_(*order) > tuple_(*(literal(part) for part in question.after)))
    return query.order_by(*order).limit(question.limit + 1)


def _row(part: int, rank: Any, name: Any, currency: Any, number: Any, amount: Any) -> list[ColumnElement[Any]]:
    wide = (rank, name, currency, cast(number, BigInteger), cast(amount, BigInteger))
    names = ("rank", "name", "currency", "number", "amount")
    return [literal(part).label("part"), *(column.label(name) for column, name in zip(wide, names, strict=True))]


def _counts(rows: Sequence[Any], step: str) -> dict[View, int]:
    asked = [(row.rank, row.amount) for row in rows if not step or row.name == step]
    return {view: sum(count for views, count in asked if views & bit) for view, bit in _BITS.items()}


def _steps(rows: Sequence[Any], bit: int) -> list[str]:
    """The codes of the view's steps, the first step first."""
    first: dict[str, int] = {}
    for row in rows:
        if row.rank & bit:
            first[row.name] = min(first.get(row.name, row.number), row.number)
    return sorted(first, key=lambda step: first[step])


def _groups(rows: Sequence[Any]) -> list[AgendaGroup]:
    found: dict[tuple[int, str], AgendaGroup] = {}
    for row in rows:
        group = (row.rank, row.name)
        before = found.get(group, AgendaGroup(group=group, actions=0, overdue={}))
        sums = before.overdue | ({row.currency: row.amount} if row.amount else {})
        found[group] = AgendaGroup(group=group, actions=before.actions + row.number, overdue=sums)
    return list(found.values())
