"""Actions and items as rows: the columns, and how a row becomes a Struct."""

from typing import Any

import msgspec

from relance.adapters.store.tables.collection import actions
from relance.adapters.store.tables.ledger import items
from relance.core.collection.actions import Action
from relance.core.ledger.items import Item

_RENAMED = {"action_id": "action", "customer_id": "customer", "leader_item_id": "leader", "item_ids": "items"}
_NOT_IN_STRUCT = {"tenant_id", "worker", "lease_until", "mark"}

ACTION = tuple(column for column in actions.c if column.name not in _NOT_IN_STRUCT)
"""What an Action is read from."""
_ACTION_FIELDS = tuple(_RENAMED.get(column.name, column.name) for column in ACTION)
ITEM = (
    items.c.item_id,
    items.c.customer_id,
    items.c.type,
    items.c.number,
    items.c.issued_on,
    items.c.due_on,
    items.c.currency,
    items.c.amount,
    items.c.open_amount,
    items.c.order_number,
    items.c.reference,
    items.c.payment_method,
    items.c.hold,
    items.c.hold_until,
    items.c.step_done,
    items.c.step_on,
    items.c.paid_on,
    items.c.settled_on,
)
"""What an Item is read from, in the order of its fields."""
_ITEM_FIELDS = tuple(field.name for field in msgspec.structs.fields(Item))


def action_of(row: Any) -> Action:
    """The action of a row of `ACTION` columns."""
    fields = dict(zip(_ACTION_FIELDS, row, strict=True))
    fields["items"], fields["warnings"] = tuple(fields["items"]), tuple(fields["warnings"])
    return Action(**fields)


def values_of(action: Action) -> dict[str, Any]:
    """The columns of an action, without its tenant."""
    fields = msgspec.structs.asdict(action)
    return {column.name: fields[name] for column, name in zip(ACTION, _ACTION_FIELDS, strict=True)}


def item_of(row: Any) -> Item:
    """The item of a row of `ITEM` columns."""
    return Item(**dict(zip(_ITEM_FIELDS, row, strict=True)))
