"""Row 4: the disk is full, as a file that may not grow any longer.

Nothing leaves that cannot be recorded first; what left and could not be recorded is `unknown`. When there is room
again, the rest goes. An import that finds no room leaves the ledger as it was. A full disk of the log stops nothing.
"""

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

from relance.adapters.store.engine import engine_for
from relance.adapters.store.tenancy import SqlTenantDirectory
from tests.conftest import acme
from tests.crash.findings import Finding, finding
from tests.crash.matrix import CONNECTIONS, Dispatchers
from tests.crash.places import Place, emptied
from tests.crash.rows.failing_writes import dumped
from tests.crash.rows.partition import IMPATIENT
from tests.crash.verdicts import judged
from tests.journeys.dispatcher import Relay, prepared
from tests.usecases.intake.kit import HEADER, Desk, invoices

ROW = 4
_MESSAGES = 60
_NO_ROOM = "make room"
_LEAST, _MOST = 40_000, 700_000
"""Bytes that a file may have: between the first page of SQLite's log and all that sixty messages write."""


def run(place: Place, seed: int, cases: tuple[str, ...] = ("dispatch", "import", "log")) -> Iterator[Finding]:
    """Each of the three; a server's files are its own, so only the log fills up on PostgreSQL."""
    for case in cases:
        if place.on_file or case == "log":
            with tempfile.TemporaryDirectory(dir=place.folder) as folder:
                yield _CASES[case](place, seed, Path(folder))


def _dispatch(place: Place, seed: int, folder: Path) -> Finding:
    size = random.Random(seed).randrange(_LEAST, _MOST)
    url = place.address(folder)
    room, relay = prepared(url, _MESSAGES), Relay(folder)
    run = Dispatchers(url, relay.port, place.nursery, folder, IMPATIENT)
    try:
        room.engine.dispose()  # or its connection keeps the log as long as it has become
        code = run.on_a_disk_of(size).ended()
        said = run.said(0)
        run.on_a_disk_of(None).whole()
        verdict = judged(room, relay.accepted())
    finally:
        relay.end()
        room.engine.dispose()
    wrong = [f"with {size} bytes it left with {code}: {said}"] if code and _NO_ROOM not in said else []
    bound = CONNECTIONS if code else 0
    return finding(ROW, "dispatch", place.name, verdict, seed=seed, bound=bound, wrong=wrong)


def _import(place: Place, seed: int, folder: Path) -> Finding:
    size = random.Random(seed).randrange(_LEAST, _MOST)
    url = place.address(folder)
    engine, wrong = engine_for(url), list[str]()
    emptied(engine)
    Desk(engine, SqlTenantDirectory(engine).found(acme(), "FR01"), folder).rows(*invoices(50))
    run = Dispatchers(url, 1, place.nursery, folder)
    file = folder / "next.csv"
    file.write_text("\n".join((HEADER, *invoices(2000))) + "\n")
    words = ("import", "items", str(file), "--tenant", "acme", "--override-guard")
    try:
        before = dumped(engine)
        engine.dispose()
        code = run.on_a_disk_of(size).done(*words)
        if code and _NO_ROOM not in run.said(0):
            wrong.append(f"with {size} bytes it left with {code}: {run.said(0)[-300:]}")
        if code and dumped(engine) != before:
            wrong.append(f"with {size} bytes the ledger is not as it was")
        if run.on_a_disk_of(None).done(*words):
            wrong.append(f"with room again: {run.said(0)[-300:]}")
    finally:
        engine.dispose()
    return Finding(row=ROW, case="import", database=place.name, seed=seed, wrong=tuple(wrong))


def _log(place: Place, seed: int, folder: Path) -> Finding:
    url = place.address(folder)
    room, relay = prepared(url, 12), Relay(folder)
    run = Dispatchers(url, relay.port, place.nursery, folder)
    try:
        run.done("dispatch", "--tenant", "acme", "--json", told=Path("/dev/full"))
        verdict = judged(room, relay.accepted())
    finally:
        relay.end()
        room.engine.dispose()
    return finding(ROW, "log", place.name, verdict, seed=seed)


_CASES = {"dispatch": _dispatch, "import": _import, "log": _log}
