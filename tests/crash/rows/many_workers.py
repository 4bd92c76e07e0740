"""Row 15: two and eight workers at once, and one that stands still for longer than its lease (T18).

A paused worker keeps its lock in the database, and its claims. On SQLite nobody takes them; on PostgreSQL another
worker does when the lease is over, and the paused one must not send them when it goes on.
"""

import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.crash.findings import Finding, finding
from tests.crash.matrix import CERTAIN, CONNECTIONS, IN_DOUBT, Dispatchers
from tests.crash.places import Place
from tests.crash.verdicts import judged
from tests.journeys.dispatcher import Relay, prepared

ROW = 15
_LEASE = 1
SHORT_LEASE = {
    "relance.usecases.collection._LEASE_SECONDS": _LEASE,
    "relance.usecases.collection._RENEW_SECONDS": _LEASE / 4,
}
"""Ninety seconds pass in one."""


def run(place: Place, seed: int, crowds: tuple[int, ...] = (2, 8)) -> Iterator[Finding]:
    """Workers at once where there may be several; then one that pauses at a failpoint that the seed draws."""
    for workers in () if place.on_file else crowds:
        yield _at_once(place, seed, workers)
    yield _paused(place, seed)


def _at_once(place: Place, seed: int, workers: int) -> Finding:
    with tempfile.TemporaryDirectory(dir=place.folder) as folder:
        room, relay = prepared(place.url, 50), Relay(Path(folder))
        try:
            Dispatchers(place.url, relay.port, place.nursery, Path(folder)).whole(workers=workers)
            verdict = judged(room, relay.accepted())
        finally:
            relay.end()
            room.engine.dispose()
    return finding(ROW, f"{workers} workers", place.name, verdict, seed=seed)


def _paused(place: Place, seed: int) -> Finding:
    failpoint = random.Random(seed).choice((*CERTAIN[:-1], *IN_DOUBT))
    with tempfile.TemporaryDirectory(dir=place.folder) as folder:
        room, relay = prepared(place.url, 20), Relay(Path(folder))
        run = Dispatchers(place.url, relay.port, place.nursery, Path(folder), SHORT_LEASE)
        wrong = []
        try:
            first = run.paused(failpoint)
            time.sleep(_LEASE * 1.2)
            other = run.ended()
            if other != (2 if place.on_file else 0):
                wrong.append(f"the other worker left with {other}: {run.said(0)}")
            if code := run.goes_on(first):
                wrong.append(f"paused at {failpoint}, it left with {code}: {run.said(1)}")
            verdict = judged(room, relay.accepted())
        finally:
            relay.end()
            room.engine.dispose()
    bound = CONNECTIONS if failpoint in IN_DOUBT else 0
    return finding(ROW, f"paused at {failpoint}", place.name, verdict, seed=seed, bound=bound, wrong=wrong)
