"""What follows of reports: they may turn `unknown` into sent, never into anything else, and say how a message fared."""

import msgspec

from relance.core.collection.actions import Action
from relance.core.kernel.identifiers import ActionId
from relance.ports.store.delivery import Entry
from relance.ports.store.reports import MessageReport
from relance.usecases.collection.desk import Desk
from relance.usecases.collection.preparing import keep
from relance.usecases.collection.proving import sent_when_tried

REPORTED = "reported"
_BATCH = 200


def fold(desk: Desk) -> None:
    """Draw the conclusions of what was reported since."""
    reports = desk.unit.reports.unfolded(_BATCH)
    if not reports:
        return
    rows = desk.unit.delivery.locked({one.action for one in reports})
    now = {number: row.action for number, row in rows.items()}
    folded = [one for one in reports if _folded(desk, one, now)]
    keep(desk, [after for number, after in now.items() if after != rows[number].action])
    desk.unit.reports.folded([one.report.event for one in folded])


def _folded(desk: Desk, told: MessageReport, now: dict[ActionId, Action]) -> bool:
    """Whether the report is done with. While its message is on its way, the answer to the sending comes first."""
    action = now.get(told.action)
    if action is None:
        return True
    if action.generation == told.generation:
        if action.state == "sending":
            return False
        if action.state == "confirmed" and action.attempts:
            now[told.action] = msgspec.structs.replace(action, state="unknown", reason=REPORTED)
            return False
        if action.state == "unknown":
            now[told.action] = sent_when_tried(desk, action)
            desk.unit.delivery.note([_entry(desk, now[told.action], "message-sent", told)])
    if told.report.cost:
        desk.unit.delivery.priced({(told.action, told.generation): told.report.cost})
    if told.report.status != "on-its-way":
        desk.unit.delivery.note([_entry(desk, action, f"message-{told.report.status}", told)])
    return True


def _entry(desk: Desk, action: Action, kind: str, told: MessageReport) -> Entry:
    said = {"step": action.step, "reason": REPORTED, "said": told.report.detail, "reference": told.report.reference}
    return Entry(
        customer=action.customer, action=action.action, at=told.at, kind=kind, author=action.channel, detail=said
    )
