"""Keep a Search & Assign task."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import msgspec

from relance.core.customers.assigner_settings import checked_settings, plain
from relance.core.customers.assignment import LONGEST_GROUP, Attribute, Task, checked_task
from relance.core.customers.saved_searches import SavedSearch
from relance.core.customers.search import EVERYTHING, Search
from relance.core.kernel.errors import BadInput, NotFound
from relance.core.tenancy.users import Actor, require_right
from relance.ports.assigners import Assigner
from relance.ports.clock import Clock
from relance.ports.work import Unit, Work


class NewTask(msgspec.Struct, frozen=True, kw_only=True):
    """What to give to whom. `position` None: behind all others of the attribute, and a known `task` where it is.

    `saved`: the number of a shared search of customers that the task follows instead of a `search` of its own.
    `assigner` and its `settings` instead of a `value`: who gets what is found for each customer.
    """

    actor: Actor
    attribute: Attribute
    value: str = ""
    assigner: str = ""
    settings: Mapping[str, Any] = {}
    search: Search = EVERYTHING
    saved: int | None = None
    all_customers: bool = False
    remove: bool = False
    position: int | None = None
    task: int | None = None


class SaveTask:
    """A task starts with the customers that come after it, unless it is for all (A2)."""

    def __init__(self, work: Work, clock: Clock, assigners: Sequence[Assigner] = ()) -> None:
        self._work, self._clock = work, clock
        self._assigners = {one.name: one for one in assigners if not one.fallback}

    def __call__(self, request: NewTask) -> Task:
        """The task as it is kept; raises BadInput, NotFound for a scenario, NotAllowed."""
        require_right(request.actor, "settings")
        now, by = self._clock.now(), request.actor.name
        with self._work(request.actor.tenant) as unit:
            task = checked_task(self._task(unit, request))
            for value in self._values(task):
                _check_value(unit, task.attribute, value)
            _check_twice(unit, task)
            unit.assignment.save(task, by, now)
            detail = {"attribute": task.attribute, "value": task.value or task.assigner, "position": task.position}
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
            assigner=request.assigner,
            settings=self._settings(request),
            last=known.last if known and known.assigner == request.assigner else "",
        )

    def _settings(self, request: NewTask) -> dict[str, Any]:
        """The settings whole and as plain data; raises BadInput for an assigner that is not there, or gives another."""
        if not request.assigner:
            if request.settings:
                raise BadInput("settings: only an assigner has some")
            return {}
        assigner = self._assigners.get(request.assigner)
        if assigner is None or assigner.attribute != request.attribute:
            there = [one.name for one in self._assigners.values() if one.attribute == request.attribute]
            raise BadInput(
                f"no assigner {request.assigner!r} gives a {request.attribute}; there are {', '.join(there) or 'none'}"
            )
        return plain(checked_settings(assigner.settings_type, request.settings))

    def _values(self, task: Task) -> Collection[str]:
        """All that the task names."""
        if not task.assigner:
            return (task.value,)
        assigner = self._assigners[task.assigner]
        return assigner.gives(checked_settings(assigner.settings_type, task.settings))


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
    for known in unit.assignment.tasks():
        if known.task != task.task and _what(known) == _what(task):
            raise BadInput(f"task {known.task} gives this to the same customers already")


def _what(task: Task) -> tuple[Any, ...]:
    return task.attribute, task.value.lower(), task.saved, task.search, task.assigner, task.settings


def _check_value(unit: Unit, attribute: Attribute, value: str) -> None:
    if attribute == "scenario":
        unit.collection.scenario(value)
    if attribute == "group" and len(value) > LONGEST_GROUP:
        raise BadInput(f"value: at most {LONGEST_GROUP} characters")
    if attribute in {"collector", "colleague"}:
        user = unit.tenancy.user_by_email(value)
        if user is None or (attribute == "collector" and not user.active):
            raise BadInput(f"no user {value!r} who could be {attribute}; add this person first")
