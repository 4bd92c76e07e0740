"""The worker by itself: it decides the day, sends, stops when told, and is alone on SQLite."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.journeys.dispatcher import Relay, ended, prepared


def working(url: str, port: int) -> "subprocess.Popen[str]":
    environment = {
        **os.environ,
        "RELANCE_DATABASE": url,
        "RELANCE_SECRET": "s" * 40,
        "RELANCE_ENV": "test",
        "RELANCE_NOW": "2026-03-03T09:30:00Z",
        "RELANCE_SMTP_HOST": "127.0.0.1",
        "RELANCE_SMTP_PORT": str(port),
        "RELANCE_SMTP_TLS": "none",
    }
    command = [sys.executable, "-m", "relance", "work"]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_the_worker_sends_stops_when_told_and_is_alone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/relance.db"
    room, relay = prepared(url, 5), Relay(tmp_path)
    worker = working(url, relay.port)
    try:
        until = time.monotonic() + 30
        while len(relay.accepted()) < 5 and time.monotonic() < until:
            time.sleep(0.05)
        code, said = ended(working(url, relay.port))
        assert (code, "another worker" in said) == (2, True)
        worker.send_signal(signal.SIGTERM)
        code, said = ended(worker)
        assert code == 0, said
    finally:
        worker.kill()
        relay.end()
        room.engine.dispose()
    assert {room_state for room_state, _ in (room.state(n) for n in range(1, 6))} == {"sent"}
