"""Show the scenarios."""

import msgspec

from relance.core.collection.scenarios import Scenario
from relance.core.collection.templates import Template
from relance.core.tenancy.users import Actor, require_right
from relance.ports.work import Work


class ScenariosShown(msgspec.Struct, frozen=True, kw_only=True):
    """All scenarios, the texts of their steps by template code, and the default's code."""

    scenarios: list[Scenario]
    templates: dict[str, list[Template]]
    default: str


class ShowScenarios:
    """Which step follows which, how it goes out, and what it says."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, actor: Actor) -> ScenariosShown:
        """The scenarios; raises NotAllowed."""
        require_right(actor, "scenarios")
        with self._work.reading(actor.tenant) as unit:
            scenarios = unit.collection.scenarios()
            codes = {step.template for scenario in scenarios for step in scenario.steps}
            templates = {code: unit.collection.templates(code) for code in sorted(codes)}
            default = unit.tenancy.settings().text("scenario")
        return ScenariosShown(scenarios=scenarios, templates=templates, default=default)
