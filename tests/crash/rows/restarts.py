"""Row 5: PostgreSQL is restarted without a goodbye while a worker sends.

No action is lost, the worker goes on by itself, and soon: its first message after the restart leaves within ten
seconds. The server keeps what it committed, as one does that is not told otherwise.
"""

import os
import random
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.crash.findings import Finding, finding
from tests.crash.matrix import CONNECTIONS, Dispatchers
from tests.crash.places import Place
from tests.crash.verdicts import judged
from tests.journeys.dispatcher import Relay, prepared
from tests.postgres import Server, restartable_server

ROW = 5
SERVERS_ONLY = True
_MESSAGES, _RESTARTS = 150, 3
_SOON = 10
_SLOW = [{"at": "dot", "do": "slow", "times": 10_000}]


def run(place: Place, seed: int) -> Iterator[Finding]:
    """A server of its own, restarted while messages leave."""
    with tempfile.TemporaryDirectory(dir=place.folder) as folder, restartable_server() as server:
        yield _restarted(place, server, seed, Path(folder))


def _restarted(place: Place, server: Server, seed: int, folder: Path) -> Finding:
    dice, longest = random.Random(seed), 0.0
    room, relay = prepared(server.url, _MESSAGES), Relay(folder, _SLOW)
    run = Dispatchers(server.url, relay.port, place.nursery, folder)
    worker = run.relance("work")
    try:
        for number in range(1, _RESTARTS + 1):
            _until(lambda: len(relay.accepted()) >= number * _MESSAGES // (_RESTARTS + 2), 60)  # noqa: B023 - waited for here
            time.sleep(dice.random() / 2)
            server.restart()
            before, since = len(relay.accepted()), time.monotonic()
            _until(lambda: len(relay.accepted()) > before, 60)  # noqa: B023 - waited for here
            longest = max(longest, time.monotonic() - since)
        _until(lambda: not any(row.state in {"confirmed", "sending"} for row in room.rows("actions")), 90)
        os.kill(worker, signal.SIGTERM)
        code = place.nursery.wait(worker)
        verdict = judged(room, relay.accepted())
    finally:
        _end(worker)
        relay.end()
        room.engine.dispose()
    wrong = [f"it left with {code}: {run.said(0)[-500:]}"] if code else []
    wrong += [f"the worker needed {longest:.1f} s"] if longest > _SOON else []
    bound = _RESTARTS * CONNECTIONS
    return finding(ROW, "restarted server", "postgresql", verdict, seed=seed, runs=_RESTARTS, bound=bound, wrong=wrong)


def _until(moment: object, seconds: float) -> None:
    until = time.monotonic() + seconds
    while not moment() and time.monotonic() < until:  # type: ignore[operator] # a question
        time.sleep(0.02)


def _end(worker: int) -> None:
    try:
        os.kill(worker, signal.SIGKILL)
    except ProcessLookupError:
        return
