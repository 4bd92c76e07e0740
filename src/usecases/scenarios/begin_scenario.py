"""Begin a new scenario."""

import msgspec

from relance.core.collection.designing import Draft
from relance.core.collection.scenarios import Scenario
from relance.core.tenancy.users import Actor, require_right
from relance.ports.clock import Clock
from relance.ports.work import Work
from relance.usecases.scenarios.drafting import keep, require_new, required_draft


class NewScenario(msgspec.Struct, frozen=True, kw_only=True):
    """A scenario under a code of its own; `like` names one whose steps it begins with."""

    actor: Actor
    code: str
    name: dict[str, str]
    like: str = ""


class BeginScenario:
    """A draft without steps, or with those of another scenario; nobody is chased by it until it is published."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock

    def __call__(self, request: NewScenario) -> Draft:
        """The draft; raises BadInput, Conflict where the code is taken, NotFound, NotAllowed."""
        require_right(request.actor, "scenarios")
        with self._work(request.actor.tenant) as unit:
            require_new(unit, request.code)
            scenario = Scenario(code=request.code, name=request.name)
            if request.like:
                known = {one.code: one for one in unit.collection.scenarios()}
                like = known.get(request.like) or required_draft(unit, request.like).scenario
                scenario = msgspec.structs.replace(like, code=request.code, name=request.name, version=1)
            draft = Draft(scenario=scenario, based_on=0, revision=0)
            return keep(unit, draft, request.actor, self._clock.now(), "begun")
