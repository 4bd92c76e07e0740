"""One scenario: its steps on a line around the due date, its draft, and the way to a new version."""

from typing import Any

import msgspec
from litestar import Response
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from relance.core.collection.designing import Details, StepEdit, StepMove, StepRemoval, free_code
from relance.core.collection.scenario_checks import COPIES
from relance.core.collection.scenarios import Step
from relance.core.kernel.errors import BadInput, Conflict
from relance.http.access import deed, page
from relance.http.aged_bars import step_places
from relance.http.dependencies import Fields
from relance.http.pages import scenario_words
from relance.http.pages.scenario_fields import filled, name_of, step_of, typed
from relance.http.pages.scenario_preview import StepPreview
from relance.http.templating import Show
from relance.usecases.insight.browse_customers import BrowseCustomers
from relance.usecases.scenarios.change_draft import ChangeDraft, DraftChange
from relance.usecases.scenarios.open_scenario import OpenScenario, ScenarioOpened, ScenarioWanted
from relance.usecases.templates.preview_template import PreviewTemplate
from relance.usecases.tenancy.resume_session import SignedIn

NEW = "new"


@page("/scenarios/{code:str}", needs="scenarios")
def scenario(
    code: FromPath[str],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    open_scenario: NamedDependency[OpenScenario],
    preview_template: NamedDependency[PreviewTemplate],
    browse_customers: NamedDependency[BrowseCustomers],
    step: FromQuery[str] = "",
    version: FromQuery[int] = 0,
    lang: FromQuery[str] = "",
    customer: FromQuery[str] = "",
) -> Response[str]:
    """The draft, what is published, or an old version; one step open to be edited."""
    opened = open_scenario(ScenarioWanted(actor=who.actor, code=code, version=version))
    place = _place(step, opened)
    form = None if version or not step else filled(opened.shown.step(place) if place else None)
    preview = None
    if form and place:
        template = opened.shown.step(place).template
        looks = StepPreview(who, preview_template, browse_customers)
        preview = looks.values(template, opened.templates.get(template, []), lang, customer)
    return _shown(show, opened, place, form, version=version, preview=preview)


@deed("/scenarios/{code:str}/steps", needs="scenarios")
def save_step(
    code: FromPath[str],
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    open_scenario: NamedDependency[OpenScenario],
    change_draft: NamedDependency[ChangeDraft],
) -> Response[str]:
    """Keep a step, with whatever is still wrong with it; what is no number or changed meanwhile is shown again."""
    opened = open_scenario(ScenarioWanted(actor=who.actor, code=code))
    place, given = _place(fields.text("place"), opened), typed(fields)
    try:
        step = step_of(given, opened.shown, place)
        if place is None:
            step = _coded(step, opened)
        edit = StepEdit(step=step, place=place)
        draft = change_draft(DraftChange(actor=who.actor, code=code, edit=edit, revision=fields.number("revision")))
    except (BadInput, Conflict) as refused:  # the form keeps what was typed
        return _shown(show, opened, place, given, problem=refused.detail)
    return show.go(f"{_address(who, code)}?step={draft.scenario.number_of(step.code)}&done=saved")


@deed("/scenarios/{code:str}/move", needs="scenarios")
def move_step(
    code: FromPath[str],
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    change_draft: NamedDependency[ChangeDraft],
) -> Response[str]:
    """A day earlier or later; it stays the step in hand."""
    days = -1 if fields.text("way") == "earlier" else 1
    edit = StepMove(fields.number("place"), days)
    draft = change_draft(DraftChange(actor=who.actor, code=code, edit=edit, revision=fields.number("revision")))
    return show.go(f"{_address(who, code)}?step={draft.scenario.number_of(fields.text('step'))}")


@deed("/scenarios/{code:str}/remove", needs="scenarios")
def remove_step(
    code: FromPath[str],
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    change_draft: NamedDependency[ChangeDraft],
) -> Response[str]:
    """The step goes; undo brings it back."""
    edit = StepRemoval(fields.number("place"))
    change_draft(DraftChange(actor=who.actor, code=code, edit=edit, revision=fields.number("revision")))
    return show.go(f"{_address(who, code)}?done=saved")


@deed("/scenarios/{code:str}/details", needs="scenarios")
def save_details(
    code: FromPath[str],
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    open_scenario: NamedDependency[OpenScenario],
    change_draft: NamedDependency[ChangeDraft],
) -> Response[str]:
    """Names, and what holds for all steps."""
    before = open_scenario(ScenarioWanted(actor=who.actor, code=code)).shown
    edit = Details(
        name=name_of(fields, before.name),
        per_invoice=fields.text("per_invoice") == "on",
        jump=fields.text("jump") == "on",
        customer_zone=fields.text("customer_zone") == "on",
        minimum=fields.text("minimum"),
        ignore=fields.text("ignore"),
    )
    change_draft(DraftChange(actor=who.actor, code=code, edit=edit, revision=fields.number("revision")))
    return show.go(f"{_address(who, code)}?done=saved")


def _shown(
    show: Show, opened: ScenarioOpened, place: int | None, form: dict[str, Any] | None, **more: Any
) -> Response[str]:
    steps = opened.shown.steps
    values: dict[str, Any] = {
        "opened": opened,
        "scenario": opened.shown,
        "place": place,
        "form": form,
        "problem": "",
        "version": 0,
        "preview": None,
    }
    values |= {"revision": opened.draft.revision if opened.draft else 0, "copies": COPIES, "w": scenario_words}
    values |= {"places": step_places([*(step.day for step in steps), 0]), "faulty": _faulty(opened)}
    return show("scenarios/editor.html", status=422 if more.get("problem") else 200, **values | more)


def _faulty(opened: ScenarioOpened) -> dict[int, dict[str, str]]:
    """By step: its fields and what to do about each."""
    found: dict[int, dict[str, str]] = {}
    for fault in opened.faults:
        found.setdefault(fault.step, {}).setdefault(fault.field, scenario_words.fault_words(fault))
    return found


def _place(text: str, opened: ScenarioOpened) -> int | None:
    """The number of a step that is there; None for a new one."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
    return number if 0 < number <= len(opened.shown.steps) else None


def _coded(step: Step, opened: ScenarioOpened) -> Step:
    """A new step gets a code that no other has: it is what a version knows it by."""
    return msgspec.structs.replace(step, code=free_code(opened.shown, step.code))


def _address(who: SignedIn, code: str) -> str:
    return f"/t/{who.tenant.code}/scenarios/{code}"


HANDLERS = [scenario, save_step, move_step, remove_step, save_details]
