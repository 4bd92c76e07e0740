"""Show a run: how far it has come, or its report."""

import msgspec

from relance.core.intake.runs import Run, is_lost, lost_report
from relance.core.kernel.identifiers import RunId
from relance.core.tenancy.users import Actor, require_right
from relance.ports.clock import Clock
from relance.ports.work import Work


class RunQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """Which run."""

    actor: Actor
    run: RunId


class ShowRun:
    """One run, with what was chosen for it."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock

    def __call__(self, request: RunQuestion) -> Run:
        """The run; one whose process died is shown as failed. Raises NotFound, NotAllowed."""
        require_right(request.actor, "import")
        with self._work.reading(request.actor.tenant) as unit:
            run = unit.runs.one(request.run)
        if run.report is None and is_lost(run, self._clock.now()):
            return msgspec.structs.replace(run, report=lost_report(run.number, run.choices))
        return run
