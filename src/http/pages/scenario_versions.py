"""What becomes of a draft: taken back, discarded, published; and old versions."""

from litestar import Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from relance.core.collection.scenarios import InFlight
from relance.core.kernel.errors import BadInput, Conflict
from relance.http.access import deed, page
from relance.http.dependencies import Fields
from relance.http.pages import scenario_words
from relance.http.templating import Show
from relance.usecases.scenarios.discard_draft import DiscardDraft
from relance.usecases.scenarios.list_scenarios import ListScenarios
from relance.usecases.scenarios.open_scenario import OpenScenario, ScenarioOpened, ScenarioWanted
from relance.usecases.scenarios.publish_scenario import PublicationWanted, PublishScenario
from relance.usecases.scenarios.restore_version import RestoreVersion
from relance.usecases.scenarios.undo_draft import UndoDraft
from relance.usecases.tenancy.resume_session import SignedIn


@deed("/scenarios/{code:str}/undo", needs="scenarios")
def undo(
    code: FromPath[str],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    undo_draft: NamedDependency[UndoDraft],
) -> Response[str]:
    """The draft as it was one change before."""
    undo_draft(who.actor, code)
    return show.go(f"/t/{who.tenant.code}/scenarios/{code}?done=back")


@deed("/scenarios/{code:str}/discard", needs="scenarios")
def discard(
    code: FromPath[str],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    discard_draft: NamedDependency[DiscardDraft],
    list_scenarios: NamedDependency[ListScenarios],
) -> Response[str]:
    """What is published stays; a scenario that never was is gone."""
    discard_draft(who.actor, code)
    there = any(line.code == code for line in list_scenarios(who.actor))
    return show.go(f"/t/{who.tenant.code}/scenarios" + (f"/{code}" if there else ""))


@deed("/scenarios/{code:str}/restore", needs="scenarios")
def restore(
    code: FromPath[str],
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    restore_version: NamedDependency[RestoreVersion],
) -> Response[str]:
    """The draft says what an old version said."""
    restore_version(who.actor, code, fields.number("version"))
    return show.go(f"/t/{who.tenant.code}/scenarios/{code}?done=saved")


@page("/scenarios/{code:str}/publish", needs="scenarios")
def ask_publication(
    code: FromPath[str],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    open_scenario: NamedDependency[OpenScenario],
) -> Response[str]:
    """What changes, whom it reaches in numbers, and the question whether they keep their place or move."""
    return _asked(show, open_scenario(ScenarioWanted(actor=who.actor, code=code)))


@deed("/scenarios/{code:str}/publish", needs="scenarios")
def publish(
    code: FromPath[str],
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    publish_scenario: NamedDependency[PublishScenario],
    open_scenario: NamedDependency[OpenScenario],
) -> Response[str]:
    """The draft chases from now on."""
    in_flight: InFlight = "move" if fields.text("in_flight") == "move" else "keep"
    wanted = PublicationWanted(
        actor=who.actor,
        code=code,
        in_flight=in_flight,
        revision=fields.number("revision"),
        note=fields.text("note"),
    )
    try:
        publish_scenario(wanted)
    except (BadInput, Conflict) as refused:  # the question is shown again
        return _asked(show, open_scenario(ScenarioWanted(actor=who.actor, code=code)), refused.detail)
    return show.go(f"/t/{who.tenant.code}/scenarios/{code}?done=published")


def _asked(show: Show, opened: ScenarioOpened, problem: str = "") -> Response[str]:
    moves = []
    if opened.live:
        pairs = zip(opened.live.steps, opened.kept, opened.carried, strict=True)
        moves = [(step, _becomes(opened, kept), _becomes(opened, moved)) for step, kept, moved in pairs]
    status = 422 if problem else 200
    return show("scenarios/publish.html", status=status, opened=opened, moves=moves, problem=problem, w=scenario_words)


def _becomes(opened: ScenarioOpened, number: int) -> str:
    """The code of the step that a done one counts as; empty: as none."""
    return opened.shown.step(number).code if 0 < number <= len(opened.shown.steps) else ""


HANDLERS = [undo, discard, restore, ask_publication, publish]
