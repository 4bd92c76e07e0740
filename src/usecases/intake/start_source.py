"""Fetch one source beside the request that asks for it."""

from relance.core.intake.sources import SourceBusy, SourceRun
from relance.ports.background import Background
from relance.ports.work import Work
from relance.usecases.intake.fetch_source import SourceToFetch, checked_fetch
from relance.usecases.intake.source_run import SourceRunner


class StartSource:
    """The attempt and its job are kept together: whoever asks finds it at once, and it outlives this process."""

    def __init__(self, work: Work, runner: SourceRunner, background: Background) -> None:
        self._work, self._runner, self._background = work, runner, background

    def __call__(self, request: SourceToFetch) -> SourceRun:
        """The attempt as it begins; raises NotFound, NotAllowed, SourceBusy."""
        checked_fetch(self._work, request)
        begun = self._runner.queue(request.actor, request.name, due=False, override=request.override_guard)
        if begun is None:
            raise SourceBusy(f"{request.name} is being fetched at the moment")
        self._background.nudge()
        return SourceRun(run=begun.number, state="running", by=request.actor.name, started_at=begun.at)
