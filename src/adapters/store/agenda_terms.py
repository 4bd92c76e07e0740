"""The agenda's views, groups and orders as SQL terms; everything else of the agenda is built from these."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
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
)

from relance.adapters.store.tables.collection import actions, specific_actions
from relance.adapters.store.tables.customers import customer_groups, customers
from relance.adapters.store.tables.ledger import account_summaries
from relance.adapters.store.visibility import collected_by, theirs
from relance.core.kernel.days import day_number
from relance.core.kernel.identifiers import TenantId
from relance.ports.store.agenda import AgendaQuestion, View

_A, _S = actions.c, account_summaries.c
_overdue = func.coalesce(_S.overdue, 0)
IS_OPEN: ColumnElement[bool] = _A.state.not_in(
    [literal_column("'sent'"), literal_column("'done'"), literal_column("'cancelled'")]
)
"""Spelt as the index of open actions is: bound values would not let SQLite use it."""
_KINDS = {"email": 1, "call": 2, "task": 3}


def view_terms(question: AgendaQuestion) -> dict[View, ColumnElement[bool]]:
    """What belongs to each view."""
    waiting = _A.state.in_(("planned", "to-confirm"))
    ended = and_(_A.state.in_(("sent", "done", "cancelled")), _A.done_on == question.today)
    user = question.actor.user
    others = and_(_A.assignee_id.is_not(None), _A.assignee_id != user) if user is not None else _A.assignee_id > 0
    mine = or_(_A.assignee_id.is_(None), _A.assignee_id == user) if user is not None else _A.assignee_id.is_(None)
    later = or_(_A.due_on > question.today, and_(_A.snoozed_until.is_not(None), _A.snoozed_until > question.today))
    due = and_(_A.due_on <= question.today, or_(_A.snoozed_until.is_(None), _A.snoozed_until <= question.today))
    return {
        "todo": or_(and_(waiting, due, mine), _A.state.in_(("unknown", "failed"))),
        "confirm": and_(_A.state == "to-confirm", due),
        "waiting": and_(_A.specific_id.is_not(None), or_(and_(waiting, others), _unanswered())),
        "leaving": _A.state.in_(("confirmed", "sending")),
        "upcoming": and_(waiting, later, mine),
        "held": _A.state == "held",
        "resolve": _A.state.in_(("unknown", "failed")),
        "done": and_(ended, or_(_A.state != "cancelled", _A.reason == "skipped")),
    }


def _unanswered() -> ColumnElement[bool]:
    """The last message of a specific action that goes on: what it asked for has not come yet."""
    newer = actions.alias("newer")
    same = and_(newer.c.tenant_id == _A.tenant_id, newer.c.specific_id == _A.specific_id)
    live = exists().where(
        specific_actions.c.tenant_id == _A.tenant_id,
        specific_actions.c.specific_id == _A.specific_id,
        specific_actions.c.ended_at.is_(None),
    )
    return and_(_A.state.in_(("sent", "done")), live, ~exists().where(same, newer.c.action_id > _A.action_id))


def group_terms(view: View) -> tuple[ColumnElement[int], ColumnElement[str]]:
    """Rank and name of the group that a row stands in."""
    kind = case(_KINDS, value=_A.kind, else_=4)
    none = literal("")
    if view == "todo":
        return case((_A.state.in_(("unknown", "failed")), 0), else_=kind), none
    if view == "confirm":
        return -_A.step_number, _A.step
    if view == "upcoming":
        due, snoozed = type_coerce(_A.due_on, Integer), type_coerce(_A.snoozed_until, Integer)
        return case((snoozed > due, snoozed), else_=due), none
    if view == "held":
        return literal(0), _A.reason
    if view == "resolve":
        return case((_A.state == "unknown", 0), else_=1), none
    return kind, none


def order_term(question: AgendaQuestion) -> ColumnElement[int]:
    """What comes first in a group has the smallest value. Priority is the overdue amount times its oldest days."""
    oldest = func.coalesce(type_coerce(_S.oldest_due_on, Integer), type_coerce(_A.due_on, Integer))
    if question.view == "done":
        return -_A.action_id
    if question.sort == "amount":
        return -_overdue
    if question.sort == "oldest":
        return oldest
    return -_overdue * (1 + day_number(question.today) - oldest)


def narrowed(query: Select[Any], tenant: TenantId, question: AgendaQuestion, *, summaries: bool) -> Select[Any]:
    """The query under the question's filters; account summaries are joined where they are asked for."""
    query = query.where(_A.tenant_id == tenant)
    user = question.actor.user
    if question.mine:
        query = query.join(customers, same_customer()).where(or_(collected_by(user), _A.assignee_id == user))
    elif question.actor.own_only:
        query = query.join(customers, same_customer()).where(or_(theirs(user), _A.assignee_id == user))
    if summaries or question.overdue_from:
        query = query.outerjoin(account_summaries, same_account())
    if question.overdue_from:
        query = query.where(_overdue >= question.overdue_from)
    if question.step:
        query = query.where(_A.step == question.step)
    if question.group:
        query = query.where(_A.customer_id.in_(_members(tenant, question.group)))
    return query


def _members(tenant: TenantId, group: int) -> Select[Any]:
    links = customer_groups.c
    live = (links.tenant_id == tenant, links.group_id == group, links.ended_at.is_(None))
    return select(links.customer_id).where(*live)


def behind(query: Select[Any], question: AgendaQuestion) -> Select[Any]:
    """The query in its order, from behind the last row seen."""
    terms = (*group_terms(question.view), order_term(question), _A.action_id)
    if question.after:
        query = query.where(tuple_(*terms) > tuple_(*(literal(part) for part in question.after)))
    return query.order_by(*terms)


def totals(view: View) -> Select[Any]:
    """Counts and overdue amounts by group and currency."""
    rank, name = group_terms(view)
    return (
        select(rank.label("rank"), name.label("name"), _A.currency, func.count(), func.sum(_overdue))
        .select_from(actions)
        .group_by(rank, name, _A.currency)
        .order_by(rank, name, _A.currency)
    )


def same_customer() -> ColumnElement[bool]:
    """The action's customer."""
    return and_(customers.c.tenant_id == _A.tenant_id, customers.c.customer_id == _A.customer_id)


def same_account() -> ColumnElement[bool]:
    """The summary of the action's account in its own currency."""
    return and_(_S.tenant_id == _A.tenant_id, _S.customer_id == _A.customer_id, _S.currency == _A.currency)
