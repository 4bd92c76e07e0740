"""What the store promises about the background work of one tenant."""

from typing import Protocol

from relance.core.tenancy.jobs import Job, JobId, JobState, NewJob


class JobStore(Protocol):
    """Jobs of one tenant; a job that is done is forgotten."""

    def add(self, new: NewJob) -> bool:
        """Have it done once more from now on; False where one of its key waits already. A parked one is revived."""
        ...

    def recur(self, new: NewJob) -> bool:
        """Have it done unless one of its key waits, runs, or was parked not long ago."""
        ...

    def offers(self, key: str) -> bool:
        """Whether `recur` would have it done now."""
        ...

    def tick(self, name: str, tick: str) -> bool:
        """Whether nobody took this tick of that clock, or a later one, before; it is taken then."""
        ...

    def tick_each(self, name: str, seconds: int) -> bool:
        """The same for a clock that ticks every so many seconds of the database's time."""
        ...

    def last_tick(self, name: str) -> str:
        """The last tick that was taken of that clock; empty for none."""
        ...

    def state(self, key: str) -> JobState | None:
        """What has become of the job of this key; None where there is none."""
        ...

    def all(self, limit: int = 200) -> list[Job]:
        """Parked ones first, then what runs, then what waits."""
        ...

    def retry(self, job: JobId) -> Job:
        """Have a parked job tried again from its first attempt; raises NotFound, Conflict."""
        ...
