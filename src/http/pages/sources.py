"""Sources: where imports are fetched from, when, and what became of it."""

import msgspec
from litestar import Response
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, SkipValidation

from relance.core.intake.schedule import Schedule
from relance.core.intake.sources import UPLOAD, SourceBusy, SourcePlan
from relance.core.kernel.errors import NotFound, RelanceError
from relance.core.kernel.identifiers import SourceId
from relance.http.access import deed, page
from relance.http.addresses import query
from relance.http.dependencies import Fields
from relance.http.i18n.speech import gettext
from relance.http.pages.source_forms import EVERY_NIGHT, common, form_values, list_values, plan_of, secret_of
from relance.http.templating import Show
from relance.ports.background import Background
from relance.ports.fetchers import Fetchers
from relance.usecases.intake.errands import source_key
from relance.usecases.intake.fetch_source import SourceToFetch
from relance.usecases.intake.list_sources import ListSources
from relance.usecases.intake.remove_source import RemoveSource
from relance.usecases.intake.save_source import SaveSource, SourceWanted
from relance.usecases.intake.show_source import ShowSource, SourceQuestion
from relance.usecases.intake.start_source import StartSource
from relance.usecases.intake.try_source import SourceTest, SourceTested, TrySource
from relance.usecases.tenancy.resume_session import SignedIn

_SHORT = 0.8
"""Most places answer within so many seconds: nobody need see it run."""


class SourceDesk:
    """What the page of one source reads with."""

    def __init__(self, who: SignedIn, show: Show, sources: ListSources, one: ShowSource, fetchers: Fetchers) -> None:
        self.who, self._show, self._fetchers = who, show, fetchers
        self._list, self._one = sources, one

    def name(self, number: int) -> str:
        """The name of a source that was set up; raises NotFound."""
        known = {state.source: state.plan.name for state in self._list(self.who.actor) if state.set_up}
        if number not in known:
            raise NotFound("no such source")
        return known[SourceId(number)]

    def plan(self, name: str) -> SourcePlan:
        """How it is fetched."""
        return self._one(SourceQuestion(actor=self.who.actor, name=name)).state.plan

    def runs(self, name: str) -> bool:
        """Whether it is being fetched at the moment."""
        last = self._one(SourceQuestion(actor=self.who.actor, name=name)).state.last_run
        return last is not None and last.state == "running"

    def page(
        self, name: str, tested: SourceTested | None = None, problem: str = "", typed: SourcePlan | None = None
    ) -> Response[str]:
        """Its form, its connection and its attempts."""
        shown = self._one(SourceQuestion(actor=self.who.actor, name=name))
        values = form_values(typed or shown.state.plan, self._fetchers, shown, tested, problem)
        return self._show("sources/form.html", status=422 if problem else 200, **values)

    def go(self, number: int, done: str) -> Response[str]:
        """Back to its page with a word."""
        return self._show.go(f"/t/{self.who.tenant.code}/sources/{number}?done={done}")


def _desk(
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    list_sources: NamedDependency[ListSources],
    show_source: NamedDependency[ShowSource],
    fetchers: NamedDependency[SkipValidation[Fetchers]],
) -> SourceDesk:
    return SourceDesk(who, show, list_sources, show_source, fetchers)


_DESK = {"desk": Provide(_desk, sync_to_thread=False)}


@page("/sources", needs="import")
def sources(
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    list_sources: NamedDependency[ListSources],
    fetchers: NamedDependency[SkipValidation[Fetchers]],
) -> Response[str]:
    """Every source with its next and its last attempt."""
    return show("sources/list.html", problem="", **list_values(list_sources(who.actor), fetchers))


@page("/sources/new", needs="import")
def new(show: NamedDependency[Show], fetchers: NamedDependency[SkipValidation[Fetchers]]) -> Response[str]:
    """First how it is fetched, then the rest."""
    way = show.request.query_params.get("way", "")
    if not way:
        name = show.request.query_params.get("name", "")[:60]
        return show("sources/choose.html", fetchers=fetchers.all(), name=name, query=query, **common(fetchers.all()))
    name = show.request.query_params.get("name", "")[:60]
    plan = SourcePlan(name=name, way=way, schedule=Schedule() if way == UPLOAD else EVERY_NIGHT)
    return show("sources/form.html", **form_values(plan, fetchers))


