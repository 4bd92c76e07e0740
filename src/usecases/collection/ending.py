"""The end of a specific action: what waits of it is cancelled, and its items go back to their scenario (B6)."""

from collections.abc import Sequence

import msgspec

from relance.core.collection.actions import WAITING_STATES, Action, ActionMoved
from relance.core.collection.specifics import SpecificAction
from relance.core.kernel.identifiers import CustomerId, ItemId
from relance.ports.store.qualification import Note
from relance.usecases.collection.desk import Desk

RESOLVED = "resolved"
ENDED = "specific-ended"
AUTHOR = "system"


def end(desk: Desk, specific: SpecificAction, by: str, outcome: str, reason: str = ENDED) -> Sequence[ItemId]:
    """End it in this transaction; raises ActionMoved while a message of it is on its way."""
    _cancel_waiting(desk, desk.unit.specifics.occurrences(specific.specific), reason, by)
    back = desk.unit.specifics.end(specific.specific, desk.now, by, outcome)
    resolved = _resolve(desk, specific, by) if specific.topic == "dispute" else 0
    detail = {"items": len(back), "comment": outcome, "title": specific.title, "resolved": resolved}
    kind = "dispute-resolved" if resolved else ENDED
    line = Note(customer=specific.customer, kind=kind, detail={k: v for k, v in detail.items() if v})
    desk.unit.qualification.note([line], by, desk.now)
    told = {"outcome": outcome, "items": len(back), "reason": reason}
    desk.unit.audit.record(by, ENDED, f"specific:{specific.specific}", told)
    return back


def end_settled(desk: Desk) -> list[CustomerId]:
    """End those whose items are all settled, and cancel what waits of them (S1.16); the accounts concerned."""
    over = desk.unit.specifics.settled()
    for specific in over:
        occurrences = desk.unit.specifics.occurrences(specific.specific)
        if not any(one.state in {"sending", "unknown"} for one in occurrences):
            end(desk, specific, AUTHOR, "", "settled")
    return [one.customer for one in over]


def _cancel_waiting(desk: Desk, occurrences: Sequence[Action], reason: str, by: str) -> None:
    if any(one.state == "sending" for one in occurrences):
        raise ActionMoved("a message of it is leaving right now: wait until it has left")
    waiting = [one for one in occurrences if one.state in WAITING_STATES]
    for action in waiting:
        after = msgspec.structs.replace(action, state="cancelled", reason=reason, not_before=None)
        desk.unit.collection.save_action(action, after)
        desk.unit.audit.record(by, "action-cancelled", f"action:{action.action}", {"reason": reason})
    desk.unit.delivery.thaw([one.action for one in waiting])


def _resolve(desk: Desk, specific: SpecificAction, by: str) -> int:
    """Its disputed items are settled with the customer: the disputes end, and the items may be asked for again."""
    items = desk.unit.qualification.items(specific.items, None)
    disputed = [item.item for item in items if item.hold == "dispute"]
    if disputed:
        desk.unit.qualification.release(disputed, by, desk.now, RESOLVED)
    return len(disputed)
