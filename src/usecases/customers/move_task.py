"""Let a Search & Assign task run earlier or later."""

import msgspec

from relance.core.kernel.errors import NotFound
from relance.core.tenancy.users import Actor, require_right
from relance.ports.clock import Clock
from relance.ports.work import Work


class TaskMove(msgspec.Struct, frozen=True, kw_only=True):
    """One place up, or one down."""

    actor: Actor
    task: int
    up: bool


class MoveTask:
    """The task changes places with its neighbour of the same attribute; the first and the last stay (B15)."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock

    def __call__(self, request: TaskMove) -> None:
        """Move; raises NotFound, NotAllowed."""
        require_right(request.actor, "settings")
        by = request.actor.name
        with self._work(request.actor.tenant) as unit:
            tasks = unit.assignment.tasks()
            moved = next((task for task in tasks if task.task == request.task), None)
            if moved is None:
                raise NotFound(f"no task {request.task}")
            row = [task for task in tasks if task.attribute == moved.attribute]
            place = row.index(moved) + (-1 if request.up else 1)
            if not 0 <= place < len(row):
                return
            position = row[place].position + (0 if request.up else 1)
            unit.assignment.save(msgspec.structs.replace(moved, position=position), by, self._clock.now())
            unit.audit.record(by, "task-moved", f"task:{moved.task}", {"place": place + 1})
