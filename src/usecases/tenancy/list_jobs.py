"""List the background work that is not done."""

from relance.core.tenancy.jobs import Job
from relance.core.tenancy.users import Actor, require_right
from relance.ports.work import Work


class ListJobs:
    """What is parked first: it waits for a person."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, actor: Actor) -> list[Job]:
        """The tenant's jobs; raises NotAllowed."""
        require_right(actor, "settings")
        with self._work.reading(actor.tenant) as unit:
            return unit.jobs.all()
