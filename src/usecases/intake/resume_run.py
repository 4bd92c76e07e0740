"""Take up a run: for the first time, or where another process died over it."""

from relance.core.intake.runs import Run
from relance.ports.clock import Clock
from relance.ports.work import Unit, Work
from relance.usecases.intake.errands import RunErrand


class ResumeRun:
    """An import happens as a whole or not at all (I-8), so what its history says decides."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock

    def __call__(self, errand: RunErrand) -> Run | None:
        """The run that is to be done; None where it ended, or ends now with the import that was committed."""
        with self._work(errand.actor.tenant) as unit:
            run = unit.runs.one(errand.run)
            if run.report is None:
                self._end_committed(unit, run)
                run = unit.runs.one(errand.run)
        return run if run.report is None else None

    def _end_committed(self, unit: Unit, run: Run) -> None:
        if run.number is None:
            return
        line = unit.intake.one(run.number)
        if line.state != "running":
            unit.runs.end(run.run, line.report, self._clock.now())
