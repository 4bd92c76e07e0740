"""Fetch one source beside the request that asks for it."""

from functools import partial

from relance.core.intake.sources import SourceRun
from relance.ports.background import Background
from relance.ports.work import Work
from relance.usecases.intake.fetch_source import SourceToFetch, checked_fetch
from relance.usecases.intake.source_run import SourceRunner


class StartSource:
    """The attempt is in the history before it starts, so whoever asks finds it from the first moment on."""

    def __init__(self, work: Work, runner: SourceRunner, background: Background) -> None:
        self._work, self._runner, self._background = work, runner, background

    def __call__(self, request: SourceToFetch) -> SourceRun:
        """The attempt as it begins; raises NotFound, NotAllowed, SourceBusy."""
        checked_fetch(self._work, request)
        begun = self._runner.begin(request.actor, request.name)
        go = partial(self._runner.go, request.actor, begun, again=True, override=request.override_guard)
        self._background.beside(errand_of(request), go)
        return SourceRun(run=begun.number, state="running", by=request.actor.name, started_at=begun.at)


def errand_of(request: SourceToFetch) -> str:
    """What the fetching of a source is called in the background."""
    return f"source {request.actor.tenant} {request.name}"
