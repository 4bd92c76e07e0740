"""Have a parked job tried again."""

import msgspec

from relance.core.tenancy.jobs import Job, JobId
from relance.core.tenancy.users import Actor, require_right
from relance.ports.background import Background
from relance.ports.work import Work


class JobToRetry(msgspec.Struct, frozen=True, kw_only=True):
    """Which job."""

    actor: Actor
    job: JobId


class RetryJob:
    """A person looked at its reason; it has all its attempts again."""

    def __init__(self, work: Work, background: Background) -> None:
        self._work, self._background = work, background

    def __call__(self, request: JobToRetry) -> Job:
        """The job as it was parked; raises NotFound, NotAllowed, Conflict for one that is not parked."""
        require_right(request.actor, "settings")
        with self._work(request.actor.tenant) as unit:
            job = unit.jobs.retry(request.job)
            detail = {"key": job.key, "reason": job.reason}
            unit.audit.record(request.actor.name, "job-retried", f"job:{job.job}", detail)
        self._background.nudge()
        return job
