"""Copies to fetch: gathered source by source after its imports, so that waiting costs nothing."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, func, literal, or_, select, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from relance.adapters.store.engine import is_sqlite
from relance.adapters.store.tables.copy_fetches import copy_fetches
from relance.adapters.store.tables.intake import sources
from relance.adapters.store.tables.ledger import items
from relance.core.kernel.identifiers import ItemId, TenantId
from relance.ports.store.copy_fetches import CopyFetch

_C = copy_fetches.c
_ITEM = and_(items.c.tenant_id == _C.tenant_id, items.c.item_id == _C.item_id)
_SOURCE = and_(sources.c.tenant_id == items.c.tenant_id, sources.c.source_id == items.c.source_id)


class SqlCopyFetches:
    """One tenant's copies to fetch."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def gather(self, now: datetime) -> None:
        """Put on the list what imports brought since the last look."""
        mine = (sources.c.tenant_id == self._tenant, sources.c.copy_hosts != "")
        newer = func.coalesce(sources.c.last_import_id, 0) > sources.c.copies_import_id
        query = select(sources.c.source_id, sources.c.last_import_id).where(*mine, newer)
        for source, last in self._connection.execute(query).fetchall():
            self._gather_of(source, now)
            this = (sources.c.tenant_id == self._tenant, sources.c.source_id == source)
            self._connection.execute(update(sources).where(*this).values(copies_import_id=last))

    def _gather_of(self, source: int, now: datetime) -> None:
        told = select(
            items.c.tenant_id,
            items.c.item_id,
            items.c.document,
            literal("waiting"),
            literal(0),
            literal(now, _C.next_at.type),
            literal(now, _C.changed_at.type),
        ).where(
            items.c.tenant_id == self._tenant,
            items.c.source_id == source,
            or_(items.c.document.startswith("https://"), items.c.document.startswith("http://")),
        )
        names = ["tenant_id", "item_id", "address", "state", "tries", "next_at", "changed_at"]
        make: Any = sqlite_insert if is_sqlite(self._connection) else pg_insert
        adding = make(copy_fetches).from_select(names, told)
        again = {name: adding.excluded[name] for name in names[2:]} | {"reason": ""}
        adding = adding.on_conflict_do_update(
            index_elements=["tenant_id", "item_id"], set_=again, where=_C.address != adding.excluded.address
        )
        self._connection.execute(adding)

    def waits(self, now: datetime) -> bool:
        """Whether there is anything to gather or to ask for."""
        mine = (sources.c.tenant_id == self._tenant, sources.c.copy_hosts != "")
        newer = func.coalesce(sources.c.last_import_id, 0) > sources.c.copies_import_id
        if self._connection.execute(select(sources.c.source_id).where(*mine, newer).limit(1)).first():
            return True
        return bool(self.due(now, 1))

    def due(self, now: datetime, limit: int) -> list[CopyFetch]:
        """Those whose time has come, the longest waiting first."""
        waiting = (_C.state == "waiting", _C.next_at <= now, sources.c.copy_hosts != "")
        query = self._fetches().where(*waiting).order_by(_C.next_at, _C.item_id).limit(limit)
        return [_fetch(row) for row in self._connection.execute(query)]

    def keep(self, fetch: CopyFetch, at: datetime) -> None:
        """Keep what became of one, unless its address is another by now."""
        this = (_C.tenant_id == self._tenant, _C.item_id == fetch.item, _C.address == fetch.address)
        values = {"state": fetch.state, "reason": fetch.reason or "", "tries": fetch.tries, "next_at": fetch.next_at}
        self._connection.execute(update(copy_fetches).where(*this).values(values | {"changed_at": at}))

    def of_items(self, wanted: Collection[ItemId]) -> dict[ItemId, CopyFetch]:
        """What became of the copies of some items."""
        query = self._fetches().where(_C.item_id.in_(list(wanted)))
        return {ItemId(row.item_id): _fetch(row) for row in self._connection.execute(query)}

    def _fetches(self) -> Select[Any]:
        columns = (_C.item_id, items.c.number, sources.c.name, sources.c.copy_hosts)
        more = (_C.address, _C.state, _C.reason, _C.tries, _C.next_at)
        joined = copy_fetches.join(items, _ITEM).join(sources, _SOURCE)
        return select(*columns, *more).select_from(joined).where(_C.tenant_id == self._tenant)


def _fetch(row: Any) -> CopyFetch:
    item, number, source, hosts, address, state, reason, tries, next_at = row
    return CopyFetch(
        item=ItemId(item),
        number=number,
        source=source,
        hosts=hosts,
        address=address,
        state=state,
        reason=reason or None,
        tries=tries,
        next_at=next_at,
    )
