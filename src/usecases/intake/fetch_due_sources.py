"""Fetch the sources of one tenant whose time has come."""

import msgspec

from relance.core.intake.sources import SourceRun
from relance.core.kernel.identifiers import TenantId
from relance.core.tenancy.users import Actor
from relance.ports.clock import Clock
from relance.ports.work import Work
from relance.usecases.intake.source_run import SourceRunner


class DueFetched(msgspec.Struct, frozen=True, kw_only=True):
    """The attempts of one call as they ended, and the errors of those that broke; these are in the history too."""

    runs: tuple[SourceRun, ...] = ()
    broken: tuple[Exception, ...] = ()


class FetchDueSources:
    """Each due source is fetched once, however many workers ask at the same time."""

    def __init__(self, work: Work, clock: Clock, runner: SourceRunner) -> None:
        self._work, self._clock, self._runner = work, clock, runner

    def __call__(self, tenant: TenantId) -> DueFetched:
        """What this call fetched; a source that breaks does not keep the others waiting."""
        with self._work.reading(tenant) as unit:
            names = unit.sources.due(self._clock.now())
        actor = Actor(tenant=tenant, user=None, name="worker")
        runs: list[SourceRun] = []
        broken: list[Exception] = []
        for name in names:
            try:
                run = self._runner.run_due(actor, name)
            except Exception as error:  # of a plugin or a file; handed to the caller when the others were fetched
                broken.append(error)
                continue
            if run is not None:
                runs.append(run)
        return DueFetched(runs=tuple(runs), broken=tuple(broken))
