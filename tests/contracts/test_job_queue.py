"""The queue of background work: one claim a job, a fence a claim, three attempts, and tenants apart."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import BigInteger, Engine, text, update

from relance.adapters.job_watch import JobWatch
from relance.adapters.store.engine import DatabaseUnreachable
from relance.adapters.store.job_queue import SqlJobQueue
from relance.adapters.store.runners import FileRunners, runners_for
from relance.adapters.store.tables.jobs import jobs
from relance.adapters.store.tenancy import SqlTenantDirectory
from relance.adapters.store.work import SqlWork
from relance.core.kernel.errors import Conflict, NotFound
from relance.core.kernel.identifiers import TenantId
from relance.core.tenancy.jobs import RESTED, WORKER_GONE, JobId, NewJob
from relance.ports.jobs import Claimed
from tests.conftest import acme

DAY = NewJob(kind="day", key="day")


@pytest.fixture
def queue(engine: Engine) -> SqlJobQueue:
    return SqlJobQueue(engine)


@pytest.fixture
def other(engine: Engine, tenant: TenantId) -> TenantId:
    return SqlTenantDirectory(engine).found(acme("globex"), "FR01")


def add(work: SqlWork, tenant: TenantId, new: NewJob = DAY) -> bool:
    with work(tenant) as unit:
        return unit.jobs.add(new)


def at_once(engine: Engine, tenant: TenantId, back: timedelta = timedelta(hours=1)) -> None:
    """As if the pause were over."""
    with engine.begin() as connection:
        span = int(back.total_seconds() * 1_000_000)
        earlier = {name: jobs.c[name].cast(BigInteger) - span for name in ("due_at", "parked_at")}
        connection.execute(update(jobs).where(jobs.c.tenant_id == tenant).values(earlier))


def taken(queue: SqlJobQueue, tenant: TenantId, runner: str = "one") -> Claimed:
    claimed = queue.claim(tenant, ["day", "import"], runner)
    assert claimed is not None
    return claimed


def test_a_job_is_claimed_once_and_forgotten_when_it_is_done(
    queue: SqlJobQueue, work: SqlWork, tenant: TenantId
) -> None:
    assert (add(work, tenant), add(work, tenant)) == (True, False)
    assert [(one.tenant, one.running) for one in queue.waiting(["day"])] == [(tenant, 0)]
    assert queue.waiting(["import"]) == [] and queue.claim(tenant, ["import"], "one") is None
    claimed = taken(queue, tenant)
    assert (claimed.key, claimed.attempts, queue.has(tenant, "day")) == ("day", 1, True)
    assert queue.claim(tenant, ["day"], "two") is None
    assert queue.end(claimed) and not queue.end(claimed)
    assert not queue.has(tenant, "day")


def test_a_job_asked_for_while_it_runs_is_done_once_more(queue: SqlJobQueue, work: SqlWork, tenant: TenantId) -> None:
    add(work, tenant)
    claimed = taken(queue, tenant)
    assert add(work, tenant)
    assert queue.end(claimed)
    again = taken(queue, tenant)
    assert queue.end(again) and not queue.has(tenant, "day")


def test_what_fails_three_times_is_parked_with_its_reason_until_a_person_retries_it(
    queue: SqlJobQueue, work: SqlWork, tenant: TenantId, other: TenantId, engine: Engine
) -> None:
    add(work, tenant)
    for expected in ("waiting", "waiting", "parked"):
        assert queue.fail(taken(queue, tenant), "bad-input: no such thing") == expected
        assert queue.claim(tenant, ["day"], "one") is None
        at_once(engine, tenant)
    with work.reading(tenant) as unit:
        parked = unit.jobs.all()[0]
    assert (parked.state, parked.attempts, parked.reason) == ("parked", 3, "bad-input: no such thing")
    assert parked.parked_at is not None and queue.waiting(["day"]) == []
    with work(other) as unit:
        assert unit.jobs.all() == []
        with pytest.raises(NotFound):
            unit.jobs.retry(parked.job)
    with work(tenant) as unit:
        unit.jobs.retry(parked.job)
        with pytest.raises(Conflict):
            unit.jobs.retry(parked.job)
        with pytest.raises(NotFound):
            unit.jobs.retry(JobId(99))
    assert taken(queue, tenant).attempts == 1


def test_a_clock_leaves_a_parked_job_for_a_while_and_one_that_kills_for_ever(
    queue: SqlJobQueue, work: SqlWork, tenant: TenantId, engine: Engine
) -> None:
    for reason, comes_back in (("bad-input", True), (WORKER_GONE, False)):
        add(work, tenant)
        for _ in range(3):
            at_once(engine, tenant)
            queue.fail(taken(queue, tenant), reason)
        with work(tenant) as unit:
            assert not unit.jobs.recur(DAY)
        at_once(engine, tenant, RESTED)
        with work(tenant) as unit:
            assert unit.jobs.recur(DAY) is comes_back
        if comes_back:
            queue.end(taken(queue, tenant))


def test_a_claim_that_was_taken_over_settles_nothing(
    queue: SqlJobQueue, work: SqlWork, tenant: TenantId, engine: Engine
) -> None:
    add(work, tenant)
    stopped = taken(queue, tenant, "stands still")
    assert queue.fail(stopped, WORKER_GONE) == "waiting"
    second = taken(queue, tenant, "two")
    assert second.fence == stopped.fence + 1
    assert not queue.end(stopped) and queue.fail(stopped, "late") is None
    assert queue.end(second)


def test_the_job_of_a_dead_runner_is_taken_back_at_once_and_that_of_a_living_one_is_left(
    queue: SqlJobQueue, work: SqlWork, tenant: TenantId, other: TenantId, engine: Engine
) -> None:
    runners = runners_for(engine)
    add(work, tenant)
    add(work, other)
    with runners.enter() as living, runners.enter() as me:
        taken(queue, tenant, living)
        taken(queue, other, "4711" if queue.beats else "gone")
        JobWatch(queue, runners, me).look(at_work=False)
        assert [held.tenant for held in queue.running()] == [tenant]
        assert [one.tenant for one in queue.waiting(["day"])] == [other]


def test_a_runner_that_holds_its_lock_and_is_silent_loses_its_job_where_it_may_be_cut_off(
    queue: SqlJobQueue, work: SqlWork, tenant: TenantId, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    runners, now = runners_for(engine), [0.0]
    monkeypatch.setattr("relance.adapters.job_watch.time.monotonic", lambda: now[0])
    add(work, tenant)
    with runners.enter() as silent, runners.enter() as me:
        taken(queue, tenant, silent)
        watch = JobWatch(queue, runners, me)
        for seconds, beats in ((10, True), (80, True), (160, False), (260, False)):
            now[0] = seconds
            if beats:
                queue.beat(silent)
            watch.look(at_work=False)
            assert bool(queue.running()) is (seconds < 260 or not queue.beats)


def test_what_dead_runners_left_on_the_disk_is_put_away(tmp_path: Path) -> None:
    dead, fresh = tmp_path / "relance.db.runner-dead", tmp_path / "relance.db.runner-fresh"
    for file in (dead, fresh):
        file.touch()
    os.utime(dead, (0, 0))
    runners = FileRunners(tmp_path / "relance.db")
    with runners.enter() as living:
        os.utime(tmp_path / f"relance.db.runner-{living}", (0, 0))
        with runners.enter():
            assert runners.lives(living) and fresh.exists() and not dead.exists()
    assert list(tmp_path.iterdir()) == [fresh]


def test_a_runner_takes_its_lock_again_however_long_the_database_was_away(
    engine: Engine, queue: SqlJobQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_: str) -> None:
        raise DatabaseUnreachable("nobody answers")

    runners = runners_for(engine)
    with runners.enter() as me:
        if queue.beats:
            gone = text("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objid = :me")
            with engine.connect() as connection:
                connection.execute(gone, {"me": int(me)})
            monkeypatch.setattr(runners, "_locked", away)
            for _ in range(2):
                with pytest.raises(DatabaseUnreachable):
                    runners.stay(me)
            monkeypatch.undo()
        runners.stay(me)
        assert runners.lives(me)
