"""A cell of the crash matrix: a ledger whose dispatchers die at every failpoint, while the relay misbehaves."""

import os
import random
import signal
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from tests.crash.nursery import FILE_BYTES, Nursery
from tests.crash.verdicts import Verdict, judged
from tests.journeys.dispatcher import Relay, prepared

CERTAIN = ("claim.committed", "smtp.connected", "smtp.rcpt", "sent.committed")
IN_DOUBT = ("sending.committed", "data.sent", "reply.read")
FAILPOINTS = (*CERTAIN, *IN_DOUBT)
CONNECTIONS = 4
"""Messages that one dispatcher has on their way at once."""
AMBIGUOUS = ("drop", "rst", "cut", "garbage")
_REFUSALS = (("rcpt", "550"), ("data", "554"), ("dot", "552"), ("rcpt", "451"), ("data", "451"), ("dot", "451"))
_ALONE = 2
"""A second worker on SQLite is refused, saying why."""


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """What one seed showed. `bound` is how many messages may be unknown at most (I-3)."""

    database: str
    workers: int
    seed: int
    messages: int
    kills: int
    accepted: int
    verdict: Verdict
    bound: int

    @property
    def holds(self) -> bool:
        """Whether every invariant held."""
        return not self.verdict.wrong and self.verdict.states.get("unknown", 0) <= self.bound


def cell(url: str, workers: int, seed: int, nursery: Nursery, folder: Path) -> Cell:
    """Kill `workers` dispatchers at every failpoint, in an order and with faults that the seed decides."""
    dice = random.Random(seed)
    count = 12 + workers * CONNECTIONS * len(FAILPOINTS)
    faults = _faults(dice, count)
    room, relay = prepared(url, count), Relay(folder, faults)
    run = Dispatchers(url, relay.port, nursery, folder)
    try:
        kills = sum(run.killed(failpoint, workers) for failpoint in dice.sample(FAILPOINTS, len(FAILPOINTS)))
        run.whole("2026-03-03T09:30:00Z")
        run.whole("2026-03-03T09:40:00Z")  # what was told to come back later has come back
        accepted = relay.accepted()
        verdict = judged(room, accepted)
    finally:
        relay.end()
        room.engine.dispose()
    doubts = sum(rule["do"] in AMBIGUOUS for rule in faults)
    return Cell(
        database=url.partition(":")[0],
        workers=workers,
        seed=seed,
        messages=count,
        kills=kills,
        accepted=len(accepted),
        verdict=verdict,
        bound=kills * CONNECTIONS + doubts,
    )


