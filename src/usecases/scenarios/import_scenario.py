"""Read a scenario from text into its draft."""

import msgspec

from relance.core.collection.designing import Draft, Whole, edited
from relance.core.collection.scenario_checks import is_code
from relance.core.kernel.errors import BadInput
from relance.core.tenancy.users import Actor, require_right
from relance.ports.clock import Clock
from relance.ports.scenario_texts import ScenarioTexts
from relance.ports.work import Work
from relance.usecases.scenarios.drafting import draft_of, keep, live


class ImportScenario:
    """The text becomes the draft of the scenario of its code, new or known; nothing is published."""

    def __init__(self, work: Work, clock: Clock, texts: ScenarioTexts) -> None:
        self._work, self._clock, self._texts = work, clock, texts

    def __call__(self, actor: Actor, text: str) -> Draft:
        """The draft; raises TextUnreadable, BadInput, NotAllowed."""
        require_right(actor, "scenarios")
        read = self._texts.read(text)
        if not is_code(read.code):
            raise BadInput(f"code: {read.code!r} is not 1 to 40 small letters, digits and hyphens")
        with self._work(actor.tenant) as unit:
            known = live(unit, read.code) or unit.scenarios.draft(read.code)
            before = draft_of(unit, read.code) if known else Draft(scenario=read, based_on=0, revision=0)
            draft = msgspec.structs.replace(before, scenario=edited(before.scenario, Whole(read)))
            return keep(unit, draft, actor, self._clock.now(), "imported")
