"""Who gets which collector, scenario, groups and colleagues: by task, and many at once."""

from typing import Any

import msgspec
from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from relance.core.customers.assignment import Attribute, Task
from relance.core.customers.mass_changes import Changes, Selection
from relance.core.customers.search_language import parse, written
from relance.http.api.access import caller_of, doing, editing, reading, removing
from relance.http.api.once import Once
from relance.usecases.customers.change_many import ChangeMany, ManyChanges
from relance.usecases.customers.list_assigners import AssignerShown, ListAssigners
from relance.usecases.customers.list_tasks import ListTasks
from relance.usecases.customers.move_task import MoveTask, TaskMove
from relance.usecases.customers.remove_task import RemoveTask
from relance.usecases.customers.run_tasks import RunTasks, TasksToRun
from relance.usecases.customers.save_task import NewTask, SaveTask
from relance.usecases.customers.undo_changes import ChangeToUndo, UndoChanges

AnyRequest = Request[Any, Any, Any]


class TaskAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One task; `search` in the search language, empty for every customer; `saved` the search that it follows.

    An `assigner` with its `settings` stands instead of a `value`.
    """

    task: int
    attribute: Attribute
    position: int
    value: str
    search: str
    new_only: bool
    remove: bool
    saved: int | None
    saved_name: str
    assigner: str
    settings: dict[str, Any]

    @classmethod
    def of(cls, task: Task) -> "TaskAnswer":
        """The answer of a task."""
        return cls(
            task=task.task,
            attribute=task.attribute,
            position=task.position,
            value=task.value,
            search=written(task.search),
            new_only=task.new_only,
            remove=task.remove,
            saved=task.saved,
            saved_name=task.saved_name,
            assigner=task.assigner,
            settings=task.settings,
        )


class TasksAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """All tasks, by attribute in the order in which they run."""

    rows: list[TaskAnswer]


class TaskWanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A task to add; without `position` it comes last. `saved`: the number of a shared search instead of `search`.

    Either a `value`, or an `assigner` with its `settings`.
    """

    attribute: Attribute
    value: str = ""
    assigner: str = ""
    settings: dict[str, Any] = {}
    search: str = ""
    saved: int | None = None
    all_customers: bool = False
    remove: bool = False
    position: int | None = None


class MoveWanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One place up, or one down."""

    up: bool


class RunWanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A dry run changes nothing."""

    dry_run: bool = False


class ChangesWanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whom, by a search, by codes, or by both, and what they get."""

    search: str = ""
    codes: tuple[str, ...] = ()
    collector: str | None = None
    scenario: str | None = None
    add_groups: tuple[str, ...] = ()
    remove_groups: tuple[str, ...] = ()
    add_colleagues: tuple[str, ...] = ()
    remove_colleagues: tuple[str, ...] = ()
    penalties: bool | None = None
    dry_run: bool = False


@reading("/assignment/tasks", "assign", summary="Search & Assign tasks in the order in which they run")
def tasks(request: AnyRequest, list_tasks: NamedDependency[ListTasks]) -> TasksAnswer:
    """All tasks."""
    return TasksAnswer(rows=[TaskAnswer.of(task) for task in list_tasks(caller_of(request).actor)])


class AssignersAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What a task may ask, with the settings that each wants."""

    rows: list[AssignerShown]


@reading("/assignment/assigners", "assign", summary="Assigners that a task may ask, and their settings")
def assigners(request: AnyRequest, list_assigners: NamedDependency[ListAssigners]) -> AssignersAnswer:
    """All that are loaded."""
    return AssignersAnswer(rows=list_assigners(caller_of(request).actor))


@doing("/assignment/tasks", "settings", summary="Add a task")
def add_task(
    request: AnyRequest, data: JSONBody[TaskWanted], save_task: NamedDependency[SaveTask], once: NamedDependency[Once]
) -> Response[bytes]:
    """One task more; those at or behind its position move one back."""
    wanted = _wanted(request, data)
    return once(request, msgspec.json.encode(data), lambda: TaskAnswer.of(save_task(wanted)))


