"""SIGKILL at every failpoint and at any moment: nothing twice, nothing lost, nothing stuck (matrix rows 1, 2, 6, 7)."""

import os
import random
import signal
import time
from pathlib import Path

import pytest

from tests.journeys.dispatcher import Relay, ended, prepared, started, verdict

CERTAIN = ("claim.committed", "smtp.connected", "smtp.rcpt", "sent.committed")
IN_DOUBT = ("sending.committed", "data.sent", "reply.read")
MANY = int(os.environ.get("RELANCE_KILLS", "0"))
"""Kills of the long run; without it a small sample is taken."""


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/relance.db"
    return str(request.getfixturevalue("postgres_url"))


def test_killed_at_every_failpoint_nothing_leaves_twice(url: str, tmp_path: Path) -> None:
    room, relay = prepared(url, 30), Relay(tmp_path)
    try:
        for failpoint in (*CERTAIN, *IN_DOUBT) * (3 if MANY else 1):
            code, said = ended(started(url, relay.port, f"{failpoint}=kill"))
            assert code == -signal.SIGKILL, (failpoint, said)
            assert sum(row.state == "sending" for row in room.rows("actions")) <= 4
        code, said = ended(started(url, relay.port))
        assert code == 0, said
        states = verdict(room, relay)
    finally:
        relay.end()
        room.engine.dispose()
    assert states["sent"] + states["unknown"] == 30
    assert 1 <= states["unknown"] <= 4 * len(CERTAIN + IN_DOUBT) * (3 if MANY else 1)


def test_killed_at_any_moment_nothing_leaves_twice(url: str, tmp_path: Path) -> None:
    kills = MANY or 2
    count = 40 * kills
    room, relay, dice = prepared(url, count), Relay(tmp_path), random.Random(20260303)
    try:
        for _ in range(kills):
            before = len(relay.accepted())
            process = started(url, relay.port)
            until = time.monotonic() + 20
            target = before + dice.randrange(1, 30)
            while len(relay.accepted()) < target and time.monotonic() < until and process.poll() is None:
                time.sleep(0.002)
            process.kill()
            ended(process)
        code, said = ended(started(url, relay.port), 120)
        assert code == 0, said
        states = verdict(room, relay)
    finally:
        relay.end()
        room.engine.dispose()
    assert states["sent"] + states["unknown"] == count
    assert states["unknown"] <= 4 * kills


def test_every_fault_of_a_relay_has_its_state(url: str, tmp_path: Path) -> None:
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
    try:
        code, said = ended(started(url, relay.port))
        assert code == 0, said
        expected = {n: state for n, (_, _, state) in enumerate(faults, 1)}
        for row in room.rows("actions"):
            assert row.state == expected.get(row.customer_id, "sent"), (row.customer_id, row.reason)
        code, said = ended(started(url, relay.port, now="2026-03-03T09:40:00Z"))
        states = verdict(room, relay)
    finally:
        relay.end()
        room.engine.dispose()
    assert states == {"failed": 3, "unknown": 4, "sent": 6}


def test_asked_to_stop_it_waits_for_the_answer(url: str, tmp_path: Path) -> None:
    """A deploy leaves nothing unknown."""
    room, relay = prepared(url, 60), Relay(tmp_path, [{"at": "dot", "do": "slow", "times": 1000}])
    try:
        process = started(url, relay.port)
        while not relay.accepted():
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(signal.SIGTERM)
        code, said = ended(process)
        assert code == 0, said
        states = verdict(room, relay)
    finally:
        relay.end()
        room.engine.dispose()
    assert states["unknown"] == 0
    assert 0 < states["sent"] < 60
