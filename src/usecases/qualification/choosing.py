"""The items that a person means, and what they come to for each customer."""

from collections.abc import Sequence
from typing import Any

from relance.core.kernel.errors import BadInput, Conflict, NotFound
from relance.core.kernel.identifiers import CustomerId, ItemId
from relance.core.ledger.items import Item
from relance.core.tenancy.users import Actor
from relance.ports.work import Unit


def chosen(unit: Unit, actor: Actor, ids: Sequence[ItemId], references: Sequence[str]) -> list[Item]:
    """The open items of these numbers and references, each once; raises BadInput for none, NotFound."""
    if not ids and not references:
        raise BadInput("name at least one item")
    own = actor.user if actor.own_only else None
    found = {item.item: item for item in unit.qualification.items(ids, own)} if ids else {}
    if len(found) != len(set(ids)):
        raise NotFound("no such open item")
    for reference in references:
        named = unit.qualification.items_named(reference, own)
        if not named:
            raise NotFound(f"no open item {reference!r}: write CUSTOMER/NUMBER")
        if len({item.customer for item in named}) > 1:
            raise Conflict(f"{reference!r} names items of several customers: write ENTITY:CUSTOMER/NUMBER")
        found |= {item.item: item for item in named}
    return list(found.values())


def qualified(items: Sequence[Item]) -> list[tuple[CustomerId, dict[str, Any]]]:
    """For each customer, how many items and what they come to by currency."""
    found: dict[CustomerId, dict[str, Any]] = {}
    for item in items:
        what = found.setdefault(item.customer, {"items": 0, "amounts": {}, "numbers": []})
        what["items"] += 1
        what["numbers"].append(item.number)
        what["amounts"][item.currency] = what["amounts"].get(item.currency, 0) + item.open_amount
    return list(found.items())
