"""The whole crash matrix: `python -m tests.crash_matrix --seeds 20` kills dispatchers at every failpoint.

On SQLite and PostgreSQL, one and four workers at once, with a relay that refuses, drops, cuts and delays. It prints a
line for each seed and ends with 1 where anything left twice, was lost, stuck, called failed though it left, or unknown
without a cause.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.crash.matrix import Cell, cell
from tests.crash.nursery import Nursery
from tests.postgres import running_server


def main() -> int:
    """Every cell that was asked for; the number of those that do not hold decides the exit code."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seeds", type=int, default=3, help="how many seeds of each cell")
    asked.add_argument("--first", type=int, default=1, help="the first seed")
    asked.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    asked.add_argument("--workers", default="1,4", help="numbers of dispatchers at once, by commas")
    given = asked.parse_args()
    began, broken, kills = time.monotonic(), 0, 0
    with _databases(given.database) as databases, _nursery() as nursery:
        for database in databases:
            for workers in map(int, given.workers.split(",")):
                for seed in range(given.first, given.first + given.seeds):
                    found = _one(database, workers, seed, nursery)
                    broken, kills = broken + (not found.holds), kills + found.kills
                    print(_line(found), flush=True)
    print(f"{kills} kills in {time.monotonic() - began:.0f} s: {broken} cells do not hold")
    return 1 if broken else 0


def _one(database: str, workers: int, seed: int, nursery: Nursery) -> Cell:
    with tempfile.TemporaryDirectory(prefix="relance-crash-") as folder:
        url = database or f"sqlite:///{folder}/relance.db"
        return cell(url, workers, seed, nursery, Path(folder))


def _line(found: Cell) -> str:
    wrong = found.verdict.wrong or "nothing wrong"
    states = ", ".join(f"{count} {state}" for state, count in sorted(found.verdict.states.items()))
    return (
        f"{found.database} workers={found.workers} seed={found.seed}: {found.messages} messages, {found.kills} kills, "
        f"{found.accepted} accepted; {states} (unknown at most {found.bound}); {wrong}"
    )


@contextmanager
def _databases(which: str) -> Iterator[list[str]]:
    """Addresses; an empty one stands for a new SQLite file each time."""
    if which == "sqlite":
        yield [""]
        return
    with running_server() as url:
        yield [url] if which == "postgresql" else ["", url]


@contextmanager
def _nursery() -> Iterator[Nursery]:
    nursery = Nursery()
    try:
        yield nursery
    finally:
        nursery.end()


if __name__ == "__main__":
    sys.exit(main())
