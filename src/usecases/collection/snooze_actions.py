"""Put actions off: they come back on a day, unchanged."""

from datetime import date

import msgspec

from relance.core.collection.actions import ActionMoved
from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import ActionId
from relance.core.tenancy.users import Actor, require_right
from relance.ports.calendars import Calendars
from relance.ports.clock import Clock
from relance.ports.store.qualification import Note
from relance.ports.work import Work
from relance.usecases.collection.closing import LONGEST_REASON, Closed, Closing

_MAY_WAIT = frozenset({"planned", "to-confirm", "held"})


class Snoozing(msgspec.Struct, frozen=True, kw_only=True):
    """Which actions, until when (None: they are due again), and why."""

    actor: Actor
    actions: tuple[ActionId, ...]
    until: date | None
    reason: str = ""


class SnoozeActions:
    """A step keeps its own day (D8); only the agenda shows it later. What is confirmed must be taken back first."""

    def __init__(self, work: Work, clock: Clock, calendars: Calendars) -> None:
        self._work, self._clock, self._calendars = work, clock, calendars

    def __call__(self, request: Snoozing) -> Closed:
        """All or none; raises BadInput for a day that is over, ActionMoved, NotFound, NotAllowed."""
        require_right(request.actor, "qualify")
        reason = request.reason.strip()
        if len(reason) > LONGEST_REASON:
            raise BadInput(f"a reason has at most {LONGEST_REASON} characters")
        with self._work(request.actor.tenant) as unit:
            closing = Closing(unit, request.actor, self._clock, self._calendars)
            if request.until is not None and request.until <= closing.today:
                raise BadInput(f"name a day after {closing.today.isoformat()}")
            said = {"until": request.until.isoformat() if request.until else "", "comment": reason}
            detail = {name: value for name, value in said.items() if value}
            for number in request.actions:
                action = closing.read(number)
                if action.state not in _MAY_WAIT:
                    raise ActionMoved(f"action {number} is {action.state}")
                unit.specifics.reshape(action, msgspec.structs.replace(action, snoozed_until=request.until))
                kind = "snoozed" if request.until else "unsnoozed"
                line = Note(customer=action.customer, kind=kind, detail=detail, action=number)
                unit.qualification.note([line], request.actor.name, self._clock.now())
                unit.audit.record(request.actor.name, f"action-{kind}", f"action:{number}", said)
        return Closed(len(request.actions))
