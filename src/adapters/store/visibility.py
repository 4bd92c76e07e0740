"""Whose customers a person sees who sees only their own: those collected by them, and those associated with them.

Whoever stands in for somebody sees that person's customers too, while it lasts (B16).
"""

from typing import Any

from sqlalchemy import ColumnElement, Select, exists, or_, select, tuple_

from relance.adapters.store.tables.collection import actions
from relance.adapters.store.tables.customers import customer_colleagues, customers
from relance.adapters.store.tables.tenancy import deputies
from relance.core.collection.actions import OPEN_STATES
from relance.core.kernel.identifiers import UserId


def theirs(user: UserId | None) -> ColumnElement[bool]:
    """The condition on `customers` that a customer is this user's own (B16, S0.3)."""
    links = customer_colleagues.c
    absent = tuple_(links.tenant_id, links.user_id).in_(_stood_for(user))
    associated = exists().where(
        links.tenant_id == customers.c.tenant_id,
        links.customer_id == customers.c.customer_id,
        or_(links.user_id == user, absent),
        links.ended_at.is_(None),
    )
    return or_(collected_by(user), associated)


def readable_by(user: UserId | None) -> ColumnElement[bool]:
    """The condition that the user may read the customer's file: it is theirs, or an open action of it was given to them
    (S3.15). Lists, counts and sums hold their own only."""
    open_ones = actions.c.tenant_id == customers.c.tenant_id, actions.c.state.in_(OPEN_STATES)
    given = exists().where(*open_ones, actions.c.customer_id == customers.c.customer_id, actions.c.assignee_id == user)
    return or_(theirs(user), given)


def collected_by(user: UserId | None) -> ColumnElement[bool]:
    """The condition on `customers` that this user collects it, or stands in for who does."""
    collector = tuple_(customers.c.tenant_id, customers.c.collector_id)
    return or_(customers.c.collector_id == user, collector.in_(_stood_for(user)))


def _stood_for(user: UserId | None) -> Select[Any]:
    """Tenant and person, for those for whom this user stands in now."""
    return select(deputies.c.tenant_id, deputies.c.user_id).where(deputies.c.deputy_id == user, deputies.c.running)
