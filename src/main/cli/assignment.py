"""`relance assign`: Search & Assign tasks, and running them."""

from collections.abc import Mapping, Sequence
from typing import Any

import click

from relance.core.customers.assigner_settings import typed
from relance.core.customers.assignment import ATTRIBUTES, BY_RULE, Attribute, Task, words_of
from relance.core.customers.search_language import parse, written
from relance.core.kernel.errors import BadInput, NotFound
from relance.core.tenancy.users import Actor
from relance.main.cli.common import answer, answer_rows, json_option, jsonl_option, of_tenant
from relance.main.container import House
from relance.usecases.customers.assigning import AssignedRow
from relance.usecases.customers.list_assigners import AssignerShown
from relance.usecases.customers.list_searches import SearchShown
from relance.usecases.customers.run_tasks import TasksRun


@click.group("assign")
def assign_command() -> None:
    """Give customers their collector, scenario, groups and colleagues by rule."""


@assign_command.command("add")
@of_tenant
@click.option("--attribute", required=True, type=click.Choice(ATTRIBUTES), help="What is given.")
@click.option("--value", default="", metavar="V", help="An address, a group's name or a scenario's code.")
@click.option(
    "--assigner", default="", metavar="NAME", help="What finds a value for each customer, instead of --value."
)
@click.option(
    "--setting", "settings", multiple=True, metavar="NAME=V", help="One of the assigner's; a list has several."
)
@click.option("--search", default="", metavar="EXPR", help="To whom; without it to every customer.")
@click.option("--saved", default="", metavar="NAME", help="To whom a shared search finds, also when it changes.")
@click.option("--all-customers", is_flag=True, help="Also to customers that are there already.")
@click.option("--remove", is_flag=True, help="Take it away from whom the search finds no more (groups, colleagues).")
@click.option("--position", type=click.IntRange(1), metavar="N", help="Its place among those of the attribute.")
@json_option
def add_task(
    house: House,
    actor: Actor,
    attribute: Attribute,
    value: str,
    assigner: str,
    settings: tuple[str, ...],
    search: str,
    saved: str,
    all_customers: bool,
    remove: bool,
    position: int | None,
    as_json: bool,
) -> None:
    """Add a task; without --all-customers it looks at customers that come after it.

    Example: relance assign add --tenant acme --attribute collector --value ann@acme.example --search "country = FR"
    Example: relance assign add --tenant acme --attribute group --assigner group-in-turn --setting among=Key
    """
    from relance.usecases.customers.save_task import NewTask

    wanted = NewTask(
        actor=actor,
        attribute=attribute,
        value=value,
        assigner=assigner,
        settings=_settings(house.list_assigners()(actor), assigner, settings),
        search=parse(search),
        saved=_followed(house.list_searches()(actor), saved) if saved else None,
        all_customers=all_customers,
        remove=remove,
        position=position,
    )
    task = house.save_task()(wanted)
    answer({"task": task.task, "position": task.position}, as_json, lambda: [f"task {task.task}: {words_of(task)}"])


@assign_command.command("list")
@of_tenant
@json_option
@jsonl_option
def list_tasks(house: House, actor: Actor, as_json: bool, as_jsonl: bool) -> None:
    """All tasks in the order in which they run.

    Example: relance assign list --tenant acme
    """
    rows = [
        {
            "task": task.task,
            "attribute": task.attribute,
            "position": task.position,
            "value": task.value,
            "assigner": task.assigner,
            "settings": task.settings,
            "search": written(task.search),
            "saved": task.saved_name,
            "new_only": task.new_only,
            "remove": task.remove,
        }
        for task in house.list_tasks()(actor)
    ]
    answer_rows(
        rows, as_json, as_jsonl, ("task", "attribute", "position", "value", "assigner", "search", "saved", "new_only")
    )


@assign_command.command("assigners")
@of_tenant
@json_option
@jsonl_option
def list_assigners(house: House, actor: Actor, as_json: bool, as_jsonl: bool) -> None:
    """What finds a value for each customer: by rule, in turn, by load, or as a plugin says; with its settings.

    Example: relance assign assigners --tenant acme
    """
    rows = house.list_assigners()(actor)
    if as_json or as_jsonl:
        answer_rows(rows, as_json, as_jsonl, ())
        return
    lines = [
        {"assigner": one.name, "gives": one.attribute, "label": one.label, "settings": _wanted_settings(one)}
        for one in rows
    ]
    answer_rows(lines, False, False, ("assigner", "gives", "label", "settings"))


@assign_command.command("remove")
@of_tenant
@click.argument("task", type=int)
@json_option
def remove_task(house: House, actor: Actor, task: int, as_json: bool) -> None:
    """Remove a task; what it gave stays.

    Example: relance assign remove --tenant acme 3
    """
    house.remove_task()(actor, task)
    answer({"task": task}, as_json, lambda: [f"task {task} removed"])


