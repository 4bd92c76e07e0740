"""Search & Assign: which tasks give customers their collector, scenario, groups and colleagues; a trial, and a run."""

from typing import Any

from litestar import Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from relance.core.customers.assigner_settings import in_lines
from relance.core.customers.assigner_settings import typed as typed_settings
from relance.core.customers.assignment import ATTRIBUTES, Attribute, Task
from relance.core.customers.search import EVERYTHING, Search
from relance.core.customers.search_language import parse, written
from relance.core.kernel.errors import BadInput, NotFound
from relance.http.access import deed, page
from relance.http.addresses import query, segment
from relance.http.dependencies import Fields
from relance.http.pages.assigning_words import parts_of, scenario_names, words
from relance.http.templating import Show
from relance.usecases.customers.move_task import MoveTask, TaskMove
from relance.usecases.customers.remove_task import RemoveTask
from relance.usecases.customers.run_tasks import RunTasks, TasksToRun
from relance.usecases.customers.save_task import NewTask, SaveTask
from relance.usecases.customers.show_assignment import AssignmentShown, ShowAssignment
from relance.usecases.tenancy.change_settings import ChangeSettings, NewSettings
from relance.usecases.tenancy.resume_session import SignedIn

DEFAULT = "default"
_NEW: dict[str, Any] = {"value": "", "saved": None, "search": "", "all_customers": False, "remove": False}
_NEW |= {"assigner": "", "settings": {}}


@page("/assign", needs="assign")
def assigning(who: NamedDependency[SignedIn], show: NamedDependency[Show]) -> Response[str]:
    """To the tasks for collectors."""
    return show.go(f"/t/{who.tenant.code}/assign/collector")


@page("/assign/{section:str}", needs="assign")
def section_page(
    section: FromPath[str],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    show_assignment: NamedDependency[ShowAssignment],
) -> Response[str]:
    """The tasks of one attribute in their order, and a form for one more: `way` says what finds the value."""
    common = _common(show_assignment(who.actor), _attribute(section))
    way = show.request.query_params.get("way", "")
    wanted = way if way in {one.name for one in common["ways"]} else ""
    return show("assigning/tasks.html", problem="", typed=_NEW | {"assigner": wanted}, **common)


@page("/assign/default", needs="assign")
def default_page(
    who: NamedDependency[SignedIn], show: NamedDependency[Show], show_assignment: NamedDependency[ShowAssignment]
) -> Response[str]:
    """What those get whom no task serves."""
    return show("assigning/default.html", problem="", **_common(show_assignment(who.actor), DEFAULT))


@deed("/assign/default", needs="settings")
def save_default(
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    change_settings: NamedDependency[ChangeSettings],
    show_assignment: NamedDependency[ShowAssignment],
) -> Response[str]:
    """Keep the default collector and scenario."""
    values = {name: fields.text(name) for name in ("collector", "scenario")}
    try:
        change_settings(NewSettings(actor=who.actor, values=values))
    except BadInput as refused:  # the form is shown again
        common = _common(show_assignment(who.actor), DEFAULT)
        return show("assigning/default.html", status=422, problem=refused.detail, **common)
    return show.go(f"/t/{who.tenant.code}/assign/default?done=saved")


@deed("/assign/{section:str}", needs="settings")
def add_task(
    section: FromPath[str],
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    save_task: NamedDependency[SaveTask],
    show_assignment: NamedDependency[ShowAssignment],
) -> Response[str]:
    """One task more, behind the others; what cannot be kept is shown again with the reason."""
    attribute, typed = _attribute(section), _typed(fields)
    common = _common(show_assignment(who.actor), attribute)
    try:
        save_task(NewTask(actor=who.actor, attribute=attribute, **_meant(typed, common)))
    except (BadInput, NotFound) as refused:  # the form keeps what was typed
        return show("assigning/tasks.html", status=422, problem=refused.detail, typed=typed, **common)
    return show.go(f"/t/{who.tenant.code}/assign/{attribute}?done=saved")


@page("/assign/tasks/{number:int}", needs="settings")
def task_page(
    number: FromPath[int],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    show_assignment: NamedDependency[ShowAssignment],
) -> Response[str]:
    """One task's form."""
    shown = show_assignment(who.actor)
    task = _task(shown, number)
    typed = {"value": task.value, "search": written(task.search), "all_customers": not task.new_only}
    typed |= {"remove": task.remove, "saved": task.saved}
    typed |= {"assigner": task.assigner, "settings": in_lines(task.settings)}
    return show("assigning/task.html", problem="", task=task, typed=typed, **_common(shown, task.attribute))


