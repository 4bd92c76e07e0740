"""The fault matrix: `python -m tests.crash_matrix --seeds 20` kills dispatchers at every failpoint.

On SQLite and PostgreSQL, one and four workers at once, with a relay that refuses, drops, cuts and delays. It prints a
line for each seed and ends with 1 where anything left twice, was lost, stuck, called failed though it left, or unknown
without a cause. `--row N` (several by commas, or `all`) tries another fault: see docs/reference/fault-matrix.md.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.crash.findings import Finding, table
from tests.crash.matrix import Cell, cell
from tests.crash.nursery import Nursery
from tests.crash.places import Place
from tests.crash.rows import ROWS
from tests.postgres import running_server

KILLS = 1


def main() -> int:
    """Every cell that was asked for; the number of those that do not hold decides the exit code."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--seeds", type=int, default=3, help="how many seeds of each cell")
    asked.add_argument("--first", type=int, default=1, help="the first seed")
    asked.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    asked.add_argument("--workers", default="1,4", help="numbers of dispatchers at once, by commas (row 1)")
    asked.add_argument("--row", default=str(KILLS), help="rows by commas, or all: " + _known())
    given = asked.parse_args()
    rows = [KILLS, *ROWS] if given.row == "all" else [int(one) for one in given.row.split(",")]
    broken = 0
    with _databases(given.database) as databases, _nursery() as nursery:
        if KILLS in rows:
            broken += _kills(given, databases, nursery)
        others = [row for row in rows if row != KILLS]
        broken += _faults(given, others, databases, nursery) if others else 0
    return 1 if broken else 0


def _known() -> str:
    return "1 kills at every failpoint; " + "; ".join(
        f"{number} {row.__name__.rpartition('.')[2]}" for number, row in ROWS.items()
    )


def _kills(given: argparse.Namespace, databases: list[str], nursery: Nursery) -> int:
    began, broken, kills = time.monotonic(), 0, 0
    for database in databases:
        for workers in map(int, given.workers.split(",")):
            for seed in range(given.first, given.first + given.seeds):
                found = _one(database, workers, seed, nursery)
                broken, kills = broken + (not found.holds), kills + found.kills
                print(_line(found), flush=True)
    print(f"{kills} kills in {time.monotonic() - began:.0f} s: {broken} cells do not hold")
    return broken


def _faults(given: argparse.Namespace, rows: list[int], databases: list[str], nursery: Nursery) -> int:
    """Every row on every database that it is about; what does not hold is told at once, the table at the end."""
    findings: list[Finding] = []
    for row in rows:
        for database in databases:
            for seed in range(given.first, given.first + given.seeds):
                findings += _tried(row, database, seed, nursery)
    print("\n".join(table(findings)))
    return sum(not one.holds for one in findings)


def _tried(row: int, database: str, seed: int, nursery: Nursery) -> list[Finding]:
    module = ROWS[row]
    if not database and getattr(module, "SERVERS_ONLY", False):
        return []
    found = []
    with tempfile.TemporaryDirectory(prefix="relance-fault-") as folder:
        place = Place(database or f"sqlite:///{folder}/relance.db", Path(folder), nursery)
        for one in module.run(place, seed):
            found.append(one)
            if not one.holds:
                print(f"does not hold: {one}"[:2000], flush=True)
    return found


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