@assign_command.command("change")
@of_tenant
@click.argument("task", type=int)
@click.option("--value", metavar="V", help="An address, a group's name or a scenario's code.")
@click.option("--setting", "settings", multiple=True, metavar="NAME=V", help="Another setting of its assigner.")
@click.option("--search", metavar="EXPR", help="To whom it gives this from now on.")
@click.option("--saved", metavar="NAME", help="To whom a shared search finds, also when it changes.")
@json_option
def change_task(
    house: House,
    actor: Actor,
    task: int,
    value: str | None,
    settings: tuple[str, ...],
    search: str | None,
    saved: str | None,
    as_json: bool,
) -> None:
    """Change what a task gives, or to whom; its place stays, and so does what it gave.

    Example: relance assign change --tenant acme 3 --search "country in (FR, BE)"
    """
    from relance.usecases.customers.save_task import NewTask

    known = next((one for one in house.list_tasks()(actor) if one.task == task), None)
    if known is None:
        raise NotFound(f"no task {task}")
    assigner = known.assigner if value is None else ""
    changed_settings = _settings(house.list_assigners()(actor), assigner, settings)
    wanted = NewTask(
        actor=actor,
        attribute=known.attribute,
        value=known.value if value is None else value,
        assigner=assigner,
        settings=(known.settings if assigner else {}) | changed_settings,
        search=known.search if search is None else parse(search),
        saved=_kept(known, search) if saved is None else _followed(house.list_searches()(actor), saved),
        all_customers=not known.new_only,
        remove=known.remove,
        task=task,
    )
    changed = house.save_task()(wanted)
    answer({"task": task}, as_json, lambda: [f"task {task}: {words_of(changed)}"])


@assign_command.command("move")
@of_tenant
@click.argument("task", type=int)
@click.argument("direction", type=click.Choice(["up", "down"]))
@json_option
def move_task(house: House, actor: Actor, task: int, direction: str, as_json: bool) -> None:
    """Let a task run one place earlier or later among those of its attribute.

    Example: relance assign move --tenant acme 3 up
    """
    from relance.usecases.customers.move_task import TaskMove

    house.move_task()(TaskMove(actor=actor, task=task, up=direction == "up"))
    order = [known.task for known in house.list_tasks()(actor)]
    answer({"order": order}, as_json, lambda: [f"tasks run in the order {', '.join(map(str, order))}"])


@assign_command.command("run")
@of_tenant
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@json_option
def run_tasks(house: House, actor: Actor, dry_run: bool, as_json: bool) -> None:
    """Run all tasks now, as every import and every day does.

    Example: relance assign run --tenant acme --dry-run
    """
    from relance.usecases.customers.run_tasks import TasksToRun

    found = house.run_tasks()(TasksToRun(actor=actor, dry_run=dry_run))
    tasks = {task.task: f"task {task.task}, {words_of(task)}" for task in house.list_tasks()(actor)}
    answer(found, as_json, lambda: _words(found, tasks))


def _followed(searches: Sequence[SearchShown], name: str) -> int:
    """The number of the shared search of this name."""
    same = [one.saved.number for one in searches if one.saved.name.casefold() == name.strip().casefold()]
    if len(same) != 1:
        raise BadInput(f"{len(same)} shared searches are called {name!r}; see relance searches list")
    return same[0]


def _kept(known: Task, search: str | None) -> int | None:
    """What a task follows stays, unless it gets a search of its own."""
    return known.saved if search is None else None


def _words(found: TasksRun, tasks: Mapping[int, str]) -> list[str]:
    """Each change with the task that makes it and what its assigner says, or the reason where no task does."""
    lines = [f"{row.customer}: {row.attribute} {row.value} ({_why(row, tasks)})" for row in found.assigned]
    lines += [f"{row.customer}: {row.attribute} {row.value} taken away" for row in found.removed]
    lines += [f"{row.customer}: {row.attribute} stays {row.before}, a person chose it" for row in found.kept]
    lines += [f"{row.customer}: no {row.attribute}" for row in found.unassigned]
    lines += [f"task {one.task}: {one.customers} found whom an earlier task serves" for one in found.passed]
    lines += [f"task {one.task}: {one.words}" if one.task else one.words for one in found.problems]
    return [*lines, f"{len(found.assigned)} assigned, {len(found.kept)} kept, {len(found.unassigned)} without"]


def _why(row: AssignedRow, tasks: Mapping[int, str]) -> str:
    said = row.reason + (f": {row.detail}" if row.detail else "")
    if row.task not in tasks:
        return said
    return tasks[row.task] if row.reason == BY_RULE else f"{tasks[row.task]}, {said}"


def _settings(assigners: Sequence[AssignerShown], name: str, given: Sequence[str]) -> dict[str, Any]:
    """What was typed, each name once or, for a list or a table, as often as it has lines."""
    fields = next((one.settings for one in assigners if one.name == name), [])
    texts: dict[str, str] = {}
    for one in given:
        key, equals, value = one.partition("=")
        if not equals:
            raise BadInput(f"--setting: {one!r} is not NAME=VALUE")
        texts[key] = "\n".join(filter(None, (texts.get(key), value)))
    return typed(fields, texts)


def _wanted_settings(one: AssignerShown) -> str:
    return ", ".join(field.name if field.required else f"[{field.name}]" for field in one.settings)
