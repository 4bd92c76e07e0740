"""Take back a change of many customers."""

import msgspec

from relance.core.kernel.errors import NotFound
from relance.core.tenancy.users import Actor, require_right
from relance.ports.calendars import Calendars
from relance.ports.clock import Clock
from relance.ports.store.collection import ScenarioChange
from relance.ports.work import Work
from relance.usecases.collection.following import follow
from relance.usecases.collection.replanning import Planner


class ChangeToUndo(msgspec.Struct, frozen=True, kw_only=True):
    """The number that the change was kept under."""

    actor: Actor
    change: int


class UndoChanges:
    """What was before comes back wherever nobody has said otherwise since.

    Who sees only their own customers takes back only what they changed themselves (T9).
    """

    def __init__(self, work: Work, clock: Clock, calendars: Calendars, key: bytes) -> None:
        self._work, self._clock, self._calendars, self._key = work, clock, calendars, key

    def __call__(self, request: ChangeToUndo) -> dict[str, int]:
        """How many values of each attribute came back; raises NotFound, Conflict, NotAllowed."""
        actor = request.actor
        require_right(actor, "assign")
        with self._work(actor.tenant) as unit:
            unit.day.lock()
            if actor.own_only and unit.mass_changes.one(request.change).author != actor.name:
                raise NotFound(f"no change {request.change}")
            default = unit.tenancy.settings().text("scenario")
            before = {one.customer: one.after for one in unit.mass_changes.moved(request.change, default)}
            back = unit.mass_changes.undo(request.change, self._clock.now())
            again = unit.collection.scenarios_of(before)
            unit.audit.record(
                actor.name,
                "change-undone",
                f"change:{request.change}",
                {str(name): count for name, count in back.items()},
            )
            today = self._clock.today(unit.tenancy.tenant().timezone)
            moved = [ScenarioChange(customer, code, again[customer]) for customer, code in before.items()]
            follow(unit, moved, actor.name, Planner(unit, today, self._calendars, self._key))
        return {attribute: count for attribute, count in back.items() if count}
