"""Draft an old version of a scenario again."""

import msgspec

from relance.core.collection.designing import Draft, Whole, edited
from relance.core.tenancy.users import Actor, require_right
from relance.ports.clock import Clock
from relance.ports.work import Work
from relance.usecases.scenarios.drafting import draft_of, keep


class RestoreVersion:
    """The draft says what the old version said; it chases again once it is published, as a new version."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock

    def __call__(self, actor: Actor, code: str, version: int) -> Draft:
        """The draft; raises NotFound, NotAllowed."""
        require_right(actor, "scenarios")
        with self._work(actor.tenant) as unit:
            draft = draft_of(unit, code)
            old = unit.scenarios.version(code, version)
            restored = msgspec.structs.replace(draft, scenario=edited(draft.scenario, Whole(old)))
            return keep(unit, restored, actor, self._clock.now(), "restored")
