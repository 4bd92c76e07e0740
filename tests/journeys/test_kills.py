"""SIGKILL at every failpoint and at any moment: nothing twice, nothing lost, nothing stuck (matrix rows 1, 2, 6, 7).

A fixed sample; `python -m tests.crash_matrix --seeds N` is the whole (CONTRIBUTING.md).
"""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crash.matrix import CONNECTIONS, Dispatchers, cell
from tests.crash.nursery import Nursery
from tests.crash.verdicts import judged
from tests.journeys.dispatcher import Relay, prepared


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    nursery = Nursery()
    yield nursery
    nursery.end()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/relance.db"
    return str(request.getfixturevalue("postgres_url"))


def test_killed_at_every_failpoint_nothing_leaves_twice(url: str, nursery: Nursery, tmp_path: Path) -> None:
    workers = 1 if url.startswith("sqlite") else 4
    found = cell(url, workers, 20260303, nursery, tmp_path)
    assert found.verdict.wrong == {}
    assert found.kills >= 7
    assert 1 <= found.verdict.states["unknown"] <= found.bound
    assert found.holds


def test_killed_at_any_moment_nothing_leaves_twice(url: str, nursery: Nursery, tmp_path: Path) -> None:
    room, relay, dice = prepared(url, 80), Relay(tmp_path), random.Random(20260303)
    run = Dispatchers(url, relay.port, nursery, tmp_path)
    try:
        for _ in range(2):
            target = len(relay.accepted()) + dice.randrange(1, 30)
            run.slain(lambda target=target: len(relay.accepted()) >= target)
        run.whole("2026-03-03T09:30:00Z")
        verdict = judged(room, relay.accepted())
    finally:
        relay.end()
        room.engine.dispose()
    assert verdict.wrong == {}
    assert verdict.states["sent"] + verdict.states.get("unknown", 0) == 80
    assert verdict.states.get("unknown", 0) <= 2 * CONNECTIONS


def test_every_fault_of_a_relay_has_its_state(url: str, nursery: Nursery, tmp_path: Path) -> None:
    faults = [
        ("rcpt", "550", "failed"),
        ("data", "554", "failed"),
        ("dot", "552", "failed"),
        ("rcpt", "451", "confirmed"),
        ("data", "451", "confirmed"),
        ("dot", "451", "confirmed"),
        ("dot", "drop", "unknown"),
        ("dot", "rst", "unknown"),
        ("dot", "cut", "unknown"),
        ("dot", "garbage", "unknown"),
    ]
    rules = [{"at": at, "do": do, "to": f"pay{n}@"} for n, (at, do, _) in enumerate(faults, 1)]
    room, relay = prepared(url, len(faults) + 3), Relay(tmp_path, rules)
    run = Dispatchers(url, relay.port, nursery, tmp_path)
    try:
        run.whole("2026-03-03T09:30:00Z")
        expected = {n: state for n, (_, _, state) in enumerate(faults, 1)}
        for row in room.rows("actions"):
            assert row.state == expected.get(row.customer_id, "sent"), (row.customer_id, row.reason)
        run.whole("2026-03-03T09:40:00Z")
        verdict = judged(room, relay.accepted())
    finally:
        relay.end()
        room.engine.dispose()
    assert verdict.wrong == {}
    assert verdict.states == {"failed": 3, "unknown": 4, "sent": 6}


def test_asked_to_stop_it_waits_for_the_answer(url: str, nursery: Nursery, tmp_path: Path) -> None:
    """A deploy leaves nothing unknown."""
    room, relay = prepared(url, 60), Relay(tmp_path, [{"at": "dot", "do": "slow", "times": 1000}])
    run = Dispatchers(url, relay.port, nursery, tmp_path)
    try:
        assert run.stopped(lambda: bool(relay.accepted())) == 0
        verdict = judged(room, relay.accepted(), final=False)
    finally:
        relay.end()
        room.engine.dispose()
    assert verdict.wrong == {}
    assert "unknown" not in verdict.states
    assert 0 < verdict.states["sent"] < 60
