"""Fetch the sources of one tenant whose time has come."""

from relance.core.intake.sources import SourceRun
from relance.core.kernel.identifiers import TenantId
from relance.core.tenancy.users import Actor
from relance.ports.clock import Clock
from relance.ports.work import Work
from relance.usecases.intake.source_run import SourceRunner


class FetchDueSources:
    """Each due source is fetched once, however many workers ask at the same time."""

    def __init__(self, work: Work, clock: Clock, runner: SourceRunner) -> None:
        self._work, self._clock, self._runner = work, clock, runner

    def __call__(self, tenant: TenantId) -> list[SourceRun]:
        """The attempts of this call, as they ended."""
        with self._work.reading(tenant) as unit:
            names = unit.sources.due(self._clock.now())
        actor = Actor(tenant=tenant, user=None, name="worker")
        runs = [self._runner.run(actor, name, due=True) for name in names]
        return [run for run in runs if run is not None]
