"""What the agenda says of an account that collects for others: the figures of all of them together (B5)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection, Exists, Select, and_, exists, func, or_, select

from relance.adapters.store.tables.customers import customers
from relance.adapters.store.tables.ledger import account_summaries
from relance.core.kernel.identifiers import TenantId
from relance.ports.store.agenda import AgendaLine

_C, _S = customers.c, account_summaries.c
_AGED = ("not_due", "days_1_30", "days_31_60", "days_61_90", "over_90")


def are_grouped(tenant: TenantId) -> Exists:
    """Whether any account of the tenant is collected on another."""
    return exists().where(_C.tenant_id == tenant, _C.lead_id.is_not(None))


def carried(tenant: TenantId, today: date) -> Select[Any]:
    """Lead and currency, and what its members owe: neither those that are stopped nor those that are paused."""
    same = and_(_S.tenant_id == _C.tenant_id, _S.customer_id == _C.customer_id, _S.open_items > 0)
    sums = (func.sum(_S[name]).label(name) for name in (*_AGED, "overdue"))
    oldest = func.min(_S.oldest_due_on).label("oldest_due_on")
    query = select(_C.lead_id, _S.currency, *sums, oldest).join(account_summaries, same)
    query = query.where(_C.tenant_id == tenant, _C.lead_id.is_not(None), _C.collection_stop.is_(False))
    return query.where(or_(_C.paused_until.is_(None), _C.paused_until < today)).group_by(_C.lead_id, _S.currency)


def with_members(
    connection: Connection, tenant: TenantId, today: date, lines: Sequence[AgendaLine]
) -> list[AgendaLine]:
    """The same rows; those of a lead with what its members owe in the row's currency."""
    query = carried(tenant, today).where(_C.lead_id.in_({line.customer for line in lines}))
    more = {(row.lead_id, row.currency): row for row in connection.execute(query)}
    return [_added(line, more.get((line.customer, line.currency))) for line in lines]


def _added(line: AgendaLine, row: Any) -> AgendaLine:
    if row is None:
        return line
    aged = tuple(own + int(getattr(row, name)) for own, name in zip(line.aged, _AGED, strict=True))
    days = [day for day in (line.oldest_due_on, row.oldest_due_on) if day is not None]
    overdue = line.overdue + int(row.overdue)
    return msgspec.structs.replace(line, aged=aged, overdue=overdue, oldest_due_on=min(days, default=None))
