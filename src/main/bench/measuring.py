"""Seconds and peak memory of one deed, in a process of its own; what that starts counts, too."""

import multiprocessing
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

import msgspec

_PAUSE = 0.2


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """What a deed took, beside what it could not take less than."""

    seconds: float
    per_second: int
    peak_mb: int
    limit_seconds: float
    ratio: float


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """What a deed took, and what it answered."""

    seconds: float
    peak_mb: int
    answer: Any = None


def beside(taken: Taken, limit: Taken, count: int) -> Measured:
    """A deed over `count` things beside its limit."""
    return Measured(
        seconds=round(taken.seconds, 3),
        per_second=round(count / taken.seconds),
        peak_mb=taken.peak_mb,
        limit_seconds=round(limit.seconds, 3),
        ratio=round(taken.seconds / limit.seconds, 2),
    )


def in_child(deed: Callable[..., Any], *arguments: Any) -> Taken:
    """Run a module's function in a fresh process, so that memory is its own; what it raises is raised here.

    The function is a generator: it yields when it is ready, then its seconds count; what it yields last is the answer.
    The process ends by itself, as a user's does: killed, it would leave SQLite's log to the next one, which would first
    have to read it and then to move it.
    """
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        taken = pool.apply(_timed, (deed, arguments))
        pool.close()
        pool.join()
    return taken


def _timed(deed: Callable[..., Any], arguments: tuple[Any, ...]) -> Taken:
    steps = deed(*arguments)
    next(steps)
    with _Helped() as helped:
        start = time.perf_counter()
        answer = next(steps, None)
        seconds = time.perf_counter() - start
    return Taken(seconds=seconds, peak_mb=max(_peak(), helped.most >> 20), answer=answer)


class _Helped(threading.Thread):
    """Looks now and then at the memory of this process together with that of processes that it has started."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.most, self._done = 0, threading.Event()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._done.set()
        self.join()

    def run(self) -> None:
        """Until the deed is done."""
        own = str(os.getpid())
        while not self._done.wait(_PAUSE):
            started = [stat.parent.name for stat in Path("/proc").glob("[0-9]*/stat") if _parent(stat) == own]
            if started:
                self.most = max(self.most, sum(map(_resident, (own, *started))))


def _parent(stat: Path) -> str:
    told = _told(stat)
    return told.rpartition(")")[2].split()[1] if told else ""


def _resident(process: str) -> int:
    pages = _told(Path("/proc") / process / "statm").split()
    return int(pages[1]) * os.sysconf("SC_PAGE_SIZE") if pages else 0


def _told(file: Path) -> str:
    """What the system says of a process; nothing where it is gone, or where the system says nothing."""
    try:
        return file.read_text()
    except OSError:
        return ""


def _peak() -> int:
    """High-water mark of this process's memory; unlike ru_maxrss it does not begin with the parent's."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) // 1024