@deed("/sources/new", needs="import")
def add(
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    save_source: NamedDependency[SaveSource],
    fetchers: NamedDependency[SkipValidation[Fetchers]],
) -> Response[str]:
    """Keep it, and on to the test of its connection."""
    plan = SourcePlan(name=fields.text("name"), way=fields.text("way"))
    try:
        plan = plan_of(fields, plan)
        state = save_source(SourceWanted(actor=who.actor, plan=plan, secret=secret_of(fields), new=True))
    except RelanceError as refused:  # the form keeps what was typed
        return show("sources/form.html", status=422, **form_values(plan, fetchers, problem=refused.detail))
    return show.go(f"/t/{who.tenant.code}/sources/{state.source}?done=saved")


@page("/sources/{number:int}", needs="import", dependencies=_DESK)
def source_page(number: FromPath[int], desk: NamedDependency[SourceDesk]) -> Response[str]:
    """Its form, its connection and its attempts."""
    return desk.page(desk.name(number))


@deed("/sources/{number:int}", needs="import", dependencies=_DESK)
def save(
    number: FromPath[int],
    fields: NamedDependency[Fields],
    desk: NamedDependency[SourceDesk],
    save_source: NamedDependency[SaveSource],
) -> Response[str]:
    """Keep what was changed; without a new secret the kept one stays."""
    name = desk.name(number)
    plan = desk.plan(name)
    try:
        plan = msgspec.structs.replace(plan_of(fields, plan), name=name)
        save_source(SourceWanted(actor=desk.who.actor, plan=plan, secret=secret_of(fields)))
    except RelanceError as refused:  # the form keeps what was typed
        return desk.page(name, problem=refused.detail, typed=plan)
    return desk.go(number, "saved")


@deed("/sources/{number:int}/test", needs="import", dependencies=_DESK)
def try_connection(
    number: FromPath[int],
    fields: NamedDependency[Fields],
    desk: NamedDependency[SourceDesk],
    try_source: NamedDependency[TrySource],
) -> Response[str]:
    """Connect and list; with a fingerprint, accept the key that has it."""
    name = desk.name(number)
    tested = try_source(SourceTest(actor=desk.who.actor, name=name, trust=fields.text("trust")))
    return desk.page(name, tested)


@deed("/sources/{number:int}/run", needs="import", dependencies=_DESK)
def run(
    number: FromPath[int],
    fields: NamedDependency[Fields],
    desk: NamedDependency[SourceDesk],
    start_source: NamedDependency[StartSource],
    background: NamedDependency[SkipValidation[Background]],
) -> Response[str]:
    """Fetch now, beside this request; its page shows how it goes and what came of it."""
    name, override = desk.name(number), fields.text("override") == "on"
    wanted = SourceToFetch(actor=desk.who.actor, name=name, override_guard=override)
    try:
        start_source(wanted)
    except SourceBusy:
        return desk.page(name, problem=gettext("It is being fetched at the moment: its attempt stands below."))
    except RelanceError as refused:  # a right is missing, or it is fed by hand
        return desk.page(name, problem=refused.detail)
    background.wait(desk.who.actor.tenant, source_key(name), _SHORT)
    return desk.go(number, "fetching" if desk.runs(name) else "fetched")


@deed("/sources/{number:int}/remove", needs="import", dependencies=_DESK)
def remove(
    number: FromPath[int],
    show: NamedDependency[Show],
    desk: NamedDependency[SourceDesk],
    remove_source: NamedDependency[RemoveSource],
) -> Response[str]:
    """Stop fetching it."""
    remove_source(SourceQuestion(actor=desk.who.actor, name=desk.name(number)))
    return show.go(f"/t/{desk.who.tenant.code}/sources?done=saved")


HANDLERS = [sources, new, add, source_page, save, try_connection, run, remove]