@editing("/assignment/tasks/{number:int}", "settings", summary="Change a task; what it gave stays")
def change_task(
    request: AnyRequest, number: FromPath[int], data: JSONBody[TaskWanted], save_task: NamedDependency[SaveTask]
) -> TaskAnswer:
    """The task as the request says it, whole; without a position it keeps its place."""
    return TaskAnswer.of(save_task(_wanted(request, data, number)))


@removing("/assignment/tasks/{number:int}", "settings", summary="Remove a task; what it gave stays")
def remove_task(request: AnyRequest, number: FromPath[int], remove_task: NamedDependency[RemoveTask]) -> None:
    """The task runs no more."""
    remove_task(caller_of(request).actor, number)


@doing("/assignment/tasks/{number:int}/move", "settings", summary="Let a task run one place earlier or later")
def move_task(
    request: AnyRequest,
    number: FromPath[int],
    data: JSONBody[MoveWanted],
    move_task: NamedDependency[MoveTask],
    list_tasks: NamedDependency[ListTasks],
    once: NamedDependency[Once],
) -> Response[bytes]:
    """All tasks in their new order; the first and the last stay where they are."""
    actor = caller_of(request).actor

    def moved() -> TasksAnswer:
        move_task(TaskMove(actor=actor, task=number, up=data.up))
        return TasksAnswer(rows=[TaskAnswer.of(task) for task in list_tasks(actor)])

    return once(request, msgspec.json.encode(data), moved)


@doing("/assignment/run", "assign", summary="Run all tasks now, or say what they would do")
def run_tasks(
    request: AnyRequest, data: JSONBody[RunWanted], run_tasks: NamedDependency[RunTasks], once: NamedDependency[Once]
) -> Response[bytes]:
    """What was given, taken away, kept, and who has nothing."""
    wanted = TasksToRun(actor=caller_of(request).actor, dry_run=data.dry_run)
    return once(request, msgspec.json.encode(data), lambda: run_tasks(wanted))


@doing("/customers/changes", "assign", summary="Change many customers at once, or say what would change")
def change_many(
    request: AnyRequest,
    data: JSONBody[ChangesWanted],
    change_many: NamedDependency[ChangeMany],
    once: NamedDependency[Once],
) -> Response[bytes]:
    """How many were chosen, which codes are unknown, what changed, and the number to undo it by."""
    wanted = ManyChanges(
        actor=caller_of(request).actor,
        selection=Selection(search=parse(data.search), codes=data.codes),
        wanted=Changes(**{name: getattr(data, name) for name in Changes.__struct_fields__}),
        dry_run=data.dry_run,
    )
    return once(request, msgspec.json.encode(data), lambda: change_many(wanted))


@doing("/customers/changes/{number:int}/undo", "assign", summary="Take a change of many customers back")
def undo_changes(
    request: AnyRequest,
    number: FromPath[int],
    undo_changes: NamedDependency[UndoChanges],
    once: NamedDependency[Once],
) -> Response[bytes]:
    """How many values came back; 409 where it was undone before."""
    wanted = ChangeToUndo(actor=caller_of(request).actor, change=number)
    return once(request, b"undo", lambda: {"changed": undo_changes(wanted)})


def _wanted(request: AnyRequest, data: TaskWanted, task: int | None = None) -> NewTask:
    return NewTask(
        actor=caller_of(request).actor,
        attribute=data.attribute,
        value=data.value,
        assigner=data.assigner,
        settings=data.settings,
        search=parse(data.search),
        saved=data.saved,
        all_customers=data.all_customers,
        remove=data.remove,
        position=data.position,
        task=task,
    )


HANDLERS = [tasks, assigners, add_task, change_task, remove_task, move_task, run_tasks, change_many, undo_changes]
