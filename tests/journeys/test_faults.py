"""Databases that fail, fill up, go away or come back, slow relays, clocks that jump (matrix rows 3 to 18).

A fixed sample; `python -m tests.crash_matrix --row N` is the whole (docs/reference/fault-matrix.md).
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from relance.adapters.store.engine import engine_for
from relance.adapters.store.workers import AdvisoryWorkers
from tests.crash.nursery import Nursery
from tests.crash.places import Place
from tests.crash.rows import clock_steps, failing_writes, full_disk, import_meanwhile, many_workers, partition


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    nursery = Nursery()
    yield nursery
    nursery.end()


@pytest.fixture
def server(postgres_url: str, nursery: Nursery, tmp_path: Path) -> Place:
    return Place(postgres_url, tmp_path, nursery)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    if request.param == "sqlite":
        return Place(f"sqlite:///{tmp_path}/relance.db", tmp_path)
    return Place(str(request.getfixturevalue("postgres_url")), tmp_path)


def test_a_statement_that_fails_changes_nothing_and_sends_nothing_twice(place: Place) -> None:
    found = list(failing_writes.run(place, 20260303, most=1))
    assert [one for one in found if not one.holds] == []
    assert sum(one.runs for one in found) == 4


def test_i6_what_an_import_settled_before_the_commit_does_not_leave(place: Place) -> None:
    assert [one for one in import_meanwhile.run(place, 20260303, schedules=1) if not one.holds] == []


def test_a_worker_is_alive_again_after_the_server_was_restarted(postgres_url: str) -> None:
    engine = engine_for(postgres_url)
    workers = AdvisoryWorkers(engine)
    with workers.enter() as me:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            others = "select pg_terminate_backend(pid, 5000) from pg_stat_activity where pid <> pg_backend_pid()"
            connection.execute(text(f"{others} and datname = current_database()"))
        assert not workers.lives(me)
        workers.stay(me)
        assert workers.lives(me)
    assert not workers.lives(me)
    engine.dispose()


def test_a_full_disk_stops_what_cannot_be_recorded(nursery: Nursery, tmp_path: Path) -> None:
    file = Place(f"sqlite:///{tmp_path}/relance.db", tmp_path, nursery)
    [found] = full_disk.run(file, 1, cases=("dispatch",))
    assert found.holds, found


def test_a_clock_that_jumps_plans_nothing_twice_and_keeps_the_windows(tmp_path: Path) -> None:
    [found] = clock_steps.run(Place(f"sqlite:///{tmp_path}/relance.db", tmp_path), 1, moves=6)
    assert found.holds, found


def test_t18_a_worker_paused_past_its_lease_does_not_send_what_another_sent(server: Place) -> None:
    [found] = many_workers.run(server, 3, crowds=())
    assert found.holds, found


def test_an_answer_that_was_lost_on_its_way_to_the_database_sends_nothing_again(server: Place) -> None:
    [found] = partition.run(server, 1, cases=(("commit", 2),))
    assert found.holds, found
