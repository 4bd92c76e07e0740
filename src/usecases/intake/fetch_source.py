"""Fetch one source now, because somebody asks."""

import msgspec

from relance.core.intake.sources import UPLOAD, SourceRun
from relance.core.kernel.errors import BadInput
from relance.core.tenancy.users import Actor, require_right
from relance.ports.work import Work
from relance.usecases.intake.source_run import SourceRunner


class SourceToFetch(msgspec.Struct, frozen=True, kw_only=True):
    """Which source. What was held or refused before is tried again; `override_guard` imports what the guard holds."""

    actor: Actor
    name: str
    override_guard: bool = False


class FetchSource:
    """Fetches, and imports what is new with the source's profile."""

    def __init__(self, work: Work, runner: SourceRunner) -> None:
        self._work, self._runner = work, runner

    def __call__(self, request: SourceToFetch) -> SourceRun:
        """The attempt as it ended; raises NotFound, NotAllowed, SourceBusy."""
        require_right(request.actor, "import")
        if request.override_guard:
            require_right(request.actor, "override-guard")
        with self._work.reading(request.actor.tenant) as unit:
            plan = unit.sources.state(request.name).plan
        if plan.way == UPLOAD:
            raise BadInput(f"{request.name} is fed by hand: hand in a file on the imports page")
        run = self._runner.run(request.actor, request.name, override=request.override_guard)
        assert run is not None
        return run
