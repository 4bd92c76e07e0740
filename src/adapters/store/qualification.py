"""Holds on items, their history, and the timeline's lines about them."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, insert, or_, select, update

from relance.adapters.store.item_rows import ITEM_COLUMNS, item_of
from relance.adapters.store.named import named
from relance.adapters.store.specifics import SqlSpecifics
from relance.adapters.store.summaries import refresh_summaries
from relance.adapters.store.tables.customers import customers
from relance.adapters.store.tables.intake import imports, sources
from relance.adapters.store.tables.ledger import items
from relance.adapters.store.tables.qualification import holds, timeline
from relance.adapters.store.tenancy import SqlTenancy
from relance.adapters.store.visibility import theirs
from relance.core.kernel.identifiers import CustomerId, HoldId, ItemId, TenantId, UserId
from relance.core.ledger.items import Item
from relance.core.qualification.promises import Unallocated
from relance.ports.store.qualification import NewHold, Note, Promised

_LEFT, _CAME = -items.c.open_amount, -items.c.amount


class SqlQualification:
    """One tenant's holds."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def items(self, ids: Collection[ItemId], own: UserId | None) -> list[Item]:
        """Open items by number."""
        return self._open_items(own, items.c.item_id.in_(ids))

    def items_named(self, reference: str, own: UserId | None) -> list[Item]:
        """Open items written CUSTOMER/NUMBER; codes and numbers may themselves hold a slash."""
        parts = reference.split("/")
        ways = [("/".join(parts[:at]), "/".join(parts[at:])) for at in range(1, len(parts))]
        such = [and_(named(self._connection, self._tenant, code), items.c.number == number) for code, number in ways]
        return self._open_items(own, or_(*such)) if such else []

    def hold(self, new: Sequence[NewHold], author: str, at: datetime) -> None:
        """Hold items; an earlier hold on the same item ends."""
        self.release([one.item for one in new], author, at)
        first = SqlTenancy(self._connection, self._tenant).next_numbers("holds", len(new))
        owed = self._owed([one.item for one in new])
        rows = [
            {
                "tenant_id": self._tenant,
                "hold_id": first + count,
                "item_id": one.item,
                "customer_id": one.customer,
                "kind": one.kind,
                "until": one.until,
                "amount": one.amount,
                "open_amount": owed[one.item],
                "comment": one.comment,
                "author": author,
                "at": at,
            }
            for count, one in enumerate(new)
        ]
        self._connection.execute(insert(holds), rows)
        for kind, until in sorted({(one.kind, one.until) for one in new}, key=str):
            held = [one.item for one in new if (one.kind, one.until) == (kind, until)]
            self._connection.execute(self._these(held).values(hold=kind, hold_until=until))

    def release(self, ids: Collection[ItemId], by: str, at: datetime, verdict: str | None = None) -> int:
        """End the holds of items; what is in a live specific action is held by that again."""
        ended = update(holds).where(
            holds.c.tenant_id == self._tenant, holds.c.item_id.in_(ids), holds.c.released_at.is_(None)
        )
        self._connection.execute(ended.values(released_at=at, released_by=by, verdict=verdict))
        said = self._these(ids).where(items.c.hold.is_not(None), items.c.hold != "specific")
        freed = self._connection.execute(said.values(hold=None, hold_until=None)).rowcount
        away = list(SqlSpecifics(self._connection, self._tenant).live_with(ids))
        if away:
            back = self._these(away).where(items.c.hold.is_(None))
            self._connection.execute(back.values(hold="specific"))
        return freed

    def promises_until(self, day: date) -> list[Promised]:
        """Open promises for days before `day`, the oldest first."""
        query = (
            select(
                holds.c.hold_id.label("hold"),
                holds.c.item_id.label("item"),
                holds.c.customer_id.label("customer"),
                holds.c.until,
                holds.c.at,
                holds.c.author,
                func.coalesce(holds.c.amount, 0).label("amount"),
                items.c.currency,
                func.coalesce(holds.c.open_amount, holds.c.amount, 0).label("owed"),
                items.c.open_amount,
                items.c.source_id.label("source"),
                sources.c.last_good_at,
            )
            .join(items, and_(items.c.tenant_id == holds.c.tenant_id, items.c.item_id == holds.c.item_id))
            .outerjoin(
                sources, and_(sources.c.tenant_id == items.c.tenant_id, sources.c.source_id == items.c.source_id)
            )
            .where(holds.c.tenant_id == self._tenant, holds.c.kind == "promise", holds.c.released_at.is_(None))
            .where(holds.c.until < day)
            .order_by(holds.c.customer_id, holds.c.at, holds.c.until, holds.c.hold_id)
        )
        return [Promised(**row._mapping) for row in self._connection.execute(query)]

    def unallocated(self, wanted: Collection[CustomerId]) -> dict[CustomerId, list[Unallocated]]:
        """Unallocated payments of accounts, the oldest first, less what earlier verdicts have counted."""
        used = self._credited(wanted)
        query = (
            select(items.c.customer_id, items.c.item_id, items.c.currency, imports.c.started_at, _LEFT, _CAME)
            .join(
                imports,
                and_(imports.c.tenant_id == items.c.tenant_id, imports.c.import_id == items.c.created_import_id),
            )
            .where(items.c.tenant_id == self._tenant, items.c.customer_id.in_(wanted), items.c.type == "payment")
            .where(items.c.open_amount < 0)
            .order_by(imports.c.started_at, items.c.item_id)
        )
        found: dict[CustomerId, list[Unallocated]] = {}
        for customer, item, currency, came_at, is_open, came in self._connection.execute(query):
            left = max(0, min(is_open, came - used.get(item, 0)))
            one = Unallocated(item=item, currency=currency, came_at=came_at, left=left)
            found.setdefault(customer, []).append(one)
        return found

    def credit(self, hold: HoldId, counted: dict[ItemId, int]) -> None:
        """Remember how much of which payments a verdict has counted."""
        this = update(holds).where(holds.c.tenant_id == self._tenant, holds.c.hold_id == hold)
        self._connection.execute(this.values(credited={str(item): amount for item, amount in counted.items()}))

    def pauses_before(self, day: date) -> dict[CustomerId, list[ItemId]]:
        """Items whose pause ended before a day, by account."""
        query = select(holds.c.customer_id, holds.c.item_id).where(
            holds.c.tenant_id == self._tenant, holds.c.kind == "pause", holds.c.released_at.is_(None)
        )
        over: dict[CustomerId, list[ItemId]] = {}
        for customer, item in self._connection.execute(query.where(holds.c.until < day).order_by(holds.c.item_id)):
            over.setdefault(customer, []).append(item)
        return over

    def note(self, notes: Sequence[Note], author: str, at: datetime) -> None:
        """Append to timelines."""
        if not notes:
            return
        first = SqlTenancy(self._connection, self._tenant).next_numbers("timeline", len(notes))
        rows = [
            {
                "tenant_id": self._tenant,
                "entry_id": first + count,
                "customer_id": one.customer,
                "at": at,
                "kind": one.kind,
                "author": author,
                "action_id": one.action,
                "detail": one.detail,
            }
            for count, one in enumerate(notes)
        ]
        self._connection.execute(insert(timeline), rows)

    def refresh_summaries(self, wanted: Collection[CustomerId] | None, today: date) -> None:
        """Bring the accounts' sums up to date; None: those that a new day moves."""
        if wanted is None:
            refresh_summaries(self._connection, self._tenant, today, "due")
        elif wanted:
            refresh_summaries(self._connection, self._tenant, today, sorted(set(wanted)))

    def _owed(self, ids: Collection[ItemId]) -> dict[ItemId, int]:
        query = select(items.c.item_id, items.c.open_amount).where(
            items.c.tenant_id == self._tenant, items.c.item_id.in_(ids)
        )
        return {row.item_id: row.open_amount for row in self._connection.execute(query)}

    def _credited(self, wanted: Collection[CustomerId]) -> dict[ItemId, int]:
        """How much of which payments verdicts have counted."""
        query = select(holds.c.credited).where(
            holds.c.tenant_id == self._tenant, holds.c.customer_id.in_(wanted), holds.c.credited.is_not(None)
        )
        used: Counter[ItemId] = Counter()
        for counted in self._connection.execute(query).scalars():
            used.update({ItemId(int(item)): amount for item, amount in counted.items()})
        return used

    def _these(self, ids: Collection[ItemId]) -> Any:
        return update(items).where(items.c.tenant_id == self._tenant, items.c.item_id.in_(ids))

    def _open_items(self, own: UserId | None, which: ColumnElement[bool]) -> list[Item]:
        query: Select[Any] = (
            select(*ITEM_COLUMNS)
            .join(
                customers,
                and_(customers.c.tenant_id == items.c.tenant_id, customers.c.customer_id == items.c.customer_id),
            )
            .where(items.c.tenant_id == self._tenant, items.c.open_amount != 0, which)
            .order_by(items.c.due_on, items.c.issued_on, items.c.number, items.c.item_id)
        )
        if own is not None:
            query = query.where(theirs(own))
        return [item_of(row) for row in self._connection.execute(query)]
