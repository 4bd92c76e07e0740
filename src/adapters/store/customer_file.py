"""One customer's file, and what people write in it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Connection, Select, and_, delete, func, insert, select, update

from relance.adapters.store.account_moves import account_moves
from relance.adapters.store.customer_list import count_customers, customer_page
from relance.adapters.store.item_rows import ITEM_COLUMNS, item_of
from relance.adapters.store.named import named
from relance.adapters.store.tables.collection import actions
from relance.adapters.store.tables.customers import customers
from relance.adapters.store.tables.ledger import items
from relance.adapters.store.tables.qualification import holds, timeline
from relance.adapters.store.tables.tenancy import users
from relance.adapters.store.visibility import readable_by, theirs
from relance.core.collection.actions import BLOCKING_STATES, OPEN_STATES
from relance.core.kernel.errors import Conflict, NotFound
from relance.core.kernel.identifiers import CustomerId, TenantId, UserId
from relance.core.ledger.items import Item
from relance.ports.store.customer_file import (
    CustomerCard,
    CustomerLine,
    CustomerQuestion,
    TimelineEntry,
    WaitingAction,
)

_PLAIN = (
    "code",
    "name",
    "legal_id",
    "vat_number",
    "street",
    "zip",
    "city",
    "country",
    "language",
    "phone",
    "email",
    "terms",
    "payment_method",
    "blocked",
    "collection_stop",
    "paused_until",
    "penalties",
    "comment",
    "last_contact_on",
    "collector_at",
    "scenario_at",
)
_MAY_BE_NULL = ("collector_origin", "collector_by", "scenario", "scenario_origin", "scenario_by")


class SqlCustomerFile:
    """One tenant's customers as people look at them."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def lines(self, question: CustomerQuestion) -> list[CustomerLine]:
        """One page of the list."""
        return self.page(question)[0]

    def page(self, question: CustomerQuestion) -> tuple[list[CustomerLine], int]:
        """One page of the list, and the count of the whole answer."""
        return customer_page(self._connection, self._tenant, question)

    def count(self, question: CustomerQuestion) -> int:
        """Customers of the whole answer."""
        return count_customers(self._connection, self._tenant, question)

    def card_of(self, customer: CustomerId) -> CustomerCard:
        """The own data of the customer of this number; raises NotFound."""
        return _one(self._connection.execute(self._cards().where(customers.c.customer_id == customer)).all())

    def card(self, code: str, own: UserId | None, reading: bool = False) -> CustomerCard:
        """The customer's own data; raises NotFound, and Conflict where the code has several customers."""
        query = self._cards().where(named(self._connection, self._tenant, code))
        if own is not None:
            query = query.where(readable_by(own) if reading else theirs(own))
        return _one(self._connection.execute(query.limit(2)).all())

    def _cards(self) -> Select[Any]:
        return (
            select(
                customers.c.customer_id,
                customers.c.entity_id,
                customers.c.collector_id,
                func.coalesce(users.c.name, "").label("collector_name"),
                func.coalesce(users.c.active, False).label("collector_active"),
                *(customers.c[name] for name in _PLAIN),
                *(func.coalesce(customers.c[name], "").label(name) for name in _MAY_BE_NULL),
            )
            .select_from(
                customers.outerjoin(
                    users, and_(users.c.tenant_id == self._tenant, users.c.user_id == customers.c.collector_id)
                )
            )
            .where(customers.c.tenant_id == self._tenant)
            .order_by(customers.c.customer_id)
        )

    def open_items(self, customer: CustomerId) -> list[Item]:
        """All open items, the oldest due first."""
        query = select(*ITEM_COLUMNS).where(*self._items_of(customer), items.c.open_amount != 0)
        return [item_of(row) for row in self._connection.execute(query.order_by(items.c.due_on, items.c.number))]

    def settled_items(self, customer: CustomerId, since: date, limit: int) -> list[Item]:
        """Items settled since a day, the latest first."""
        settled = (items.c.open_amount == 0, items.c.settled_on >= since)
        query = select(*ITEM_COLUMNS).where(*self._items_of(customer), *settled)
        query = query.order_by(items.c.settled_on.desc(), items.c.number).limit(limit)
        return [item_of(row) for row in self._connection.execute(query)]

    def hold_comments(self, customer: CustomerId) -> dict[int, str]:
        """What was said at each live hold."""
        query = select(holds.c.item_id, holds.c.comment).where(
            holds.c.tenant_id == self._tenant, holds.c.customer_id == customer, holds.c.released_at.is_(None)
        )
        return {row.item_id: row.comment for row in self._connection.execute(query.order_by(holds.c.hold_id))}

    def timeline(self, customer: CustomerId, limit: int) -> list[TimelineEntry]:
        """The latest first."""
        query = (
            select(timeline.c.entry_id, timeline.c.at, timeline.c.kind, timeline.c.author, timeline.c.action_id)
            .add_columns(timeline.c.detail)
            .where(timeline.c.tenant_id == self._tenant, timeline.c.customer_id == customer)
            .order_by(timeline.c.at.desc(), timeline.c.entry_id.desc())
            .limit(limit)
        )
        rows = self._connection.execute(query)
        return [
            TimelineEntry(entry=entry, at=at, kind=kind, author=author, action=action, detail=detail or {})
            for entry, at, kind, author, action, detail in rows
        ]

    def moves(self, customer: CustomerId, limit: int) -> list[TimelineEntry]:
        """What imports brought and settled, the latest first."""
        return account_moves(self._connection, self._tenant, customer, limit)

    def waiting_actions(self, customer: CustomerId) -> list[WaitingAction]:
        """Open actions and those that block the next, the earliest first."""
        names = (
            "fence",
            "kind",
            "step",
            "step_number",
            "steps",
            "state",
            "reason",
            "due_on",
            "not_before",
            "amount",
            "currency",
        )
        of_persons = (actions.c.brief, actions.c.specific_id)
        query = select(
            actions.c.action_id, actions.c.item_ids, *of_persons, *(actions.c[name] for name in names)
        ).where(
            actions.c.tenant_id == self._tenant,
            actions.c.customer_id == customer,
            actions.c.state.in_((*OPEN_STATES, *BLOCKING_STATES)),
        )
        rows = self._connection.execute(query.order_by(actions.c.due_on, actions.c.action_id))
        return [
            WaitingAction(
                action=number,
                items=len(listed),
                title=(brief or {}).get("title", ""),
                specific=specific is not None,
                **dict(zip(names, rest, strict=True)),
            )
            for number, listed, brief, specific, *rest in rows
        ]

    def assign(
        self, customer: CustomerId, field: Literal["collector", "scenario"], value: Any, by: str, at: datetime
    ) -> None:
        """Keep what a person chose."""
        column = "collector_id" if field == "collector" else "scenario"
        values = {column: value, f"{field}_origin": "person", f"{field}_by": by, f"{field}_at": at}
        place = (customers.c.tenant_id == self._tenant, customers.c.customer_id == customer)
        self._connection.execute(update(customers).where(*place).values(values))

    def add_note(
        self, entry: int, customer: CustomerId, at: datetime, kind: str, author: str, detail: dict[str, Any]
    ) -> None:
        """Append to the timeline."""
        keys = {"tenant_id": self._tenant, "entry_id": entry, "customer_id": customer, "action_id": None}
        self._connection.execute(insert(timeline), keys | {"at": at, "kind": kind, "author": author, "detail": detail})

    def note(self, customer: CustomerId, entry: int, author: str) -> str | None:
        """The text of a note that this author wrote."""
        query = select(timeline.c.detail).where(*self._note(customer, entry), timeline.c.author == author)
        detail = self._connection.execute(query).scalar()
        return None if detail is None else str(detail.get("text", ""))

    def change_note(self, customer: CustomerId, entry: int, text: str | None) -> None:
        """Give a note another text, or take it away."""
        if text is None:
            self._connection.execute(delete(timeline).where(*self._note(customer, entry)))
            return
        self._connection.execute(update(timeline).where(*self._note(customer, entry)).values(detail={"text": text}))

    def _note(self, customer: CustomerId, entry: int) -> tuple[Any, ...]:
        place = (timeline.c.tenant_id == self._tenant, timeline.c.customer_id == customer)
        return (*place, timeline.c.entry_id == entry, timeline.c.kind == "note")

    def _items_of(self, customer: CustomerId) -> tuple[Any, ...]:
        return (items.c.tenant_id == self._tenant, items.c.customer_id == customer)


def _one(rows: Sequence[Any]) -> CustomerCard:
    if not rows:
        raise NotFound("no such customer")
    if len(rows) > 1:
        code = rows[0].code
        raise Conflict(f"several entities have a customer {code!r}: name one with its entity, like FR02:{code}")
    fields = dict(rows[0]._mapping)
    for name in ("customer", "collector", "entity"):
        fields[name] = fields.pop(f"{name}_id")
    return CustomerCard(**fields)
