"""Unknown messages are looked for where they were handed over; what is found turns them into sent, and nothing else."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

import msgspec

from relance.core.collection.actions import Action
from relance.core.collection.kinds import MESSAGES
from relance.ports.channels import Channel, Message, Report, Searching
from relance.ports.store.reports import MessageReport
from relance.usecases.collection.desk import Desk
from relance.usecases.collection.store_thread import StoreThread

_FIRST, _AGAIN, _LAST = timedelta(minutes=10), timedelta(minutes=30), timedelta(hours=24)
_BATCH = 20


class Doubted(msgspec.Struct, frozen=True):
    """An unknown message; its date is the moment of the attempt."""

    action: Action
    message: Message


async def look_up(desks: StoreThread, channels: Sequence[Channel]) -> None:
    """Ask for the doubts that are old enough; a day later they are a person's alone."""
    able = {
        one.name: one for one in channels if one.name in MESSAGES and isinstance(one, Searching) and not one.ready()
    }
    if not able:
        return
    for doubted in await desks.at_desk(lambda desk: _due(desk, list(able))):
        found = await able[doubted.action.channel].search(doubted.message)
        await desks.at_desk(partial(_keep, doubted=doubted, told=found))


def _due(desk: Desk, kinds: Sequence[str]) -> list[Doubted]:
    actions = desk.unit.delivery.in_state(["unknown"], kinds)
    due = [one for one in actions if one.next_try_at is None or one.next_try_at <= desk.now]
    found = []
    for action in due[:_BATCH]:
        key = (action.action, action.generation)
        tried_at, frozen = desk.unit.delivery.doubted_at(*key), desk.unit.delivery.frozen([key]).get(key)
        if tried_at and frozen and _FIRST <= desk.now - tried_at <= _LAST:
            message = msgspec.structs.replace(frozen.message, date=tried_at)
            found.append(Doubted(action, message))
    return found


def _keep(desk: Desk, doubted: Doubted, told: Report | None) -> None:
    """A find is a report like any other; without one it is looked for again later."""
    action = doubted.action
    if told is not None:
        row = MessageReport(action=action.action, generation=action.generation, at=desk.now, report=told)
        desk.unit.reports.append(row)
        return
    row_now = desk.unit.delivery.locked([action.action]).get(action.action)
    if row_now is not None and row_now.action.state == "unknown" and row_now.action.fence == action.fence:
        desk.unit.delivery.save([msgspec.structs.replace(row_now.action, next_try_at=desk.now + _AGAIN)])
