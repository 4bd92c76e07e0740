"""Open a scenario to look at it or to edit it."""

import msgspec

from relance.core.collection.comparing import Difference, differences
from relance.core.collection.designing import Draft
from relance.core.collection.scenario_checks import Fault, faults
from relance.core.collection.scenarios import Scenario, carried_steps
from relance.core.collection.templates import Template
from relance.core.tenancy.users import Actor, require_right
from relance.ports.store.scenarios import Concerned, Version
from relance.ports.work import Work
from relance.usecases.scenarios.drafting import begun, live


class ScenarioWanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which scenario; `version` 0: the draft, else what is published."""

    actor: Actor
    code: str
    version: int = 0


class ScenarioOpened(msgspec.Struct, frozen=True, kw_only=True):
    """A scenario in the version that was asked for, and everything about the way to the next one.

    `differences` are those between what is published and what is shown. `carried` says for every published step which
    step it becomes, when its place is kept and when it goes by its day.
    """

    shown: Scenario
    live: Scenario | None
    draft: Draft | None
    versions: list[Version]
    differences: list[Difference]
    faults: list[Fault]
    concerned: Concerned
    templates: dict[str, list[str]]
    texts: dict[str, list[Template]]
    """The texts of its steps by template."""
    kept: list[int] = []
    carried: list[int] = []


class OpenScenario:
    """What it says, what differs from what is published, what is wrong with it, and whom it would reach."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, request: ScenarioWanted) -> ScenarioOpened:
        """The scenario; raises NotFound, NotAllowed."""
        require_right(request.actor, "scenarios")
        with self._work.reading(request.actor.tenant) as unit:
            published = live(unit, request.code)
            draft = unit.scenarios.draft(request.code)
            shown = (draft or begun(unit, request.code)).scenario
            if request.version:
                shown = unit.scenarios.version(request.code, request.version)
            templates = unit.scenarios.templates()
            return ScenarioOpened(
                shown=shown,
                live=published,
                draft=draft,
                versions=unit.scenarios.versions(request.code),
                differences=differences(published, shown) if published else [],
                faults=faults(shown, templates, unit.scenarios.short_templates()),
                concerned=unit.scenarios.concerned(request.code),
                templates=templates,
                texts={code: unit.collection.templates(code) for code in sorted({one.template for one in shown.steps})},
                kept=carried_steps(published, shown, "keep") if published else [],
                carried=carried_steps(published, shown) if published else [],
            )
