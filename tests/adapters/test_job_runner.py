"""Does what is queued: tenants in turn, with a graceful end, and what fails is parked."""

import threading

import pytest
from sqlalchemy import Engine

from relance.adapters.job_runner import Deed, JobRunner
from relance.adapters.store.job_queue import SqlJobQueue
from relance.adapters.store.runners import runners_for
from relance.adapters.store.tenancy import SqlTenantDirectory
from relance.adapters.store.work import SqlWork
from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import TenantId
from relance.core.tenancy.jobs import Job, NewJob
from relance.ports.jobs import Claimed
from tests.conftest import acme


def runner(engine: Engine, deed: Deed) -> JobRunner:
    return JobRunner(SqlJobQueue(engine), runners_for(engine), {"import": deed}, look_seconds=0.1)


def add(engine: Engine, tenant: TenantId, *keys: str) -> None:
    with SqlWork(engine)(tenant) as unit:
        for key in keys:
            unit.jobs.add(NewJob(kind="import", key=key))


def left(engine: Engine, tenant: TenantId) -> list[Job]:
    with SqlWork(engine).reading(tenant) as unit:
        return unit.jobs.all()


def test_a_tenant_with_much_work_keeps_no_other_waiting(engine: Engine, tenant: TenantId) -> None:
    others = [SqlTenantDirectory(engine).found(acme(code), "FR01") for code in ("globex", "initech")]
    done: list[TenantId] = []
    add(engine, tenant, *(f"run {number}" for number in range(12)))
    for other in others:
        add(engine, other, "run 1")
    working = runner(engine, lambda claimed: done.append(claimed.tenant))
    working.nudge()
    working.wait(tenant, "run 11", 20)
    working.close()
    assert len(done) == 14 and set(done[:5]) == {tenant, *others}


def test_the_end_waits_for_what_is_at_hand_and_leaves_the_rest_to_others(engine: Engine, tenant: TenantId) -> None:
    begun, go_on = threading.Semaphore(0), threading.Event()

    def slow(_: Claimed) -> None:
        begun.release()
        go_on.wait(20)

    add(engine, tenant, "run 1", "run 2", "run 3")
    working = runner(engine, slow)
    working.nudge()
    assert begun.acquire(timeout=20) and begun.acquire(timeout=20)
    ending = threading.Thread(target=working.close)
    ending.start()
    ending.join(0.3)
    assert ending.is_alive()
    go_on.set()
    ending.join(20)
    assert [(job.key, job.state, job.attempts) for job in left(engine, tenant)] == [("run 3", "waiting", 0)]


@pytest.mark.parametrize(
    ("failure", "reason"),
    [(BadInput("no such source"), "bad-input: no such source"), (KeyError("Ann Lee"), "KeyError")],
)
def test_what_fails_is_kept_with_a_reason_that_names_no_customer(
    engine: Engine, tenant: TenantId, failure: Exception, reason: str
) -> None:
    failed = threading.Event()

    def deed(_: Claimed) -> None:
        failed.set()
        raise failure

    add(engine, tenant, "run 1")
    working = runner(engine, deed)
    working.nudge()
    assert failed.wait(20)
    working.close()
    assert [(job.state, job.attempts, job.reason) for job in left(engine, tenant)] == [("waiting", 1, reason)]


def test_four_runners_at_once_do_each_job_once(engine: Engine, tenant: TenantId) -> None:
    done: list[str] = []
    add(engine, tenant, *(f"run {number}" for number in range(24)))
    runners = [runner(engine, lambda claimed: done.append(claimed.key)) for _ in range(4)]
    for one in runners:
        one.nudge()
    for number in range(24):
        runners[0].wait(tenant, f"run {number}", 20)
    for one in runners:
        one.close()
    assert sorted(done) == sorted(f"run {number}" for number in range(24))
