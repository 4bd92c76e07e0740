"""Work that goes on after the request that asked for it was answered."""

from typing import Protocol

import msgspec

from relance.core.intake.progress import Progress
from relance.core.intake.runs import Choices
from relance.core.kernel.identifiers import ImportId, RunId, TenantId
from relance.core.tenancy.users import Actor


class RunToDo(msgspec.Struct, frozen=True, kw_only=True):
    """A run that was kept and is to be done."""

    actor: Actor
    run: RunId
    number: ImportId | None
    choices: Choices
    progress: Progress


class Background(Protocol):
    """Does the jobs that units of work added, here or in another process; what dies with a process is done again."""

    def nudge(self) -> None:
        """There is something to do; returns at once."""
        ...

    def wait(self, tenant: TenantId, key: str, seconds: float) -> None:
        """Wait until no job of this key waits or runs, at most so long."""
        ...
