"""Items as people look at them."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, func, select

from relance.adapters.store.item_pages import ItemPages
from relance.adapters.store.item_rows import ITEM_COLUMNS, item_of
from relance.adapters.store.tables.collection import actions, listed_items
from relance.adapters.store.tables.customers import customers
from relance.adapters.store.tables.intake import imports, sources
from relance.adapters.store.tables.ledger import item_changes, items
from relance.adapters.store.tables.qualification import holds
from relance.adapters.store.visibility import readable_by
from relance.core.kernel.errors import NotFound
from relance.core.kernel.identifiers import ItemId, TenantId, UserId
from relance.ports.store.item_list import HoldShown, ItemChange, ItemLine, ItemPage, ItemQuestion, Listing

_WITH_CUSTOMER = items.join(
    customers, and_(customers.c.tenant_id == items.c.tenant_id, customers.c.customer_id == items.c.customer_id)
)


class SqlItemList:
    """One tenant's items."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def page(self, question: ItemQuestion) -> ItemPage:
        """One page, behind the last line seen: which items first, then what is told of these."""
        keys, sums = ItemPages(self._connection, self._tenant, question).page()
        shown = [item for _, item in keys]
        query = self._lines().where(items.c.tenant_id == self._tenant, items.c.item_id.in_(shown))
        rows = self._connection.execute(query.order_by(items.c.due_on, items.c.item_id)) if shown else ()
        return ItemPage(lines=[_line(row) for row in rows], sums=sums)

    def sums(self, question: ItemQuestion) -> dict[str, tuple[int, int]]:
        """Count and open amount of the whole answer."""
        return ItemPages(self._connection, self._tenant, question).sums()

    def line(self, item: ItemId, own: UserId | None) -> ItemLine:
        """One item; raises NotFound."""
        query = self._lines().where(items.c.tenant_id == self._tenant, items.c.item_id == item)
        if own is not None:
            query = query.where(readable_by(own))
        row = self._connection.execute(query).first()
        if row is None:
            raise NotFound("no such item")
        return _line(row)

    def origin(self, item: ItemId) -> tuple[int, datetime | None, str]:
        """The import that created the item."""
        of_tenant = imports.c.tenant_id == items.c.tenant_id
        query = (
            select(items.c.created_import_id, imports.c.started_at, func.coalesce(sources.c.name, ""))
            .select_from(
                items.outerjoin(imports, and_(of_tenant, imports.c.import_id == items.c.created_import_id)).outerjoin(
                    sources,
                    and_(sources.c.tenant_id == items.c.tenant_id, sources.c.source_id == items.c.source_id),
                )
            )
            .where(items.c.tenant_id == self._tenant, items.c.item_id == item)
        )
        number, at, source = self._connection.execute(query).one()
        return number, at, source

    def changes(self, item: ItemId) -> list[ItemChange]:
        """The latest first."""
        query = (
            select(item_changes)
            .where(item_changes.c.tenant_id == self._tenant, item_changes.c.item_id == item)
            .order_by(item_changes.c.at.desc(), item_changes.c.change_id.desc())
        )
        return [
            ItemChange(
                at=row.at,
                kind=row.kind,
                author=row.author,
                import_number=row.import_id,
                open_before=row.open_before,
                open_after=row.open_after,
                detail=row.detail or {},
            )
            for row in self._connection.execute(query)
        ]

    def holds(self, item: ItemId) -> list[HoldShown]:
        """The latest first."""
        query = select(holds).where(holds.c.tenant_id == self._tenant, holds.c.item_id == item)
        return [
            HoldShown(
                kind=row.kind,
                until=row.until,
                amount=row.amount,
                comment=row.comment,
                author=row.author,
                at=row.at,
                released_at=row.released_at,
                released_by=row.released_by or "",
                verdict=row.verdict or "",
            )
            for row in self._connection.execute(query.order_by(holds.c.hold_id.desc()))
        ]

    def listings(self, item: ItemId) -> list[Listing]:
        """The latest first."""
        both = and_(actions.c.tenant_id == listed_items.c.tenant_id, actions.c.action_id == listed_items.c.action_id)
        query = (
            select(actions.c.action_id, actions.c.step, listed_items.c.step_number, actions.c.kind, actions.c.state)
            .add_columns(actions.c.sent_at, actions.c.done_on, listed_items.c.open_amount)
            .select_from(listed_items.join(actions, both))
            .where(listed_items.c.tenant_id == self._tenant, listed_items.c.item_id == item)
            .order_by(actions.c.action_id.desc())
        )
        names = ("action", "step", "step_number", "kind", "state", "done_at", "done_on", "open_amount")
        return [Listing(**dict(zip(names, row, strict=True))) for row in self._connection.execute(query)]

    def _lines(self) -> Any:
        return select(customers.c.entity_id, customers.c.code, customers.c.name, *ITEM_COLUMNS).select_from(
            _WITH_CUSTOMER
        )


def _line(row: Any) -> ItemLine:
    entity, code, name, *rest = row
    return ItemLine(item=item_of(rest), entity=entity, customer_code=code, customer_name=name)
