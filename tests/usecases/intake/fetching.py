"""What the tests of sources share: a desk that fetches, from any place, with a clock that stands still."""

from datetime import timedelta

import msgspec

from relance.adapters.archive import DiskArchive
from relance.adapters.calendars import HolidayCalendars
from relance.adapters.intake.copy_files import DiskCopyFiles
from relance.adapters.intake.fetchers import FetcherShelf
from relance.adapters.keyring import SealingKeyring
from relance.adapters.store.job_queue import SqlJobQueue
from relance.core.intake.schedule import Schedule
from relance.core.intake.sources import SourcePlan, SourceRun, SourceState
from relance.ports.fetchers import Fetcher
from relance.usecases.intake.add_documents import AddDocuments
from relance.usecases.intake.errands import SourceErrand
from relance.usecases.intake.fetch_source import FetchSource, SourceToFetch
from relance.usecases.intake.list_sources import ListSources
from relance.usecases.intake.save_source import SaveSource, SourceWanted
from relance.usecases.intake.source_run import SourceRunner
from relance.usecases.intake.try_source import SourceTest, SourceTested, TrySource
from relance.usecases.tenancy.queue_due_work import DueWork, QueueDueWork
from tests.usecases.intake.kit import Desk

EVERY_DAY = Schedule(("06:00",))


class FetchingDesk:
    """Sets up sources and fetches them into the desk's tenant."""

    def __init__(self, desk: Desk, *fetchers: Fetcher, settle_seconds: int = 0) -> None:
        self.desk, self.keyring = desk, SealingKeyring(b"an installation's secret")
        shelf = FetcherShelf(fetchers)
        copying = AddDocuments(desk.work, desk.clock, DiskArchive(desk.folder / "archive"), DiskCopyFiles())
        self.runner = SourceRunner(desk.work, desk.clock, shelf, self.keyring, desk.verb, copying, settle_seconds)
        self.saving = SaveSource(desk.work, desk.clock, shelf, self.keyring)
        self.fetching = FetchSource(desk.work, self.runner)
        self.trying = TrySource(desk.work, shelf, self.keyring)
        self.listing = ListSources(desk.work, desk.clock, HolidayCalendars())

    def save(self, plan: SourcePlan | None = None, secret: str | None = None, **more: object) -> SourceState:
        plan = msgspec.structs.replace(plan or SourcePlan(name="erp"), **more)
        return self.saving(SourceWanted(actor=self.desk.actor, plan=plan, secret=secret))

    def test(self, trust: str = "", name: str = "erp") -> SourceTested:
        return self.trying(SourceTest(actor=self.desk.actor, name=name, trust=trust))

    def fetch(self, name: str = "erp", *, override: bool = False) -> SourceRun:
        return self.fetching(SourceToFetch(actor=self.desk.actor, name=name, override_guard=override))

    def poll(self) -> list[SourceRun]:
        """What the clock asks for, as the worker queues and does it."""
        QueueDueWork(self.desk.work, self.desk.clock, self.runner)(
            DueWork(tenant=self.desk.tenant, zone="Europe/Paris")
        )
        queue, runs = SqlJobQueue(self.desk.engine), []
        while (claimed := queue.claim(self.desk.tenant, ["source"], "desk")) is not None:
            runs.append(self.runner.carry_out(msgspec.convert(claimed.details, SourceErrand)))
            queue.end(claimed)
        return runs

    def later(self, **span: int) -> None:
        self.desk.clock.moment += timedelta(**span)

    def source(self, name: str = "erp") -> SourceState:
        return next(state for state in self.listing(self.desk.actor) if state.plan.name == name)