def _faults(dice: random.Random, count: int) -> list[dict[str, Any]]:
    """A tenth of the messages meet a fault: half of them one after which nobody can tell."""
    unlucky = dice.sample(range(1, count + 1), max(4, count // 10))
    half = len(unlucky) // 2
    unclear = [{"at": "dot", "do": dice.choice(AMBIGUOUS), "to": f"^pay{n}@"} for n in unlucky[:half]]
    clear = [dice.choice(_REFUSALS) for _ in unlucky[half:]]
    return unclear + [
        {"at": at, "do": do, "to": f"^pay{n}@"} for (at, do), n in zip(clear, unlucky[half:], strict=True)
    ]


class Dispatchers:
    """Dispatchers on one database, with one relay."""

    def __init__(
        self, url: str, port: int, nursery: Nursery, folder: Path, scaled: dict[str, Any] | None = None
    ) -> None:
        self._nursery, self._folder, self._scaled = nursery, folder, scaled
        self._state = tempfile.mkdtemp(prefix="relance-state-", dir=folder)
        self._inside = {
            "RELANCE_DATABASE": url,
            "RELANCE_SECRET": "s" * 40,
            "RELANCE_STATE": self._state if url.startswith("postgresql") else "",
            "RELANCE_ENV": "test",
            "RELANCE_SMTP_HOST": "127.0.0.1",
            "RELANCE_SMTP_PORT": str(port),
            "RELANCE_SMTP_TLS": "none",
        }

    def then_at(self, url: str) -> "Dispatchers":
        """The same dispatchers at another address of their database."""
        self._inside["RELANCE_DATABASE"] = url
        return self

    def killed(self, failpoint: str, workers: int) -> int:
        """How many of so many dispatchers died at the failpoint; the others were refused or found nothing left."""
        codes = self._ended([self._started(f"{failpoint}=kill", n) for n in range(workers)])
        assert set(codes) <= {-signal.SIGKILL, 0, _ALONE}, (failpoint, codes, self.said(0))
        return codes.count(-signal.SIGKILL)

    def whole(self, now: str = "2026-03-03T09:30:00Z", workers: int = 1) -> None:
        """One dispatcher that nobody kills, or several."""
        codes = self._ended([self._started("", n, now) for n in range(workers)])
        assert set(codes) == {0}, self.said(codes.index(next(filter(None, codes))))

    def ended(self, failpoint: str = "") -> int:
        """The exit code of one dispatcher."""
        return self._ended([self._started(failpoint, 0)])[0]

    def paused(self, failpoint: str) -> int:
        """A dispatcher that has stopped itself at the failpoint; it lives, and does nothing."""
        pid, until = self._started(f"{failpoint}=stop", 1), time.monotonic() + 30
        while Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "T":
            assert time.monotonic() < until, self.said(1)
            time.sleep(0.005)
        return pid

    def goes_on(self, pid: int) -> int:
        """Let a paused dispatcher go on to its end; its exit code."""
        os.kill(pid, signal.SIGCONT)
        return self._ended([pid])[0]

    def slain(self, moment: Callable[[], bool]) -> None:
        """One dispatcher that is killed when the moment has come, wherever it is then."""
        pid, until = self._started("", 0), time.monotonic() + 30
        while not moment() and time.monotonic() < until:
            time.sleep(0.002)
        os.kill(pid, signal.SIGKILL)
        self._ended([pid])

    def stopped(self, moment: Callable[[], bool]) -> int:
        """One dispatcher that is asked to stop when the moment has come; its exit code."""
        pid = self._started("", 0)
        while not moment():
            time.sleep(0.005)
        os.kill(pid, signal.SIGTERM)
        return self._ended([pid])[0]

    def said(self, n: int) -> str:
        """The words of a dispatcher."""
        return self._told(n).read_text()

    def relance(self, *words: str, told: Path | None = None, **more: str) -> int:
        """The number of a process that runs another command."""
        inside = self._inside | {"RELANCE_FAILPOINTS": "", "RELANCE_NOW": "2026-03-03T09:30:00Z"} | more
        return self._nursery.start(inside, [*words], told or self._told(0), self._scaled)

    def done(self, *words: str, **more: Any) -> int:
        """The exit code of another command."""
        return self._ended([self.relance(*words, **more)])[0]

    def on_a_disk_of(self, size: int | None) -> "Dispatchers":
        """The same dispatchers where no file may become longer; None takes the limit away."""
        self._scaled = {name: value for name, value in (self._scaled or {}).items() if name != FILE_BYTES}
        self._scaled |= {FILE_BYTES: size} if size is not None else {}
        return self

    def _started(self, failpoints: str, n: int, now: str = "2026-03-03T09:30:00Z") -> int:
        inside = self._inside | {"RELANCE_FAILPOINTS": failpoints, "RELANCE_NOW": now}
        return self._nursery.start(inside, ["dispatch", "--tenant", "acme", "--json"], self._told(n), self._scaled)

    def _ended(self, pids: list[int]) -> list[int]:
        return [self._nursery.wait(pid) for pid in pids]

    def _told(self, n: int) -> Path:
        return self._folder / f"dispatcher-{os.getpid()}-{n}.txt"
