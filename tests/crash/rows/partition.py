"""Row 18: between the program and PostgreSQL the network is lost amid the commit that says `sent`.

The commit is lost, or its answer, or nothing is heard for a while, or the database stays away for longer than a worker
waits. The message has left: its row ends `sent` or `unknown`, and it does not leave again.
"""

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.crash.findings import Finding, finding
from tests.crash.matrix import CONNECTIONS, Dispatchers
from tests.crash.places import Place
from tests.crash.proxy import Loss, Proxy
from tests.crash.verdicts import judged
from tests.journeys.dispatcher import Relay, prepared

ROW = 18
SERVERS_ONLY = True
IMPATIENT = {"relance.usecases.collection.journal._PATIENCE": [0.05, 0.1, 0.2, 0.4]}
"""A minute of waiting for the database passes in a second."""
_CASES: tuple[tuple[Loss, float], ...] = (("commit", 0), ("answer", 0), ("silence", 0), ("commit", 2), ("answer", 2))


def run(place: Place, seed: int, cases: tuple[tuple[Loss, float], ...] = _CASES) -> Iterator[Finding]:
    """Each kind of loss once."""
    count = 8 + random.Random(seed).randrange(8)
    for loss, away in cases:
        with tempfile.TemporaryDirectory(dir=place.folder) as folder:
            yield _lost(place, seed, count, loss, away, Path(folder))


def _lost(place: Place, seed: int, count: int, loss: Loss, away: float, folder: Path) -> Finding:
    room, relay, proxy = prepared(place.url, count), Relay(folder), Proxy(place.url, loss, away)
    try:
        first = Dispatchers(proxy.url, relay.port, place.nursery, folder, IMPATIENT)
        code = first.ended()
        said = first.said(0)
        first.then_at(place.url).whole()
        verdict = judged(room, relay.accepted())
    finally:
        proxy.end()
        relay.end()
        room.engine.dispose()
    wrong = [] if proxy.lost else ["no commit was lost"]
    if code and "the database" not in said:
        wrong.append(f"it left with {code}: {said}")
    case = f"{loss} lost" + (", database away" if away else "")
    return finding(ROW, case, place.name, verdict, seed=seed, bound=CONNECTIONS if away else 0, wrong=wrong)
