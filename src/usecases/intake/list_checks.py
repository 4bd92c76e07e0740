"""The checks of the last day, to come back to."""

from datetime import timedelta

import msgspec

from relance.core.intake.runs import Run
from relance.core.tenancy.users import Actor, require_right, sees_import
from relance.ports.clock import Clock
from relance.ports.work import Work

_DAY = timedelta(days=1)


class ChecksQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """The newest checks, at most `limit`."""

    actor: Actor
    limit: int = 5


class ListChecks:
    """Lists what was checked, and what still is."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock

    def __call__(self, request: ChecksQuestion) -> list[Run]:
        """The checks, the newest first; raises NotAllowed."""
        require_right(request.actor, "import")
        with self._work.reading(request.actor.tenant) as unit:
            runs = unit.runs.checks(self._clock.now() - _DAY, request.limit)
        return [run for run in runs if sees_import(request.actor, run.author)]
