"""The clock's work is queued once, however many workers look at the clock."""

import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine

from relance.adapters.store.job_queue import SqlJobQueue
from relance.core.intake.sources import SourcePlan
from relance.core.kernel.identifiers import TenantId
from relance.core.tenancy.jobs import WORKER_GONE
from relance.plugins.importers.folder import Folder
from relance.usecases.collection.queue_mailbox import QueueMailbox
from relance.usecases.tenancy.queue_due_work import DueWork, QueueDueWork
from tests.usecases.intake.fetching import EVERY_DAY, FetchingDesk
from tests.usecases.intake.kit import HEADER, Desk, invoices


@pytest.fixture
def office(engine: Engine, tenant: TenantId, tmp_path) -> FetchingDesk:
    return FetchingDesk(Desk(engine, tenant, tmp_path), Folder(str(tmp_path)))


def asked(office: FetchingDesk, **more: bool) -> int:
    verb = QueueDueWork(office.desk.work, office.desk.clock, office.runner)
    return verb(DueWork(tenant=office.desk.tenant, zone="Europe/Paris", **more))


def kinds(office: FetchingDesk) -> list[str]:
    with office.desk.work.reading(office.desk.tenant) as unit:
        return [job.kind for job in unit.jobs.all()]


def test_a_day_is_queued_once_and_the_next_one_again(office: FetchingDesk) -> None:
    assert (asked(office), asked(office)) == (1, 0)
    assert kinds(office) == ["day"]
    office.later(days=1)
    assert asked(office) == 0  # it waits already
    assert asked(office, starting=True) == 0


def test_workers_that_look_at_once_queue_a_tick_once(office: FetchingDesk) -> None:
    together, added = threading.Barrier(4), []

    def look() -> None:
        together.wait(10)
        added.append((asked(office), QueueMailbox(office.desk.work)()))

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(day for day, _ in added) == [0, 0, 0, 1]
    assert sorted(mail for _, mail in added) == [False, False, False, True]


def test_a_worker_that_begins_has_the_day_decided_again(office: FetchingDesk) -> None:
    asked(office)
    queue = SqlJobQueue(office.desk.engine)
    queue.end(queue.claim(office.desk.tenant, ["day"], "one"))
    assert asked(office) == 0
    assert asked(office, starting=True) == 1


def test_a_due_source_is_queued_with_its_attempt(office: FetchingDesk) -> None:
    office.save(SourcePlan(name="erp", way="folder", schedule=EVERY_DAY))
    office.later(days=1)
    assert asked(office) == 2
    assert office.source().last_run.state == "running"
    assert asked(office) == 0


def test_a_source_whose_process_died_is_fetched_by_another_as_the_same_attempt(
    office: FetchingDesk, tmp_path: Path
) -> None:
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme/items.csv").write_text("\n".join((HEADER, *invoices(3))) + "\n")
    office.save(SourcePlan(name="erp", way="folder", schedule=EVERY_DAY))
    office.later(days=1)
    asked(office)
    begun, queue = office.source().last_run, SqlJobQueue(office.desk.engine)
    died = queue.claim(office.desk.tenant, ["source"], "one")
    assert queue.fail(died, WORKER_GONE) == "waiting"
    assert [run.state for run in office.poll()] == ["done"]
    run = office.source().last_run
    assert (run.run, run.state, len(run.imports)) == (begun.run, "done", 1)
    assert not queue.end(died)
