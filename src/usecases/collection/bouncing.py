"""What a report of returned mail does: it is kept, marks contacts, and suggests. It never changes `sent` (T20)."""

import msgspec

from relance.core.collection.bounces import REASONS, Bounce
from relance.core.kernel.identifiers import CustomerId
from relance.ports.store.delivery import Entry
from relance.ports.store.suppressions import Suppression
from relance.ports.work import Unit
from relance.usecases.collection.desk import Desk
from relance.usecases.collection.proving import sent_when_tried

AT_ONCE = "at-once"
_BACK = "returned-mail"


def take(desk: Desk, bounce: Bounce) -> bool:
    """Keep a report and what follows from it, in this transaction; False for one that was known."""
    unit = desk.unit
    if not unit.suppressions.bounced(bounce):
        return False
    marked = unit.suppressions.mark(bounce) if bounce.kind in REASONS else []
    prove(desk, bounce)
    told = {"kind": bounce.kind, "status": bounce.status, "source": bounce.source, "generation": bounce.generation}
    unit.audit.record(_BACK, "mail-returned", f"action:{bounce.action}", told)
    _tell(unit, bounce, marked)
    if bounce.kind in REASONS and desk.settings.text("bounce-suppress") == AT_ONCE:
        _suppress(unit, bounce)
    return True


def prove(desk: Desk, bounce: Bounce) -> None:
    """What came back has left: a message of which nobody could tell was sent."""
    row = desk.unit.delivery.locked([bounce.action]).get(bounce.action) if bounce.action else None
    if row is None or row.action.state != "unknown" or row.action.generation != bounce.generation:
        return
    after = sent_when_tried(desk, row.action)
    desk.unit.delivery.save([after])
    desk.unit.audit.record(_BACK, "action-resolved", f"action:{bounce.action}", {"answer": "sent", "reason": _BACK})


def _tell(unit: Unit, bounce: Bounce, marked: list[CustomerId]) -> None:
    """On the timeline of the message's customer, else of those whose address it is."""
    said = " ".join(filter(None, (bounce.status, bounce.said)))
    detail = {"to": bounce.address, "outcome": f"bounce-{bounce.kind}", "comment": said}
    about = [unit.collection.action(bounce.action).customer] if bounce.action else marked
    blank = Entry(
        customer=CustomerId(0),
        action=bounce.action,
        at=bounce.at,
        kind="message-returned",
        author=_BACK,
        detail=detail,
    )
    unit.delivery.note([msgspec.structs.replace(blank, customer=one) for one in about])


def _suppress(unit: Unit, bounce: Bounce) -> None:
    added = Suppression(
        address=bounce.address, reason=REASONS[bounce.kind], note=bounce.said, author=_BACK, since=bounce.at
    )
    if unit.suppressions.add(added):
        unit.audit.record(_BACK, "address-suppressed", "suppressions", {"reason": added.reason})
