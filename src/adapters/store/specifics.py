"""Specific actions as rows; what they hold is written on the items, where the day reads it."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, and_, exists, func, insert, or_, select, update

from relance.adapters.store.action_rows import ACTION, action_of, values_of
from relance.adapters.store.tables.collection import actions, specific_actions, specific_items
from relance.adapters.store.tables.customers import customers
from relance.adapters.store.tables.ledger import items
from relance.adapters.store.visibility import theirs
from relance.core.collection.actions import Action, ActionMoved
from relance.core.collection.specifics import SpecificAction
from relance.core.kernel.errors import NotFound
from relance.core.kernel.identifiers import ActionId, CustomerId, ItemId, SpecificId, TenantId, UserId

_S, _I, _A = specific_actions.c, specific_items.c, actions.c
_HOLD = "specific"


class SqlSpecifics:
    """One tenant's specific actions."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def add(self, begun: SpecificAction) -> None:
        """Keep a new one, and take its items away."""
        names = ("topic", "kind", "title", "comment", "author", "created_at", "ended_at", "ended_by", "outcome")
        row = {name: getattr(begun, name) for name in names}
        keys = {"tenant_id": self._tenant, "specific_id": begun.specific}
        self._connection.execute(insert(specific_actions), keys | {"customer_id": begun.customer} | row)
        if begun.items:
            rows = [keys | {"item_id": item, "away": begun.away} for item in begun.items]
            self._connection.execute(insert(specific_items), rows)
        if begun.items and begun.away:
            free = update(items).where(*self._these(begun.items), items.c.hold.is_(None))
            self._connection.execute(free.values(hold=_HOLD, hold_until=None))

    def get(self, specific: SpecificId, own: UserId | None) -> SpecificAction:
        """One of them; raises NotFound."""
        seen = () if own is None else (self._visible_to(own),)
        found = self._read(_S.specific_id == specific, *seen)
        if not found:
            raise NotFound("no such specific action")
        return found[0]

    def of_customer(self, customer: CustomerId) -> list[SpecificAction]:
        """The live ones first, then the newest."""
        found = self._read(_S.customer_id == customer)
        return sorted(found, key=lambda one: (not one.live, -one.specific))

    def live_with(self, wanted: Collection[ItemId]) -> dict[ItemId, SpecificId]:
        """Which of these items have left the scenario for which live one."""
        query = select(_I.item_id, _I.specific_id).where(_I.tenant_id == self._tenant, _I.item_id.in_(list(wanted)))
        query = query.where(_I.away, self._of_live())
        return {ItemId(item): SpecificId(number) for item, number in self._connection.execute(query)}

    def add_occurrence(self, action: Action) -> Action:
        """Keep an action, one occurrence more than those of the same customer and leader."""
        same = (_A.tenant_id == self._tenant, _A.customer_id == action.customer, _A.scenario == action.scenario)
        query = select(func.max(_A.occurrence)).where(*same, _A.step == action.step)
        query = query.where(_A.leader_item_id == action.leader)
        last = self._connection.execute(query).scalar() or 0
        numbered = msgspec.structs.replace(action, occurrence=last + 1)
        self._connection.execute(insert(actions), {"tenant_id": self._tenant} | values_of(numbered))
        return numbered

    def occurrences(self, specific: SpecificId) -> list[Action]:
        """The actions of it, the newest first."""
        query = select(*ACTION).where(_A.tenant_id == self._tenant, _A.specific_id == specific)
        return [action_of(row) for row in self._connection.execute(query.order_by(_A.action_id.desc()))]

    def reshape(self, before: Action, after: Action) -> Action:
        """Keep what a person changed of an action that nobody moved meanwhile."""
        after = msgspec.structs.replace(after, fence=before.fence + 1)
        unmoved = (_A.tenant_id == self._tenant, _A.action_id == before.action, _A.fence == before.fence)
        statement = update(actions).where(*unmoved, _A.state == before.state)
        if self._connection.execute(statement.values(values_of(after))).rowcount != 1:
            raise ActionMoved(f"action {before.action} changed meanwhile: load it again")
        return after

    def end(self, specific: SpecificId, at: datetime, by: str, outcome: str) -> Sequence[ItemId]:
        """End it, and free what it alone held."""
        this = (_S.tenant_id == self._tenant, _S.specific_id == specific)
        ended = {"ended_at": at, "ended_by": by, "outcome": outcome}
        self._connection.execute(update(specific_actions).where(*this).values(ended))
        query = select(_I.item_id).where(_I.tenant_id == self._tenant, _I.specific_id == specific, _I.away)
        away = [ItemId(item) for item in self._connection.execute(query).scalars()]
        if away:
            held = update(items).where(*self._these(away), items.c.hold == _HOLD)
            self._connection.execute(held.values(hold=None, hold_until=None))
        return away

    def settled(self) -> list[SpecificAction]:
        """Live ones about items of which none is open any more."""
        link = and_(_I.tenant_id == self._tenant, _I.specific_id == _S.specific_id)
        owed = and_(items.c.tenant_id == self._tenant, items.c.item_id == _I.item_id, items.c.open_amount > 0)
        any_item = exists(select(_I.item_id).where(link))
        any_open = exists(select(_I.item_id).select_from(specific_items.join(items, owed)).where(link))
        return self._read(_S.ended_at.is_(None), any_item, ~any_open)

    def _read(self, *terms: ColumnElement[bool]) -> list[SpecificAction]:
        query = select(*(column for column in _S if column.name != "tenant_id"))
        rows = self._connection.execute(query.where(_S.tenant_id == self._tenant, *terms).order_by(_S.specific_id))
        found = [dict(row._mapping) for row in rows]
        numbers = [row["specific_id"] for row in found]
        links, last = self._items(numbers), self._last(numbers)
        return [_specific(row, links[row["specific_id"]], last.get(row["specific_id"])) for row in found]

    def _items(self, numbers: list[int]) -> dict[int, list[tuple[ItemId, bool]]]:
        query = select(_I.specific_id, _I.item_id, _I.away).where(_I.tenant_id == self._tenant)
        found: dict[int, list[tuple[ItemId, bool]]] = defaultdict(list)
        if numbers:
            for number, item, away in self._connection.execute(query.where(_I.specific_id.in_(numbers))):
                found[number].append((item, away))
        return found

    def _last(self, numbers: list[int]) -> dict[int, ActionId]:
        if not numbers:
            return {}
        query = select(_A.specific_id, func.max(_A.action_id)).group_by(_A.specific_id)
        query = query.where(_A.tenant_id == self._tenant, _A.specific_id.in_(numbers))
        return {row[0]: row[1] for row in self._connection.execute(query)}

    def _visible_to(self, own: UserId) -> ColumnElement[bool]:
        seen = select(customers.c.customer_id).where(customers.c.tenant_id == self._tenant, theirs(own))
        given = select(_A.specific_id).where(_A.tenant_id == self._tenant, _A.assignee_id == own)
        return or_(_S.customer_id.in_(seen), _S.specific_id.in_(given))

    def _of_live(self) -> ColumnElement[bool]:
        live = select(_S.specific_id).where(_S.tenant_id == self._tenant, _S.ended_at.is_(None))
        return _I.specific_id.in_(live)

    def _these(self, wanted: Collection[ItemId]) -> tuple[ColumnElement[bool], ...]:
        return (items.c.tenant_id == self._tenant, items.c.item_id.in_(list(wanted)))


def _specific(row: dict[str, Any], links: list[tuple[ItemId, bool]], last: ActionId | None) -> SpecificAction:
    return SpecificAction(
        specific=row["specific_id"],
        customer=row["customer_id"],
        topic=row["topic"],
        kind=row["kind"],
        title=row["title"],
        comment=row["comment"],
        author=row["author"],
        created_at=row["created_at"],
        items=tuple(sorted(item for item, _ in links)),
        away=any(away for _, away in links),
        ended_at=row["ended_at"],
        ended_by=row["ended_by"] or "",
        outcome=row["outcome"] or "",
        last=last,
    )
