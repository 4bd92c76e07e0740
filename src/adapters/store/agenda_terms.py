"""The agenda's views, groups and orders as SQL terms; everything else of the agenda is built from these."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    and_,
    case,
    exists,
    func,
    literal,
    literal_column,
    or_,
    type_coerce,
)

from relance.adapters.store.tables.collection import actions, specific_actions
from relance.adapters.store.tables.customers import customers
from relance.adapters.store.tables.ledger import account_summaries
from relance.core.collection.kinds import MESSAGES
from relance.core.kernel.days import day_number
from relance.ports.store.agenda import AgendaQuestion, View

_A, _S = actions.c, account_summaries.c
IS_OPEN: ColumnElement[bool] = _A.state.not_in(
    [literal_column("'sent'"), literal_column("'done'"), literal_column("'cancelled'")]
)
"""Spelt as the index of open actions is: bound values would not let SQLite use it."""
_KINDS = dict.fromkeys(MESSAGES, 1) | {"call": 2, "task": 3}


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


UNANSWERED = _unanswered()


def open_views(question: AgendaQuestion, bits: dict[View, int]) -> ColumnElement[int]:
    """The views that an open action belongs to, as the sum of their bits; each row is asked as little as possible."""
    today, user = question.today, question.actor.user
    given = _A.assignee_id.is_not(None)
    others = and_(given, _A.assignee_id != user) if user is not None else given
    due = and_(_A.due_on <= today, or_(_A.snoozed_until.is_(None), _A.snoozed_until <= today))
    mine_due = case((others, 0), else_=bits["todo"]) + case((_A.state == "to-confirm", bits["confirm"]), else_=0)
    mine_later = case((others, 0), else_=bits["upcoming"])
    given_away = case((and_(_A.specific_id.is_not(None), others), bits["waiting"]), else_=0)
    return case(
        (_A.state.in_(("planned", "to-confirm")), case((due, mine_due), else_=mine_later) + given_away),
        (_A.state.in_(("confirmed", "sending")), bits["leaving"]),
        (_A.state == "held", bits["held"]),
        else_=bits["todo"] + bits["resolve"],
    )


def ended_views(bits: dict[View, int], specific: bool) -> ColumnElement[int]:
    """The same of an action that was ended today; `specific`: where there are some that a person began."""
    done = case((or_(_A.state != "cancelled", _A.reason == "skipped"), bits["done"]), else_=0)
    if not specific:
        return done
    return done + case((and_(_A.specific_id.is_not(None), UNANSWERED), bits["waiting"]), else_=0)


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


def order_term(
    question: AgendaQuestion,
    due: ColumnElement[int],
    action: ColumnElement[int],
    overdue: ColumnElement[int],
    oldest_due_on: ColumnElement[Any],
) -> ColumnElement[int]:
    """What comes first in a group has the smallest value. Priority is the overdue amount times its oldest days."""
    oldest = func.coalesce(type_coerce(oldest_due_on, Integer), due)
    if question.view == "done":
        return -action
    if question.sort == "amount":
        return -overdue
    if question.sort == "oldest":
        return oldest
    return -overdue * (1 + day_number(question.today) - oldest)


def same_customer() -> ColumnElement[bool]:
    """The action's customer."""
    return and_(customers.c.tenant_id == _A.tenant_id, customers.c.customer_id == _A.customer_id)


def same_account() -> ColumnElement[bool]:
    """The summary of the action's account in its own currency."""
    return and_(_S.tenant_id == _A.tenant_id, _S.customer_id == _A.customer_id, _S.currency == _A.currency)
