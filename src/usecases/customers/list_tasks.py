"""List the Search & Assign tasks."""

from relance.core.customers.assignment import Task
from relance.core.tenancy.users import Actor, require_right
from relance.ports.work import Work


class ListTasks:
    """All tasks, by attribute in the order in which they run."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, actor: Actor) -> list[Task]:
        """The tasks; raises NotAllowed."""
        require_right(actor, "assign")
        with self._work.reading(actor.tenant) as unit:
            return unit.assignment.tasks()
