"""The names of the fields that are a tenant's own: what its customers have, and what its files of items carried."""

from sqlalchemy import JSON, Connection, Text, cast, func, select, type_coerce

from relance.adapters.store.engine import is_sqlite
from relance.adapters.store.tables.customers import customers
from relance.adapters.store.tables.intake import imports
from relance.adapters.store.visibility import theirs
from relance.core.customers.details import CUSTOM
from relance.core.kernel.identifiers import TenantId, UserId

_LATEST = 30


def custom_names(connection: Connection, tenant: TenantId, own: UserId | None = None) -> tuple[str, ...]:
    """Of customers, as far as any has a value that `own` may see."""
    column, c = type_coerce(customers.c.custom, Text), customers.c
    filled = [c.tenant_id == tenant, c.custom.is_not(None)]
    filled += [] if own is None else [theirs(own)]
    if is_sqlite(connection):
        keys = func.json_each(column).table_valued("key")
        query = select(keys.c.key).distinct().select_from(customers.join(keys, c.tenant_id == tenant)).where(*filled)
    else:
        inside = select(func.json_object_keys(cast(column, JSON)).label("key")).where(*filled).subquery()
        query = select(inside.c.key).distinct()
    return tuple(sorted(connection.execute(query).scalars()))


def item_custom_names(connection: Connection, tenant: TenantId) -> tuple[str, ...]:
    """Of items, as the latest files of items were mapped: a ledger may be too long to be looked through."""
    i = imports.c
    query = select(i.report).where(i.tenant_id == tenant, i.kind == "items", i.state == "done")
    reports = connection.execute(query.order_by(i.import_id.desc()).limit(_LATEST)).scalars()
    mapped = {name for report in reports for name in (report or {}).get("recognised", {}).get("mapping", {})}
    return tuple(sorted(name.removeprefix(CUSTOM) for name in mapped if name.startswith(CUSTOM)))
