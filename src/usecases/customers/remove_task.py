"""Remove a Search & Assign task."""

from relance.core.tenancy.users import Actor, require_right
from relance.ports.work import Work


class RemoveTask:
    """The task runs no more; what it gave stays."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, actor: Actor, task: int) -> None:
        """Remove; raises NotFound, NotAllowed."""
        require_right(actor, "settings")
        with self._work(actor.tenant) as unit:
            unit.assignment.remove(task)
            unit.audit.record(actor.name, "task-removed", f"task:{task}", {})