@deed("/assign/tasks/{number:int}", needs="settings")
def change_task(
    number: FromPath[int],
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    save_task: NamedDependency[SaveTask],
    show_assignment: NamedDependency[ShowAssignment],
) -> Response[str]:
    """Keep the change; the task stays in its place."""
    shown, typed = show_assignment(who.actor), _typed(fields)
    task = _task(shown, number)
    common = _common(shown, task.attribute)
    try:
        save_task(NewTask(actor=who.actor, attribute=task.attribute, task=number, **_meant(typed, common)))
    except (BadInput, NotFound) as refused:  # the form keeps what was typed
        return show("assigning/task.html", status=422, problem=refused.detail, task=task, typed=typed, **common)
    return show.go(f"/t/{who.tenant.code}/assign/{task.attribute}?done=saved")


@deed("/assign/tasks/{number:int}/move", needs="settings")
def move_task(
    number: FromPath[int],
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    move_task: NamedDependency[MoveTask],
) -> Response[str]:
    """One place up or down."""
    move_task(TaskMove(actor=who.actor, task=number, up=fields.text("up") == "1"))
    return show.go(f"/t/{who.tenant.code}/assign/{_attribute(fields.text('section'))}")


@deed("/assign/tasks/{number:int}/remove", needs="settings")
def remove_task(
    number: FromPath[int],
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    remove_task: NamedDependency[RemoveTask],
) -> Response[str]:
    """The task runs no more."""
    remove_task(who.actor, number)
    return show.go(f"/t/{who.tenant.code}/assign/{_attribute(fields.text('section'))}?done=saved")


@page("/assign/preview", needs="assign")
def preview(
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    run_tasks: NamedDependency[RunTasks],
    show_assignment: NamedDependency[ShowAssignment],
) -> Response[str]:
    """What a run would do now; nothing is written."""
    return _outcome(show, who, run_tasks, show_assignment, dry_run=True)


@deed("/assign/run", needs="assign")
def run(
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    run_tasks: NamedDependency[RunTasks],
    show_assignment: NamedDependency[ShowAssignment],
) -> Response[str]:
    """Run all tasks and say what they did."""
    return _outcome(show, who, run_tasks, show_assignment, dry_run=False)


def _outcome(
    show: Show, who: SignedIn, run_tasks: RunTasks, show_assignment: ShowAssignment, dry_run: bool
) -> Response[str]:
    done = run_tasks(TasksToRun(actor=who.actor, dry_run=dry_run))
    common = _common(show_assignment(who.actor), "preview")
    return show(
        "assigning/outcome.html",
        dry=dry_run,
        parts=parts_of(done),
        problems=done.problems,
        passed=done.passed,
        **common,
    )


def _common(shown: AssignmentShown, section: str) -> dict[str, Any]:
    return {
        "shown": shown,
        "section": section,
        "mine": [one for one in shown.tasks if one.task.attribute == section],
        "people": [user for user in shown.users if user.active or section == "colleague"],
        "ways": [one for one in shown.assigners if one.attribute == section],
        "choices": _choices(shown, section),
        "query": query,
        "segment": segment,
    } | words(shown)


def _choices(shown: AssignmentShown, section: str) -> list[tuple[str, str]]:
    """What can be given, and what people call it."""
    if section == "scenario":
        return list(scenario_names(shown).items())
    if section == "group":
        return [(name, name) for name in shown.groups]
    return [(user.email, user.name) for user in shown.users if user.active or section == "colleague"]


def _typed(fields: Fields) -> dict[str, Any]:
    saved = fields.text("saved")
    return {
        "value": fields.text("value"),
        "assigner": fields.text("assigner"),
        "settings": {name: "\n".join(fields.texts(f"setting.{name}")) for name in fields.texts("setting-name")},
        "search": fields.text("search"),
        "saved": int(saved) if saved.isdecimal() and len(saved) < 10 else None,
        "all_customers": fields.text("new_only") != "on",
        "remove": fields.text("remove") == "on",
    }


def _meant(typed: dict[str, Any], common: dict[str, Any]) -> dict[str, Any]:
    """What was typed as a task says it."""
    wanted = next((one.settings for one in common["ways"] if one.name == typed["assigner"]), ())
    settings = typed_settings(wanted, typed["settings"]) if typed["assigner"] else {}
    return typed | {"search": _own_search(typed), "settings": settings}


def _own_search(typed: dict[str, Any]) -> Search:
    """What is written beside a saved search does not count: it need not even be one."""
    return EVERYTHING if typed["saved"] else parse(typed["search"])


def _attribute(section: str) -> Attribute:
    for attribute in ATTRIBUTES:
        if attribute == section:
            return attribute
    raise NotFound("no such section")


def _task(shown: AssignmentShown, number: int) -> Task:
    found = next((one.task for one in shown.tasks if one.task.task == number), None)
    if found is None:
        raise NotFound("no such task")
    return found


HANDLERS = [
    assigning,
    section_page,
    default_page,
    save_default,
    add_task,
    task_page,
    change_task,
    move_task,
    remove_task,
    preview,
    run,
]
