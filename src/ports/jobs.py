"""The queue of background work across tenants, for those who do it."""

from collections.abc import Collection
from typing import Any, Protocol

import msgspec

from relance.core.kernel.identifiers import TenantId
from relance.core.tenancy.jobs import JobId, JobKind, JobState


class Claimed(msgspec.Struct, frozen=True, kw_only=True):
    """A job in the hands of one runner. The fence tells its claim from every earlier and later one."""

    tenant: TenantId
    job: JobId
    kind: JobKind
    key: str
    details: dict[str, Any]
    attempts: int
    fence: int


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """A running job, of whatever runner; the beat grows as long as its runner lives."""

    tenant: TenantId
    job: JobId
    attempts: int
    fence: int
    runner: str
    beat: int


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """A tenant that has work waiting, and how many of its jobs run."""

    tenant: TenantId
    running: int


class JobQueue(Protocol):
    """Each call is a transaction of its own. Time is the database's."""

    @property
    def beats(self) -> bool:
        """Whether runners must say that they live: their lock may outlast them where a machine is cut off."""
        ...

    def stirs(self) -> bool:
        """Whether any job waits or runs: what a runner at rest asks, and nothing else."""
        ...

    def waiting(self, kinds: Collection[JobKind]) -> list[Waiting]:
        """The tenants that have due jobs of these kinds."""
        ...

    def claim(self, tenant: TenantId, kinds: Collection[JobKind], runner: str) -> Claimed | None:
        """The tenant's oldest due job, claimed; None where others were quicker."""
        ...

    def running(self) -> list[Held]:
        """Every job that runs."""
        ...

    def beat(self, runner: str) -> None:
        """Say that this runner lives."""
        ...

    def end(self, claimed: Claimed) -> bool:
        """The job is done; False where it is no longer this claim's."""
        ...

    def fail(self, held: Claimed | Held, reason: str) -> JobState | None:
        """An attempt failed: what became of the job; None where it is no longer this claim's."""
        ...

    def has(self, tenant: TenantId, key: str) -> bool:
        """Whether a job of this key waits or runs."""
        ...
