"""Work that goes on after the request that asked for it was answered."""

from collections.abc import Callable
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
    """Does runs beside the requests, in this process; one that dies with the process is found by its silence."""

    def start(self, todo: RunToDo) -> None:
        """Do it as soon as there is room; returns at once."""
        ...

    def beside(self, errand: str, deed: Callable[[], object]) -> None:
        """Do something else that keeps by itself what becomes of it; returns at once."""
        ...

    def wait_beside(self, errand: str, seconds: float) -> None:
        """Wait until that errand has ended, at most so long."""
        ...

    def wait(self, tenant: TenantId, run: RunId, seconds: float) -> None:
        """Wait until the run has ended, at most so long."""
        ...
