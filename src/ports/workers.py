"""Workers: who is sending, and who only seems to be."""

from contextlib import AbstractContextManager
from typing import Protocol

from relance.core.kernel.errors import Conflict


class WorkerThere(Conflict):
    """Another worker is at work where there can be only one."""

    code = "worker-there"


class Workers(Protocol):
    """Names workers and knows which of them live."""

    def enter(self) -> AbstractContextManager[str]:
        """Be a worker until the end of the block, under a name that nobody else has; raises WorkerThere."""
        ...

    def stay(self, worker: str) -> None:
        """Be that worker still: take again what a restart of the database took from it."""
        ...

    def lives(self, worker: str) -> bool:
        """Whether the worker of this name is still there."""
        ...
