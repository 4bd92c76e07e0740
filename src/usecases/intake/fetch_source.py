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
        checked_fetch(self._work, request)
        begun = self._runner.begin(request.actor, request.name)
        return self._runner.go(request.actor, begun, again=True, override=request.override_guard)


def checked_fetch(work: Work, request: SourceToFetch) -> None:
    """Nothing where the actor may fetch it; raises NotAllowed, NotFound, BadInput for a source that is fed by hand."""
    require_right(request.actor, "import")
    if request.override_guard:
        require_right(request.actor, "override-guard")
    with work.reading(request.actor.tenant) as unit:
        plan = unit.sources.state(request.name).plan
    if plan.way == UPLOAD:
        raise BadInput(f"{request.name} is fed by hand: hand in a file on the imports page")
