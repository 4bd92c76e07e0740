"""Note how far runs have come."""

from collections.abc import Mapping

import msgspec

from relance.core.intake.progress import Progress
from relance.core.kernel.identifiers import RunId, TenantId
from relance.ports.clock import Clock
from relance.ports.work import Work


class ProgressMade(msgspec.Struct, frozen=True, kw_only=True):
    """Of runs of one tenant."""

    tenant: TenantId
    progress: Mapping[RunId, Progress]


class NoteProgress:
    """One short transaction, which is the sign of life too."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock

    def __call__(self, request: ProgressMade) -> None:
        """Keep it."""
        with self._work(request.tenant) as unit:
            unit.runs.note(request.progress, self._clock.now())
