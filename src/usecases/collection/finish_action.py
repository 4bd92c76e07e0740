"""A call was made, or a task was done."""

import msgspec

from relance.core.collection.kinds import is_message
from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import ActionId
from relance.core.tenancy.users import Actor, require_right
from relance.ports.calendars import Calendars
from relance.ports.clock import Clock
from relance.ports.work import Work
from relance.usecases.collection.closing import LONGEST_REASON, Closed, Closing


class Finished(msgspec.Struct, frozen=True, kw_only=True):
    """Which calls or tasks, and what came of them."""

    actor: Actor
    actions: tuple[ActionId, ...]
    comment: str = ""


class FinishAction:
    """The step counts as done today; a conversation or a letter delays the next automatic message (D7, D9).

    Whoever was given a call or a task may finish it, whatever the role (S3.15).
    """

    def __init__(self, work: Work, clock: Clock, calendars: Calendars) -> None:
        self._work, self._clock, self._calendars = work, clock, calendars

    def __call__(self, request: Finished) -> Closed:
        """All or none; raises BadInput for a message, NotFound, ActionMoved, NotAllowed."""
        if len(request.comment) > LONGEST_REASON:
            raise BadInput(f"a comment has at most {LONGEST_REASON} characters")
        with self._work(request.actor.tenant) as unit:
            closing = Closing(unit, request.actor, self._clock, self._calendars)
            for number in request.actions:
                action = closing.read(number)
                if action.assignee is None or action.assignee != request.actor.user:
                    require_right(request.actor, "qualify")
                if is_message(action.kind):
                    raise BadInput(f"action {number} is a message: it is done when it is sent")
                closing.count_as_done(action)
                closing.end(action, "done", "", action.kind, {"comment": request.comment.strip()})
                unit.collection.contacted(action.customer, closing.today)
        return Closed(len(request.actions))
