"""End a specific action."""

import msgspec

from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import SpecificId
from relance.core.tenancy.users import Actor, require_right
from relance.ports.calendars import Calendars
from relance.ports.clock import Clock
from relance.ports.work import Work
from relance.usecases.collection.desk import Desk
from relance.usecases.collection.ending import end
from relance.usecases.collection.repeat_specific import SpecificEnded
from relance.usecases.collection.replanning import Planner

LONGEST_OUTCOME = 1000


class SpecificEnd(msgspec.Struct, frozen=True, kw_only=True):
    """Which one, and what came of it."""

    actor: Actor
    specific: SpecificId
    outcome: str = ""


class SpecificOver(msgspec.Struct, frozen=True):
    """How many items went back to their scenario."""

    items: int


class EndSpecific:
    """Its items may be asked for by the scenario again; of a dispute, they count as resolved (B6)."""

    def __init__(self, work: Work, clock: Clock, calendars: Calendars, key: bytes) -> None:
        self._work, self._clock, self._calendars, self._key = work, clock, calendars, key

    def __call__(self, request: SpecificEnd) -> SpecificOver:
        """End it; raises SpecificEnded, ActionMoved while a message leaves, BadInput, NotFound, NotAllowed."""
        require_right(request.actor, "qualify")
        outcome = request.outcome.strip()
        if len(outcome) > LONGEST_OUTCOME:
            raise BadInput(f"an outcome has at most {LONGEST_OUTCOME} characters")
        own = request.actor.user if request.actor.own_only else None
        with self._work(request.actor.tenant) as unit:
            unit.day.lock()
            desk = Desk(unit, self._clock.now(), self._calendars)
            specific = unit.specifics.get(request.specific, own)
            if not specific.live:
                raise SpecificEnded(f"specific action {specific.specific} is over")
            back = end(desk, specific, request.actor.name, outcome)
            unit.qualification.refresh_summaries([specific.customer], desk.today)
            Planner(unit, desk.today, self._calendars, self._key).replan([specific.customer], request.actor.name)
            return SpecificOver(len(back))
