"""Whose actions a question of the agenda is about: branches that an index answers each, and filters on all of them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, or_, select, true, union

from relance.adapters.store.saved_searches import SqlSavedSearches
from relance.adapters.store.searching import Searching
from relance.adapters.store.tables.collection import actions
from relance.adapters.store.tables.customers import customer_colleagues, customer_groups, customers
from relance.adapters.store.tables.tenancy import deputies
from relance.core.kernel.identifiers import TenantId, UserId
from relance.ports.store.agenda import AgendaQuestion

_A = actions.c


def reach(
    tenant: TenantId,
    question: AgendaQuestion,
    absent: Sequence[int],
    raised: Select[Any] | None,
    given: bool = True,
) -> list[ColumnElement[bool]]:
    """Conditions that together hold for the actions of the question's person, never two of them for the same action.

    One condition with an "or" over two tables would have every open action of the tenant read. `absent` are those for
    whom the person stands in, `raised` the customers of the question's alert; `given`: where the person was given some.
    """
    conditions = _reach(tenant, question, absent, given)
    return conditions if raised is None else [and_(one, _A.customer_id.in_(raised)) for one in conditions]


def _reach(tenant: TenantId, question: AgendaQuestion, absent: Sequence[int], given: bool) -> list[ColumnElement[bool]]:
    user = question.actor.user
    if not (question.mine or question.actor.own_only):
        return [true()]
    collected = select(customers.c.customer_id).where(
        customers.c.tenant_id == tenant, _one_of(customers.c.collector_id, user, absent)
    )
    links = customer_colleagues.c
    associated = select(links.customer_id).where(
        links.tenant_id == tenant, _one_of(links.user_id, user, absent), links.ended_at.is_(None)
    )
    own = _A.customer_id.in_(collected if question.mine else union(collected, associated))
    return [own, and_(_A.assignee_id == user, ~own)] if given else [own]


def narrowed(query: Select[Any], tenant: TenantId, question: AgendaQuestion) -> Select[Any]:
    """The query over actions under the question's group."""
    query = query.where(_A.tenant_id == tenant)
    if question.group:
        query = query.where(_A.customer_id.in_(members(tenant, question.group)))
    return query


def raising(connection: Connection, tenant: TenantId, today: date, alert: int) -> Select[Any] | None:
    """The customers that raise the alert of this number; None where none is asked for, or it is gone."""
    alerts = SqlSavedSearches(connection, tenant).alerts() if alert else []
    search = next((one.search for one in alerts if one.number == alert), None)
    if search is None:
        return None
    condition = Searching(connection, tenant, today).customers(search)
    return select(customers.c.customer_id).where(customers.c.tenant_id == tenant, condition).correlate(None)


def stood_for(connection: Connection, tenant: TenantId, question: AgendaQuestion) -> tuple[int, ...]:
    """For whom the question's person stands in now; asked where it says whose actions are seen."""
    if not (question.mine or question.actor.own_only):
        return ()
    d = deputies.c
    query = select(d.user_id).where(d.tenant_id == tenant, d.deputy_id == question.actor.user, d.running)
    return tuple(connection.scalars(query))


def _one_of(column: ColumnElement[Any], user: UserId | None, absent: Sequence[int]) -> ColumnElement[bool]:
    return or_(column == user, column.in_(absent)) if absent else column == user


def members(tenant: TenantId, group: int) -> Select[Any]:
    """The customers in a group now."""
    links = customer_groups.c
    live = (links.tenant_id == tenant, links.group_id == group, links.ended_at.is_(None))
    return select(links.customer_id).where(*live)
