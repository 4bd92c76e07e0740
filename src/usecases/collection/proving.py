"""What follows when it turns out that a message of which nobody could tell had left."""

from datetime import date

import msgspec

from relance.core.collection.actions import Action
from relance.ports.store.delivery import Listed
from relance.usecases.collection.desk import Desk
from relance.usecases.collection.settling import moved_steps


def sent_when_tried(desk: Desk, action: Action) -> Action:
    """It left when it was tried: distances and delays count from there, not from the day of the answer (D8, D9)."""
    sent_at = desk.unit.delivery.doubted_at(action.action, action.generation) or desk.now
    sent_on = sent_at.astimezone(desk.zone).date()
    _remember(desk, action, sent_on)
    return msgspec.structs.replace(action, state="sent", reason="", sent_at=sent_at, done_on=sent_on)


def _remember(desk: Desk, action: Action, sent_on: date) -> None:
    """What a sent message does to its items and account (D7, D9)."""
    frozen = desk.unit.delivery.frozen([(action.action, action.generation)]).get((action.action, action.generation))
    if frozen is None:
        return
    said = dict(frozen.items)
    dossier = desk.unit.delivery.dossiers([action.customer], desk.today)[action.customer]
    there = [item for item in dossier.items if item.item in said]
    now_under = desk.unit.collection.scenarios_of([action.customer])[action.customer]
    steps = moved_steps(desk, action, there, sent_on, now_under)
    listed = Listed(action=action.action, step_number=action.step_number, items=frozen.items, steps=steps)
    desk.unit.delivery.listed([listed], sent_on)
    desk.unit.delivery.contacted([action.customer], sent_on)
