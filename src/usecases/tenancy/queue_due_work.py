"""Queue what the clock asks for in one tenant: its day, its sources, the copies of its invoices."""

import msgspec

from relance.core.kernel.identifiers import TenantId
from relance.core.tenancy.jobs import NewJob
from relance.core.tenancy.users import Actor
from relance.ports.clock import Clock
from relance.ports.work import Unit, Work
from relance.usecases.intake.errands import COPIES
from relance.usecases.intake.source_run import SourceRunner

DAY = NewJob(kind="day", key="day")
"""Decide the day; deciding it again would change nothing (D10)."""


class DueWork(msgspec.Struct, frozen=True, kw_only=True):
    """Whose; its day is counted in `zone`. `starting`: a worker begins, and may know more than the one before it."""

    tenant: TenantId
    zone: str
    starting: bool = False


class QueueDueWork:
    """Any number of workers ask; a tick of the clock is taken once."""

    def __init__(self, work: Work, clock: Clock, runner: SourceRunner) -> None:
        self._work, self._clock, self._runner = work, clock, runner

    def __call__(self, request: DueWork) -> int:
        """How many jobs were added. Where nothing is due, nothing is written."""
        now = self._clock.now()
        with self._work.reading(request.tenant) as unit:
            today = self._clock.today(request.zone).isoformat()
            is_new = request.starting or unit.jobs.last_tick(DAY.key) < today
            wants_day = is_new or unit.jobs.state(DAY.key) == "parked"
            wants_copies = unit.copy_fetches.waits(now)
            sources = unit.sources.due(now)
        added = self._recurring(request, today if wants_day else "", wants_copies)
        actor = Actor(tenant=request.tenant, user=None, name="worker")
        return added + sum(self._runner.queue(actor, name, due=True) is not None for name in sources)

    def _recurring(self, request: DueWork, today: str, wants_copies: bool) -> int:
        if not today and not wants_copies:
            return 0
        with self._work(request.tenant) as unit:
            added = bool(today) and self._day_asked(unit, request, today) and unit.jobs.recur(DAY)
            return int(added) + int(wants_copies and unit.jobs.recur(COPIES))

    def _day_asked(self, unit: Unit, request: DueWork, today: str) -> bool:
        taken = unit.jobs.tick(DAY.key, today)
        return taken or request.starting or unit.jobs.state(DAY.key) == "parked"
