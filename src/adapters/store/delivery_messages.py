"""Messages as frozen and as sent, attempts, and the traces that a sent message leaves on items and accounts."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from operator import attrgetter
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, func, or_, select, tuple_, update

from relance.adapters.store.among import among
from relance.adapters.store.appending import append, run_each
from relance.adapters.store.message_documents import (
    KEY,
    WITH_DOCUMENTS,
    forget_unsent,
    keep_documents,
    with_documents,
    without_documents,
)
from relance.adapters.store.tables.collection import actions, attempts, listed_items, message_documents, messages
from relance.adapters.store.tables.customers import customers
from relance.adapters.store.tables.ledger import items
from relance.adapters.store.tables.qualification import timeline
from relance.adapters.store.tenancy import SqlTenancy
from relance.adapters.store.upsert import upsert
from relance.core.kernel.identifiers import ActionId, CustomerId, TenantId
from relance.ports.store.delivery import Attempt, Entry, FrozenMessage, Handed, Listed

_HANDED = (
    update(messages)
    .where(
        messages.c.tenant_id == bindparam("of_tenant"),
        messages.c.action_id == bindparam("of"),
        messages.c.generation == bindparam("gen"),
    )
    .values(sent_raw=bindparam("sent"), relay_reply=bindparam("said"), tracking=bindparam("track"))
)
_PRICED = (
    update(messages)
    .where(
        messages.c.tenant_id == bindparam("of_tenant"),
        messages.c.action_id == bindparam("of"),
        messages.c.generation == bindparam("gen"),
    )
    .values(cost=bindparam("price"))
)
_CONTACTED = (
    update(customers)
    .where(
        customers.c.tenant_id == bindparam("of_tenant"),
        among(customers.c.customer_id, "these"),
        or_(customers.c.last_contact_on.is_(None), customers.c.last_contact_on < bindparam("day")),
    )
    .values(last_contact_on=bindparam("day"))
)
_MOVED = (
    update(items)
    .where(
        items.c.tenant_id == bindparam("of_tenant"),
        among(items.c.item_id, "these"),
        items.c.step_done < bindparam("step"),
    )
    .values(step_done=bindparam("step"), step_on=bindparam("day"))
)
_THREADS = (
    select(actions.c.customer_id, actions.c.message_id)
    .where(
        actions.c.tenant_id == bindparam("tenant"),
        among(actions.c.customer_id, "these"),
        actions.c.kind == "email",
        actions.c.state == "sent",
    )
    .order_by(actions.c.sent_at, actions.c.action_id)
)
"""Built once: building a statement costs as much as running it."""
_LISTED = ("tenant_id", "action_id", "item_id", "open_amount", "step_number")
_ATTEMPTED = ("action", "number", "generation", "at", "outcome", "detail")
_NOTED = ("customer", "action", "at", "kind", "author", "detail")
_ATTEMPT, _ENTRY = attrgetter(*_ATTEMPTED), attrgetter(*_NOTED)
_THREAD = 8


class Messages:
    """Keeps what was said, and to whom, for ever."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def freeze(self, frozen: Sequence[FrozenMessage], at: datetime) -> None:
        """Keep messages; one that was kept before for the same generation is replaced."""
        rows = [
            {
                "tenant_id": self._tenant,
                "action_id": one.action,
                "generation": one.generation,
                "channel": one.channel,
                "message_id": one.message.message_id,
                "frozen_at": at,
                "content": _content(one),
                "content_hash": one.content_hash,
                "sent_raw": None,
                "relay_reply": None,
                "tracking": "",
                "cost": "",
            }
            for one in frozen
        ]
        if rows:
            run_each(self._connection, upsert(self._connection, messages, KEY), rows)
            keep_documents(self._connection, self._tenant, frozen)

    def frozen(self, keys: Collection[tuple[ActionId, int]]) -> dict[tuple[ActionId, int], FrozenMessage]:
        """Kept messages by action and generation."""
        query = select(
            messages.c.action_id,
            messages.c.generation,
            messages.c.channel,
            messages.c.content,
            messages.c.content_hash,
            message_documents.c.content.label("documents"),
        )
        query = query.select_from(WITH_DOCUMENTS).where(
            messages.c.tenant_id == self._tenant,
            tuple_(messages.c.action_id, messages.c.generation).in_(list(keys)),
        )
        return {(row[0], row[1]): frozen_of(row) for row in self._connection.execute(query)}

    def thaw(self, ids: Collection[ActionId]) -> None:
        """Forget kept messages that never left."""
        if ids:
            forget_unsent(self._connection, self._tenant, ", ".join(str(int(one)) for one in ids))

    def attempted(self, made: Sequence[Attempt]) -> None:
        """Remember attempts; the key refuses a number used twice."""
        rows = [(self._tenant, *_ATTEMPT(one)) for one in made]
        append(self._connection, attempts, ("tenant_id", "action_id", *_ATTEMPTED[1:]), rows)

    def doubted_at(self, action: ActionId, generation: int) -> datetime | None:
        """When a generation of an action was last tried without a clear answer."""
        query = select(func.max(attempts.c.at)).where(
            attempts.c.tenant_id == self._tenant,
            attempts.c.action_id == action,
            attempts.c.generation == generation,
            attempts.c.outcome == "unknown",
        )
        found: datetime | None = self._connection.execute(query).scalar()
        return found

    def handed(self, sent: Sequence[Handed]) -> None:
        """Keep what was really sent."""
        given = {"of_tenant": self._tenant}
        rows = [
            given | {"of": one.action, "gen": one.generation, "sent": one.raw, "said": one.reply, "track": one.tracking}
            for one in sent
        ]
        if rows:
            run_each(self._connection, _HANDED, rows)

    def priced(self, costs: Mapping[tuple[ActionId, int], str]) -> None:
        """Keep what messages cost."""
        given = {"of_tenant": self._tenant}
        rows = [given | {"of": action, "gen": number, "price": cost} for (action, number), cost in costs.items()]
        if rows:
            self._connection.execute(_PRICED, rows)

    def listed(self, sent: Sequence[Listed], on: date) -> None:
        """Remember what sent actions listed and move the items' steps."""
        rows = [(self._tenant, one.action, item, amount, one.step_number) for one in sent for item, amount in one.items]
        append(self._connection, listed_items, _LISTED, rows)
        moved: dict[int, list[int]] = defaultdict(list)
        for one in sent:
            for item, step in one.steps.items():
                moved[step].append(item)
        for step, there in sorted(moved.items()):
            given = {"of_tenant": self._tenant, "these": there, "step": step, "day": on}
            self._connection.execute(_MOVED, given)

    def contacted(self, accounts: Collection[CustomerId], on: date) -> None:
        """An outgoing message went to these accounts."""
        self._connection.execute(_CONTACTED, {"of_tenant": self._tenant, "these": list(accounts), "day": on})

    def threads(self, accounts: Collection[CustomerId]) -> dict[CustomerId, tuple[str, ...]]:
        """Message-IDs of the last emails to these accounts, the oldest first."""
        found: dict[CustomerId, list[str]] = defaultdict(list)
        given = {"tenant": self._tenant, "these": list(accounts)}
        for customer, name in self._connection.execute(_THREADS, given):
            found[CustomerId(customer)].append(name)
        return {customer: tuple(names[-_THREAD:]) for customer, names in found.items()}

    def note(self, entries: Sequence[Entry]) -> None:
        """Append to timelines."""
        if not entries:
            return
        first = SqlTenancy(self._connection, self._tenant).next_numbers("timeline", len(entries))
        rows = [(self._tenant, first + at, *_ENTRY(one)) for at, one in enumerate(entries)]
        append(self._connection, timeline, ("tenant_id", "entry_id", "customer_id", "action_id", *_NOTED[2:]), rows)


def _content(one: FrozenMessage) -> dict[str, Any]:
    said: dict[str, Any] = {"message": without_documents(one.message), "items": one.items}
    return said | ({"left_out": one.left_out} if one.left_out else {})


def frozen_of(row: Any) -> FrozenMessage:
    """A kept message: its action, generation, channel, content, hash and documents, in this order."""
    action, generation, channel, content, content_hash, documents = row
    fields = {"action": action, "generation": generation, "channel": channel, "content_hash": content_hash}
    kept = msgspec.convert(fields | content, FrozenMessage)
    return msgspec.structs.replace(kept, message=with_documents(kept.message, documents))
