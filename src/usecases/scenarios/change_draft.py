"""Change the draft of a scenario."""

import msgspec

from relance.core.collection.designing import Draft, Edit, edited
from relance.core.kernel.errors import BadInput
from relance.core.tenancy.users import Actor, require_right
from relance.ports.clock import Clock
from relance.ports.work import Work
from relance.usecases.scenarios.drafting import draft_of, keep


class DraftChange(msgspec.Struct, frozen=True, kw_only=True):
    """One edit; `revision` is the draft that was looked at, None: whatever it is."""

    actor: Actor
    code: str
    edit: Edit
    revision: int | None = None


class ChangeDraft:
    """One edit of a draft, which begins with what is published; faults are kept too, and stop only a publication."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock

    def __call__(self, request: DraftChange) -> Draft:
        """The draft after the edit; raises NotFound, DraftMoved, BadInput, NotAllowed."""
        require_right(request.actor, "scenarios")
        with self._work(request.actor.tenant) as unit:
            draft = draft_of(unit, request.code, request.revision)
            try:
                scenario = edited(draft.scenario, request.edit)
            except IndexError as gone:
                raise BadInput("the draft has no such step") from gone
            if scenario == draft.scenario:
                return draft
            changed = msgspec.structs.replace(draft, scenario=scenario)
            return keep(unit, changed, request.actor, self._clock.now(), "drafted")
