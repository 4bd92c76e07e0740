"""Give up the runs whose process died."""

import msgspec

from relance.core.intake.runs import is_to_give_up
from relance.core.kernel.identifiers import TenantId
from relance.ports.clock import Clock
from relance.ports.work import Work
from relance.usecases.intake.losing import give_up_lost


class RunsToGiveUp(msgspec.Struct, frozen=True, kw_only=True):
    """Whose."""

    tenant: TenantId


class GiveUpRuns:
    """What was running when its process died has failed, and the history says so."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock

    def __call__(self, request: RunsToGiveUp) -> int:
        """How many were given up; waits for no writer where there are none."""
        now = self._clock.now()
        with self._work.reading(request.tenant) as unit:
            silent = [run for run in unit.runs.unfinished() if is_to_give_up(run, now)]
        if not silent:
            return 0
        with self._work(request.tenant) as unit:
            return give_up_lost(unit, now)
