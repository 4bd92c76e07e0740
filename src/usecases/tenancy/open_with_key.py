"""Let a program in with its key."""

from relance.core.tenancy.keys import parts_of
from relance.ports.clock import Clock
from relance.ports.work import Work
from relance.usecases.tenancy.known_callers import Caller, known_caller

__all__ = ["Caller", "OpenWithKey"]


class OpenWithKey:
    """A program shows the whole text of its key."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock

    def __call__(self, text: str) -> Caller:
        """Who this is; raises KeyRefused."""
        tenant, name, secret = parts_of(text)
        return known_caller(self._work, self._clock, tenant, name, secret)
