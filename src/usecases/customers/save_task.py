"""Keep a Search & Assign task."""

import msgspec

from relance.core.customers.assignment import Attribute, Task, checked_task
from relance.core.customers.saved_searches import SavedSearch
from relance.core.customers.search import EVERYTHING, Search
from relance.core.kernel.errors import BadInput, NotFound
from relance.core.tenancy.users import Actor, require_right
from relance.ports.clock import Clock
from relance.ports.work import Unit, Work


class NewTask(msgspec.Struct, frozen=True, kw_only=True):
    """What to give to whom. `position` None: behind all others of the attribute, and a known `task` where it is.

    `saved`: the number of a shared search of customers that the task follows instead of a `search` of its own.
    """

    actor: Actor
    attribute: Attribute
    value: str
    search: Search = EVERYTHING
    saved: int | None = None
    all_customers: bool = False
    remove: bool = False
    position: int | None = None
    task: int | None = None


class SaveTask:
    """A task starts with the customers that come after it, unless it is for all (A2)."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock

    def __call__(self, request: NewTask) -> Task:
        """The task as it is kept; raises BadInput, NotFound for a scenario, NotAllowed."""
        require_right(request.actor, "settings")
        now, by = self._clock.now(), request.actor.name
        with self._work(request.actor.tenant) as unit:
            task = checked_task(self._task(unit, request))
            _check_value(unit, task)
            _check_twice(unit, task)
            unit.assignment.save(task, by, now)
            detail = {"attribute": task.attribute, "value": task.value, "position": task.position}
            unit.audit.record(by, "task-saved", f"task:{task.task}", detail)
        return task

    def _task(self, unit: Unit, request: NewTask) -> Task:
        tasks = unit.assignment.tasks()
        known = next((task for task in tasks if task.task == request.task), None)
        if request.task and known is None:
            raise NotFound(f"no task {request.task}")
        others = [task for task in tasks if task.task != request.task]
        last = max((task.position for task in others if task.attribute == request.attribute), default=0)
        followed = _followed(unit, request)
        stays = known.position if known and known.attribute == request.attribute else last + 1
        return Task(
            task=request.task or unit.tenancy.next_numbers("tasks", 1),
            position=stays if request.position is None else max(1, min(request.position, last + 1)),
            attribute=request.attribute,
            value=request.value.strip(),
            search=followed.search if followed else request.search,
            saved=followed.number if followed else None,
            saved_name=followed.name if followed else "",
            new_only=not request.all_customers,
            remove=request.remove,
            seen=known.seen if known else unit.assignment.newest_customer(),
        )


def _followed(unit: Unit, request: NewTask) -> SavedSearch | None:
    """What a task follows must be everybody's: its outcome is."""
    if request.saved is None:
        return None
    saved = unit.saved_searches.one(request.saved, request.actor.user)
    if not saved.shared or saved.target != "customers":
        raise BadInput(f"{saved.name!r} is no shared search of customers; only such a search can be followed by a task")
    return saved


def _check_twice(unit: Unit, task: Task) -> None:
    """A form that is sent twice makes one task."""
    wanted = (task.attribute, task.value.lower(), task.saved, task.search)
    for known in unit.assignment.tasks():
        if known.task != task.task and (known.attribute, known.value.lower(), known.saved, known.search) == wanted:
            raise BadInput(f"task {known.task} gives this to the same customers already")


def _check_value(unit: Unit, task: Task) -> None:
    if task.attribute == "scenario":
        unit.collection.scenario(task.value)
    if task.attribute in {"collector", "colleague"}:
        user = unit.tenancy.user_by_email(task.value)
        if user is None or (task.attribute == "collector" and not user.active):
            raise BadInput(f"no user {task.value!r} who could be {task.attribute}; add this person first")
