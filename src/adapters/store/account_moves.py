"""What imports brought to an account and took away from it, as entries of its timeline."""

from typing import Any

from sqlalchemy import Connection, Select, and_, func, select, union_all

from relance.adapters.store.tables.intake import imports
from relance.adapters.store.tables.ledger import item_changes, items
from relance.core.kernel.identifiers import CustomerId, TenantId
from relance.ports.store.customer_file import TimelineEntry


def account_moves(connection: Connection, tenant: TenantId, customer: CustomerId, limit: int) -> list[TimelineEntry]:
    """One entry an import and kind: `imported` with the new items, `settled` with what went down; latest first."""
    entries: dict[tuple[str, int], TimelineEntry] = {}
    for query, kind in ((_brought(tenant, customer), "imported"), (_taken(tenant, customer), "settled")):
        rows = connection.execute(query.limit(limit))
        for number, at, author, currency, count, amount in rows:
            entry = entries.setdefault(
                (kind, number),
                TimelineEntry(
                    entry=0, at=at, kind=kind, author=author or "", action=None, detail={"items": 0, "amounts": {}}
                ),
            )
            entry.detail["items"] += count
            entry.detail["amounts"][currency] = int(amount)
    return sorted(entries.values(), key=lambda entry: entry.at, reverse=True)[:limit]


def _owned(tenant: TenantId, customer: CustomerId) -> Any:
    """The customer's items, found by the two partial indexes: open ones, and settled ones."""
    columns = (items.c.item_id, items.c.currency, items.c.amount, items.c.created_import_id)
    place = (items.c.tenant_id == tenant, items.c.customer_id == customer)
    return union_all(
        select(*columns).where(*place, items.c.open_amount != 0),
        select(*columns).where(*place, items.c.open_amount == 0),
    ).subquery("owned")


def _brought(tenant: TenantId, customer: CustomerId) -> Select[Any]:
    owned = _owned(tenant, customer)
    made = and_(imports.c.tenant_id == tenant, imports.c.import_id == owned.c.created_import_id)
    query = select(imports.c.import_id, imports.c.started_at, imports.c.author, owned.c.currency)
    query = query.add_columns(func.count(), func.sum(owned.c.amount)).select_from(owned.join(imports, made))
    query = query.group_by(imports.c.import_id, imports.c.started_at, imports.c.author, owned.c.currency)
    return query.order_by(imports.c.started_at.desc())


def _taken(tenant: TenantId, customer: CustomerId) -> Select[Any]:
    owned, changes = _owned(tenant, customer), item_changes.c
    gone = changes.open_before - changes.open_after
    there = and_(changes.tenant_id == tenant, changes.item_id == owned.c.item_id)
    last = func.max(changes.at)
    query = select(changes.import_id, last, func.max(changes.author), owned.c.currency, func.count(), func.sum(gone))
    undone = select(imports.c.import_id).where(imports.c.tenant_id == tenant, imports.c.state == "undone")
    query = query.select_from(owned.join(item_changes, there))
    query = query.where(gone > 0, changes.import_id.is_(None) | changes.import_id.not_in(undone))
    return query.group_by(changes.import_id, owned.c.currency).order_by(last.desc())
