"""Row 8: the relay of one tenant greets after half a minute and answers after nine, on a clock a hundred times as fast.

Its messages are sent once and none is given up, and the other tenant's leave before the slow relay has answered once.
"""

import os
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from relance.adapters.store.tenancy import SqlTenantDirectory
from tests.conftest import acme
from tests.crash.findings import Finding, finding
from tests.crash.matrix import Dispatchers
from tests.crash.places import Place
from tests.crash.verdicts import judged
from tests.journeys.dispatcher import Relay, prepared
from tests.usecases.collection.mailroom import Mailroom

ROW = 8
_SLOW, _QUICK = 6, 20
_HUNDREDTH = 0.01
_ANSWERS = 9 * 60 * _HUNDREDTH
_RULES = [
    {"at": "greet", "do": "slow", "seconds": 30 * _HUNDREDTH, "times": 1000},
    {"at": "dot", "do": "slow", "seconds": _ANSWERS, "times": 1000},
]
_PLUGINS = """
[plugins.email.settings]
host = "127.0.0.1"
port = {quick}
tls = "none"

[[plugins.email.settings.relays]]
host = "127.0.0.1"
port = {slow}
tls = "none"
tenants = ["acme"]
answer_seconds = 2
final_seconds = 6
"""


def run(place: Place, seed: int) -> Iterator[Finding]:
    """One worker, two tenants, a relay each."""
    with tempfile.TemporaryDirectory(dir=place.folder) as folder:
        yield _beside_each_other(place, seed, Path(folder))


def _beside_each_other(place: Place, seed: int, folder: Path) -> Finding:
    url = place.address(folder)
    slow_room = prepared(url, _SLOW)
    quick_room = Mailroom(slow_room.engine, SqlTenantDirectory(slow_room.engine).found(acme("beta"), "FR01"), _QUICK)
    quick_room.confirm()
    (folder / "quick").mkdir()
    slow, quick = Relay(folder, _RULES), Relay(folder / "quick")
    plugins = folder / "plugins.toml"
    plugins.write_text(_PLUGINS.format(slow=slow.port, quick=quick.port))
    run = Dispatchers(url, quick.port, place.nursery, folder)
    worker = run.relance("work", RELANCE_PLUGINS=str(plugins))
    try:
        _wait(lambda: {row.state for room in (slow_room, quick_room) for row in room.rows("actions")} == {"sent"})
        os.kill(worker, signal.SIGTERM)
        code = place.nursery.wait(worker)
        verdict = judged(slow_room, slow.accepted())
        wrong = [f"the other tenant: {found}" for found in judged(quick_room, quick.accepted()).wrong.items()]
        first_answer = min((row["at"] for row in slow.accepted()), default=0) + _ANSWERS
        late = sum(row["at"] > first_answer for row in quick.accepted())
    finally:
        slow.end()
        quick.end()
        slow_room.engine.dispose()
    wrong += [f"{late} messages of the other tenant waited for the slow relay"] if late else []
    wrong += [f"the worker left with {code}: {run.said(0)[-500:]}"] if code else []
    return finding(ROW, "slow relay", place.name, verdict, seed=seed, wrong=wrong)


def _wait(moment: object) -> None:
    until = time.monotonic() + 90
    while not moment() and time.monotonic() < until:  # type: ignore[operator] # a question
        time.sleep(0.1)
