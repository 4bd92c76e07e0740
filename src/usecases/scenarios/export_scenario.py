"""Write a scenario as text."""

from relance.core.tenancy.users import Actor, require_right
from relance.ports.scenario_texts import ScenarioTexts
from relance.ports.work import Work
from relance.usecases.scenarios.drafting import begun


class ExportScenario:
    """A text to read, review and import again, here or at another tenant."""

    def __init__(self, work: Work, texts: ScenarioTexts) -> None:
        self._work, self._texts = work, texts

    def __call__(self, actor: Actor, code: str, version: int = 0, draft: bool = False) -> str:
        """What is published, an old version, or the draft where there is one; raises NotFound, NotAllowed."""
        require_right(actor, "scenarios")
        with self._work.reading(actor.tenant) as unit:
            drafted = unit.scenarios.draft(code)
            if version:
                return self._texts.write(unit.scenarios.version(code, version))
            published = any(one.code == code for one in unit.collection.scenarios())
            if drafted and (draft or not published):
                return self._texts.write(drafted.scenario)
            return self._texts.write(begun(unit, code).scenario)
