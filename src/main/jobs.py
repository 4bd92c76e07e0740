"""What becomes of each kind of background work: which verbs do it, as whom."""

import logging
from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from relance.adapters.job_runner import Deed
from relance.adapters.run_notes import RunNotes
from relance.core.kernel.identifiers import TenantId
from relance.core.tenancy.jobs import JobKind
from relance.core.tenancy.users import Actor
from relance.main.import_runs import PerformRun
from relance.ports.background import RunToDo
from relance.ports.jobs import Claimed
from relance.ports.work import Work
from relance.usecases.collection.read_bounces import ReadBounces
from relance.usecases.collection.run_day import NewDay, RunDay
from relance.usecases.intake.errands import COPIES, RunErrand, SourceErrand
from relance.usecases.intake.fetch_copies import CopiesToFetch, FetchCopies
from relance.usecases.intake.resume_run import ResumeRun
from relance.usecases.intake.source_run import SourceRunner
from relance.usecases.tenancy.queue_due_work import DAY

_LOG = logging.getLogger("relance.jobs")
_COPIES_A_TURN = 20
"""Then other work of the tenant, and other tenants, have theirs."""


E = TypeVar("E", RunErrand, SourceErrand)


class Deeds:
    """Verbs are made for each job, as for each request. The tenant is the row's, whatever the details say."""

    def __init__(
        self,
        work: Work,
        perform_run: PerformRun,
        notes: RunNotes,
        resume_run: Callable[[], ResumeRun],
        runner: Callable[[], SourceRunner],
        copies: Callable[[], FetchCopies],
        day: Callable[[], RunDay],
        mailbox: Callable[[], ReadBounces],
    ) -> None:
        self._work, self._perform_run, self._notes = work, perform_run, notes
        self._resume_run, self._runner, self._copies = resume_run, runner, copies
        self._day, self._mailbox = day, mailbox

    def by_kind(self) -> dict[JobKind, Deed]:
        """All of them."""
        return {
            "import": self._import,
            "day": self._decide,
            "source": self._fetch,
            "copies": self._fetch_copies,
            "mailbox": self._read_mail,
        }

    def _import(self, claimed: Claimed) -> None:
        errand = _errand(claimed, RunErrand)
        run = self._resume_run()(errand)
        if run is None:
            return
        todo = RunToDo(actor=errand.actor, run=run.run, number=run.number, choices=run.choices, progress=run.progress)
        with self._notes.of(todo) as tell:
            self._perform_run(todo, tell)

    def _decide(self, claimed: Claimed) -> None:
        self._day()(NewDay(actor=_worker(claimed.tenant)))

    def _fetch(self, claimed: Claimed) -> None:
        """A source that breaks says so in its history, and is tried again by its own schedule."""
        try:
            run = self._runner().carry_out(_errand(claimed, SourceErrand))
        except Exception:  # of a plugin or a file; the history names it
            _LOG.exception("%s of tenant %s broke", claimed.key, claimed.tenant)
            return
        if run.imports:
            with self._work(claimed.tenant) as unit:
                unit.jobs.add(DAY)

    def _fetch_copies(self, claimed: Claimed) -> None:
        wanted = CopiesToFetch(actor=_worker(claimed.tenant), limit=_COPIES_A_TURN)
        done = self._copies()(wanted)
        if done.fetched + sum(done.troubled.values()) == _COPIES_A_TURN:
            with self._work(claimed.tenant) as unit:
                unit.jobs.add(COPIES)

    def _read_mail(self, _: Claimed) -> None:
        self._mailbox()()


def _worker(tenant: TenantId) -> Actor:
    return Actor(tenant=tenant, user=None, name="worker")


def _errand(claimed: Claimed, kind: type[E]) -> E:
    """What the details say, in the tenant of the job."""
    details: dict[str, Any] = claimed.details
    actor = details["actor"] | {"tenant": claimed.tenant}
    return msgspec.convert(details | {"actor": actor}, kind)
