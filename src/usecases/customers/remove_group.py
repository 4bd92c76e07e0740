"""Remove a group of customers."""

from relance.core.customers.assigner_settings import names
from relance.core.customers.assignment import Task
from relance.core.kernel.errors import Conflict
from relance.core.tenancy.users import Actor, require_all, require_right
from relance.ports.clock import Clock
from relance.ports.work import Work


class RemoveGroup:
    """The group goes and its customers stay; not while a task would bring it back."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock

    def __call__(self, actor: Actor, group: int) -> int:
        """Remove and return how many customers were in it; raises NotFound, Conflict, NotAllowed."""
        require_right(actor, "assign")
        require_all(actor)
        with self._work(actor.tenant) as unit:
            gone = unit.groups.one(group)
            if unit.groups.given_by_tasks(gone) or any(_names(task, gone.name) for task in unit.assignment.tasks()):
                raise Conflict("a Search & Assign task gives this group; remove the task first")
            customers = unit.groups.remove(group, self._clock.now())
            detail = {"name": gone.name, "customers": customers}
            unit.audit.record(actor.name, "group-removed", f"group:{group}", detail)
        return customers


def _names(task: Task, group: str) -> bool:
    return task.attribute == "group" and names(task.settings, group)
