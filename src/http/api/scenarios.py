"""Scenarios: versions, drafts as text, publishing."""

from datetime import datetime
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from relance.core.collection.comparing import Difference
from relance.core.collection.scenario_checks import Fault
from relance.core.collection.scenarios import InFlight, Scenario
from relance.http.api.access import caller_of, doing, reading, removing
from relance.http.api.once import Once
from relance.ports.store.scenarios import Concerned
from relance.usecases.scenarios.discard_draft import DiscardDraft
from relance.usecases.scenarios.export_scenario import ExportScenario
from relance.usecases.scenarios.import_scenario import ImportScenario
from relance.usecases.scenarios.list_scenarios import ListScenarios, ScenarioLine
from relance.usecases.scenarios.open_scenario import OpenScenario, ScenarioOpened, ScenarioWanted
from relance.usecases.scenarios.publish_scenario import PublicationWanted, PublishScenario
from relance.usecases.scenarios.restore_version import RestoreVersion
from relance.usecases.scenarios.simulate_scenario import Simulated, SimulateScenario, Simulation

AnyRequest = Request[Any, Any, Any]


class ScenarioRow(msgspec.Struct, frozen=True, kw_only=True):
    """A scenario: the version that chases, 0 for none; whether something is drafted; how many accounts follow it."""

    code: str
    name: dict[str, str]
    version: int
    draft: bool
    steps: int
    accounts: int
    is_default: bool

    @classmethod
    def of(cls, line: ScenarioLine) -> "ScenarioRow":
        """The answer of a line."""
        return cls(
            code=line.code,
            name=line.scenario.name,
            version=line.live.version if line.live else 0,
            draft=line.draft is not None,
            steps=len(line.scenario.steps),
            accounts=line.accounts,
            is_default=line.is_default,
        )


class ScenariosAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Every scenario by code."""

    rows: list[ScenarioRow]


class VersionAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One publication; `at` is null for what came with the product."""

    version: int
    at: datetime | None
    author: str
    note: str


class ScenarioAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A scenario as drafted, as published or as an old version; what differs, what is wrong, whom it would reach."""

    scenario: Scenario
    live: int
    draft: int
    versions: list[VersionAnswer]
    differences: list[Difference]
    faults: list[Fault]
    concerned: Concerned

    @classmethod
    def of(cls, opened: ScenarioOpened) -> "ScenarioAnswer":
        """The answer of what was opened."""
        versions = [
            VersionAnswer(version=one.version, at=one.at, author=one.author, note=one.note) for one in opened.versions
        ]
        return cls(
            scenario=opened.shown,
            live=opened.live.version if opened.live else 0,
            draft=opened.draft.revision if opened.draft else 0,
            versions=versions,
            differences=opened.differences,
            faults=opened.faults,
            concerned=opened.concerned,
        )


class ScenarioText(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A scenario as YAML."""

    text: str


class DraftAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What is drafted now, and its revision."""

    code: str
    revision: int


class PublicationAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`revision` is the draft that was looked at; without it the draft as it is."""

    in_flight: InFlight = "keep"
    note: str = ""
    revision: int | None = None


class VersionAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which version."""

    version: int


@reading("/scenarios", "settings", summary="Scenarios, and how many accounts follow each")
def scenarios(request: AnyRequest, list_scenarios: NamedDependency[ListScenarios]) -> ScenariosAnswer:
    """Every scenario."""
    return ScenariosAnswer(rows=[ScenarioRow.of(line) for line in list_scenarios(caller_of(request).actor)])


@reading("/scenarios/{code:str}", "settings", summary="One scenario: its draft, else what is published, or a version")
def scenario(
    request: AnyRequest, code: FromPath[str], open_scenario: NamedDependency[OpenScenario], version: FromQuery[int] = 0
) -> ScenarioAnswer:
    """Its steps, its versions, and what a publication would change."""
    actor = caller_of(request).actor
    return ScenarioAnswer.of(open_scenario(ScenarioWanted(actor=actor, code=code, version=version)))


@reading("/scenarios/{code:str}/text", "settings", summary="A scenario as YAML")
def scenario_text(
    request: AnyRequest,
    code: FromPath[str],
    export_scenario: NamedDependency[ExportScenario],
    version: FromQuery[int] = 0,
) -> ScenarioText:
    """What is published, or a version."""
    return ScenarioText(text=export_scenario(caller_of(request).actor, code, version))


@reading("/scenarios/{code:str}/simulation", "settings", summary="The draft over the coming weeks of today's ledger")
def simulation(
    request: AnyRequest,
    code: FromPath[str],
    simulate_scenario: NamedDependency[SimulateScenario],
    weeks: FromQuery[int] = 4,
    in_flight: FromQuery[InFlight] = "keep",
) -> Simulated:
    """Volumes by day and step, customers that would jump steps, messages per customer; beside what is published."""
    actor = caller_of(request).actor
    return simulate_scenario(Simulation(actor=actor, code=code, weeks=weeks, in_flight=in_flight))


@doing("/scenarios/import", "settings", summary="Read a scenario from YAML into its draft")
def import_scenario(
    request: AnyRequest,
    data: JSONBody[ScenarioText],
    import_scenario: NamedDependency[ImportScenario],
    once: NamedDependency[Once],
) -> Response[bytes]:
    """Nothing is published."""

    def keep() -> DraftAnswer:
        draft = import_scenario(caller_of(request).actor, data.text)
        return DraftAnswer(code=draft.scenario.code, revision=draft.revision)

    return once(request, msgspec.json.encode(data), keep)


@doing("/scenarios/{code:str}/publish", "settings", summary="Publish the draft")
def publish_scenario(
    request: AnyRequest,
    code: FromPath[str],
    data: JSONBody[PublicationAsked],
    publish_scenario: NamedDependency[PublishScenario],
    once: NamedDependency[Once],
) -> Response[bytes]:
    """The version, how many accounts follow it, and how many waiting actions were withdrawn."""
    wanted = PublicationWanted(
        actor=caller_of(request).actor,
        code=code,
        in_flight=data.in_flight,
        note=data.note,
        revision=data.revision,
    )
    return once(request, msgspec.json.encode(data), lambda: publish_scenario(wanted))


@doing("/scenarios/{code:str}/restore", "settings", summary="Draft an old version again")
def restore_version(
    request: AnyRequest,
    code: FromPath[str],
    data: JSONBody[VersionAsked],
    restore_version: NamedDependency[RestoreVersion],
    once: NamedDependency[Once],
) -> Response[bytes]:
    """It chases again once it is published, as a new version."""

    def draft() -> DraftAnswer:
        kept = restore_version(caller_of(request).actor, code, data.version)
        return DraftAnswer(code=code, revision=kept.revision)

    return once(request, msgspec.json.encode(data), draft)


@removing("/scenarios/{code:str}/draft", "settings", summary="Forget the draft")
def discard_draft(request: AnyRequest, code: FromPath[str], discard_draft: NamedDependency[DiscardDraft]) -> None:
    """What is published stays."""
    discard_draft(caller_of(request).actor, code)


HANDLERS = [
    scenarios,
    scenario,
    scenario_text,
    simulation,
    import_scenario,
    publish_scenario,
    restore_version,
    discard_draft,
]
