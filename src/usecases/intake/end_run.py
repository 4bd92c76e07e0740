"""End a run with its report."""

import msgspec

from relance.core.intake.reports import ImportReport
from relance.core.kernel.identifiers import RunId, TenantId
from relance.ports.clock import Clock
from relance.ports.work import Work


class RunEnded(msgspec.Struct, frozen=True, kw_only=True):
    """The run and what came of it."""

    tenant: TenantId
    run: RunId
    report: ImportReport


class EndRun:
    """The report is what the page was waiting for."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock

    def __call__(self, request: RunEnded) -> None:
        """Keep the report; one that was given up meanwhile stays so."""
        with self._work(request.tenant) as unit:
            unit.runs.end(request.run, request.report, self._clock.now())
