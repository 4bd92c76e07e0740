"""What single accounts would get on a day, as a person reads it: to whom, from whom, about what, and why."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import msgspec

from relance.core.collection.actions import Action, State
from relance.core.collection.kinds import is_message
from relance.core.collection.planning import new_action
from relance.core.kernel.identifiers import ActionId, CustomerId
from relance.core.kernel.money import sums_text
from relance.usecases.collection.deciding import Creation
from relance.usecases.collection.desk import Desk
from relance.usecases.collection.drafting import Look, look, mentions


class Foreseen(msgspec.Struct, frozen=True, kw_only=True):
    """One account on that day. Without a `step` nothing is planned for it; `reason` says why, or why it asks.

    `action` is the number of an action that is there already. `holds` would keep a message here (A16).
    """

    customer: str
    name: str
    action: ActionId | None = None
    step: str = ""
    kind: str = ""
    state: State | None = None
    due_on: date | None = None
    reason: str = ""
    warnings: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    sender: str = ""
    items: tuple[str, ...] = ()
    amounts: dict[str, str] = {}


def planned_rows(desk: Desk, created: Sequence[Creation], on: date) -> list[Foreseen]:
    """Actions that the day would create."""
    actions = [new_action(ActionId(0), one.customer, one.plan, one.listed, on, "") for one in created]
    return action_rows(desk, actions)


def action_rows(desk: Desk, actions: Sequence[Action]) -> list[Foreseen]:
    """Actions that are there, or would be, each with what its message would say and to whom."""
    dossiers = desk.unit.delivery.dossiers([action.customer for action in actions], desk.today)
    before = mentions(desk, actions)
    rows = []
    for action in actions:
        dossier = dossiers[action.customer]
        seen = look(desk, action, dossier, before)
        listed = seen.listed.items
        rows.append(
            Foreseen(
                customer=dossier.code,
                name=dossier.name,
                action=action.action or None,
                step=action.step,
                kind=action.kind,
                state=action.state,
                due_on=action.due_on,
                reason=seen.listed.reason or action.reason,
                warnings=tuple(dict.fromkeys((*action.warnings, *seen.warnings))),
                items=tuple(item.number for item in listed),
                amounts=sums_text(seen.listed.amounts),
                **(_message(seen) if is_message(action.kind) else {}),
            )
        )
    return rows


def other_rows(desk: Desk, customers: Collection[CustomerId], reason: str) -> list[Foreseen]:
    """Accounts for which the day does nothing, with the reason."""
    found = desk.unit.delivery.dossiers(list(customers), desk.today)
    return [Foreseen(customer=one.code, name=one.name, reason=reason) for one in found.values()]


def _message(seen: Look) -> dict[str, Any]:
    return {
        "holds": seen.holds,
        "to": tuple(one.at for one in seen.to),
        "cc": tuple(box.email for box in seen.cc),
        "sender": seen.sender.address.email if seen.sender else "",
    }
