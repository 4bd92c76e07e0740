"""Actions as rows: the columns, and how a row becomes a Struct."""

from operator import attrgetter
from typing import Any

import msgspec

from relance.adapters.store.tables.collection import actions
from relance.core.collection.actions import Action, Brief

_RENAMED = {
    "action_id": "action",
    "customer_id": "customer",
    "leader_item_id": "leader",
    "item_ids": "items",
    "specific_id": "specific",
    "assignee_id": "assignee",
}
_NOT_IN_STRUCT = {"tenant_id", "worker", "lease_until", "mark"}

ACTION = tuple(column for column in actions.c if column.name not in _NOT_IN_STRUCT)
"""What an Action is read from."""
_ACTION_FIELDS = tuple(_RENAMED.get(column.name, column.name) for column in ACTION)


cells_of = attrgetter(*_ACTION_FIELDS)
"""The cells of an action in the order of `ACTION`."""
_NAMES = tuple(column.name for column in ACTION)


def action_of(row: Any) -> Action:
    """The action of a row of `ACTION` columns."""
    fields = dict(zip(_ACTION_FIELDS, row, strict=True))
    fields["items"], fields["warnings"] = tuple(fields["items"]), tuple(fields["warnings"])
    if fields["brief"] is not None:
        fields["brief"] = msgspec.convert(fields["brief"], Brief)
    return Action(**fields)


def values_of(action: Action) -> dict[str, Any]:
    """The columns of an action, without its tenant."""
    return dict(zip(_NAMES, cells_of(action), strict=True))
