"""Skip a step: it counts as done, and the next one waits its distance from today (D7, D8)."""

import msgspec

from relance.core.kernel.identifiers import ActionId
from relance.core.tenancy.users import Actor, require_right
from relance.ports.calendars import Calendars
from relance.ports.clock import Clock
from relance.ports.work import Work
from relance.usecases.collection.closing import Closed, Closing, checked_reason, still_open


class Skipping(msgspec.Struct, frozen=True, kw_only=True):
    """Which actions, and why."""

    actor: Actor
    actions: tuple[ActionId, ...]
    reason: str


class SkipAction:
    """A person leaves a step out, once, and says why; the action is `cancelled`, reason `skipped`."""

    def __init__(self, work: Work, clock: Clock, calendars: Calendars) -> None:
        self._work, self._clock, self._calendars = work, clock, calendars

    def __call__(self, request: Skipping) -> Closed:
        """All or none; raises BadInput without a reason, NotFound, ActionMoved, NotAllowed."""
        require_right(request.actor, "confirm")
        why = checked_reason(request.reason)
        with self._work(request.actor.tenant) as unit:
            closing = Closing(unit, request.actor, self._clock, self._calendars)
            for number in request.actions:
                action = still_open(closing.read(number))
                closing.count_as_done(action)
                closing.end(action, "cancelled", "skipped", "skipped", {"comment": why})
            unit.delivery.thaw(request.actions)
        return Closed(len(request.actions))
