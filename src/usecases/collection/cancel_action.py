"""Cancel an action: it does not count as done, the next day decides the account again."""

import msgspec

from relance.core.kernel.identifiers import ActionId
from relance.core.tenancy.users import Actor, require_right
from relance.ports.calendars import Calendars
from relance.ports.clock import Clock
from relance.ports.work import Work
from relance.usecases.collection.closing import Closed, Closing, checked_reason, still_open


class Cancellation(msgspec.Struct, frozen=True, kw_only=True):
    """Which actions, and why."""

    actor: Actor
    actions: tuple[ActionId, ...]
    reason: str


class CancelAction:
    """A person stops a message before it leaves; the action is `cancelled`, reason `cancelled-by-person`."""

    def __init__(self, work: Work, clock: Clock, calendars: Calendars) -> None:
        self._work, self._clock, self._calendars = work, clock, calendars

    def __call__(self, request: Cancellation) -> Closed:
        """All or none; raises BadInput without a reason, NotFound, ActionMoved, NotAllowed."""
        require_right(request.actor, "confirm")
        why = checked_reason(request.reason)
        with self._work(request.actor.tenant) as unit:
            closing = Closing(unit, request.actor, self._clock, self._calendars)
            for number in request.actions:
                action = still_open(closing.read(number))
                closing.end(action, "cancelled", "cancelled-by-person", "cancelled", {"comment": why})
            unit.delivery.thaw(request.actions)
        return Closed(len(request.actions))
