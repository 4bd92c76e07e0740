"""Whose customers a person sees who sees only their own: those collected by them, and those associated with them."""

from sqlalchemy import ColumnElement, exists, or_

from relance.adapters.store.tables.customers import customer_colleagues, customers
from relance.core.kernel.identifiers import UserId


def theirs(user: UserId | None) -> ColumnElement[bool]:
    """The condition on `customers` that a customer is this user's own (B16, S0.3)."""
    links = customer_colleagues.c
    associated = exists().where(
        links.tenant_id == customers.c.tenant_id,
        links.customer_id == customers.c.customer_id,
        links.user_id == user,
        links.ended_at.is_(None),
    )
    return or_(customers.c.collector_id == user, associated)
