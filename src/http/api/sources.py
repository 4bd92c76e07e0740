"""Sources: set up, test and run from a program; secrets go in and never come out."""

from datetime import datetime
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from relance.core.intake.fields import Kind, Mode
from relance.core.intake.schedule import Schedule
from relance.core.intake.sources import UPLOAD, SourcePlan, SourceRun, SourceState
from relance.core.kernel.errors import BadInput
from relance.http.api.access import caller_of, doing, editing, reading
from relance.http.api.once import Once
from relance.usecases.intake.fetch_source import FetchSource, SourceToFetch
from relance.usecases.intake.list_sources import ListSources
from relance.usecases.intake.save_source import SaveSource, SourceWanted
from relance.usecases.intake.show_source import ShowSource, SourceQuestion
from relance.usecases.intake.try_source import SourceTest, TrySource

AnyRequest = Request[Any, Any, Any]
EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)


class SourceBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A source to set up; times are HH:MM in the tenant's zone, weekdays 0 (Monday) to 6."""

    name: str
    kind: Kind = "items"
    mode: Mode = "stock"
    profile: str = ""
    options: dict[str, str] = {}
    way: str = UPLOAD
    settings: dict[str, str] = {}
    secret: str | None = None
    folder: str = ""
    pattern: str = "*"
    archive_folder: str = ""
    times: tuple[str, ...] = ()
    weekdays: tuple[int, ...] = EVERY_DAY
    enabled: bool = True
    freshness_days: int | None = None
    copy_hosts: str = ""


class SourceChange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What is to change; what is left out stays. Settings are replaced as a whole."""

    kind: Kind | msgspec.UnsetType = msgspec.UNSET
    mode: Mode | msgspec.UnsetType = msgspec.UNSET
    profile: str | msgspec.UnsetType = msgspec.UNSET
    options: dict[str, str] | msgspec.UnsetType = msgspec.UNSET
    way: str | msgspec.UnsetType = msgspec.UNSET
    settings: dict[str, str] | msgspec.UnsetType = msgspec.UNSET
    secret: str | msgspec.UnsetType = msgspec.UNSET
    folder: str | msgspec.UnsetType = msgspec.UNSET
    pattern: str | msgspec.UnsetType = msgspec.UNSET
    archive_folder: str | msgspec.UnsetType = msgspec.UNSET
    times: tuple[str, ...] | msgspec.UnsetType = msgspec.UNSET
    weekdays: tuple[int, ...] | msgspec.UnsetType = msgspec.UNSET
    enabled: bool | msgspec.UnsetType = msgspec.UNSET
    freshness_days: int | msgspec.UnsetType | None = msgspec.UNSET
    copy_hosts: str | msgspec.UnsetType = msgspec.UNSET


class SourceAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A source as it is kept, and what became of it."""

    name: str
    kind: Kind
    mode: Mode
    profile: str
    options: dict[str, str]
    way: str
    settings: dict[str, str]
    has_secret: bool
    fingerprint: str
    folder: str
    pattern: str
    archive_folder: str
    times: tuple[str, ...]
    weekdays: tuple[int, ...]
    enabled: bool
    freshness_days: int | None
    copy_hosts: str
    next_run_at: datetime | None
    last_good_at: datetime | None
    stale: bool
    last_run: SourceRun | None

    @classmethod
    def of(cls, state: SourceState) -> "SourceAnswer":
        """The source as the API says it."""
        plan = msgspec.structs.asdict(state.plan)
        schedule: Schedule = plan.pop("schedule")
        return cls(
            **plan,
            times=schedule.times,
            weekdays=schedule.weekdays,
            next_run_at=state.next_run_at,
            last_good_at=state.last_good_at,
            stale=state.stale,
            last_run=state.last_run,
        )


class SourcesAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Every source by name."""

    rows: list[SourceAnswer]


class RunWanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How to run; `override_guard` imports what the guard would hold."""

    override_guard: bool = False


class TrialWanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How to test; `trust` is the fingerprint of the host's key that a person compared and accepts."""

    trust: str = ""


@reading("/sources", scope="import", summary="Sources with their last and next attempt")
def sources(request: AnyRequest, list_sources: NamedDependency[ListSources]) -> SourcesAnswer:
    """Every source, also those that came to be by an import."""
    return SourcesAnswer(rows=[SourceAnswer.of(state) for state in list_sources(caller_of(request).actor)])


@doing("/sources", "import", summary="Set up a source")
def add_source(
    request: AnyRequest,
    data: JSONBody[SourceBody],
    save_source: NamedDependency[SaveSource],
    once: NamedDependency[Once],
) -> Response[bytes]:
    """The source as it is kept."""
    values = msgspec.structs.asdict(data)
    secret = values.pop("secret")
    schedule = Schedule(values.pop("times"), values.pop("weekdays"))
    plan = SourcePlan(schedule=schedule, **values)
    wanted = SourceWanted(actor=caller_of(request).actor, plan=plan, secret=secret, new=True)
    return once(request, msgspec.json.encode(data), lambda: SourceAnswer.of(save_source(wanted)))


@editing("/sources/{name:str}", "import", summary="Change a source")
def change_source(
    request: AnyRequest,
    name: FromPath[str],
    data: JSONBody[SourceChange],
    show_source: NamedDependency[ShowSource],
    save_source: NamedDependency[SaveSource],
) -> SourceAnswer:
    """The source as it is kept now."""
    actor = caller_of(request).actor
    plan = show_source(SourceQuestion(actor=actor, name=name)).state.plan
    given = {field: value for field, value in msgspec.structs.asdict(data).items() if value is not msgspec.UNSET}
    if not given:
        raise BadInput("name what is to change")
    secret = given.pop("secret", None)
    schedule = Schedule(
        given.pop("times", plan.schedule.times),
        given.pop("weekdays", plan.schedule.weekdays),
    )
    plan = msgspec.structs.replace(plan, schedule=schedule, **given)
    return SourceAnswer.of(save_source(SourceWanted(actor=actor, plan=plan, secret=secret)))


@doing("/sources/{name:str}/test", "import", summary="Connect and list; imports nothing")
def try_source(
    request: AnyRequest,
    name: FromPath[str],
    data: JSONBody[TrialWanted],
    try_source: NamedDependency[TrySource],
    once: NamedDependency[Once],
) -> Response[bytes]:
    """Whether the connection works, and which key the host shows."""
    wanted = SourceTest(actor=caller_of(request).actor, name=name, trust=data.trust)
    return once(request, msgspec.json.encode(data), lambda: try_source(wanted))


@doing("/sources/{name:str}/run", "import", summary="Fetch now, and import what is new")
def run_source(
    request: AnyRequest,
    name: FromPath[str],
    data: JSONBody[RunWanted],
    fetch_source: NamedDependency[FetchSource],
    once: NamedDependency[Once],
) -> Response[bytes]:
    """What the attempt came to."""
    wanted = SourceToFetch(actor=caller_of(request).actor, name=name, override_guard=data.override_guard)
    return once(request, msgspec.json.encode(data), lambda: fetch_source(wanted))


HANDLERS = [sources, add_source, change_source, try_source, run_source]
