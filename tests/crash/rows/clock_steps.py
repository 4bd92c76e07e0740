"""Row 13: the wall clock jumps, back and forth, over changes of the clocks, a leap day, and a sleep of hours.

An inspector stands at the door (I-13 to I-20): nothing leaves twice or outside of its window, and no step is planned
twice. Leases run on the database's clock: row 15 pauses a worker past its own.
"""

import random
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from relance.adapters.store.engine import engine_for
from relance.adapters.supplied.files import SuppliedFiles
from tests.crash.findings import Finding
from tests.crash.places import Place, emptied
from tests.delivery_ledger import _automated
from tests.usecases.collection.departures import Inspector
from tests.usecases.collection.firm import Firm

ROW = 13
_STARTS = [
    ("Europe/Paris", datetime(2026, 3, 27, 9, 0, tzinfo=UTC)),
    ("Europe/Paris", datetime(2026, 10, 23, 14, 0, tzinfo=UTC)),
    ("Europe/Paris", datetime(2028, 2, 28, 10, 0, tzinfo=UTC)),
    ("America/New_York", datetime(2026, 10, 30, 15, 0, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2026, 4, 3, 3, 0, tzinfo=UTC)),
]
"""Days before the clocks change, and before a leap day."""
_JUMPS = {
    "an hour on": timedelta(hours=1),
    "an hour back": timedelta(hours=-1),
    "five minutes back": timedelta(minutes=-5),
    "two days ahead": timedelta(days=2),
    "two days back": timedelta(days=-2),
    "eight hours asleep": timedelta(hours=8),
}
_WINDOWS = ["mon-fri 08:30-17:30", "mon-sun 00:00-24:00", "mon-sun 02:30-16:00"]
_MOVES = 12


def run(place: Place, seed: int, moves: int = _MOVES) -> Iterator[Finding]:
    """A life of a firm whose clock jumps before every pass; on a file, as the clock is the program's own."""
    if place.on_file:
        with tempfile.TemporaryDirectory(dir=place.folder) as folder:
            yield _life(Path(folder), seed, moves)


def _life(folder: Path, seed: int, moves: int) -> Finding:
    dice = random.Random(seed)
    empty, engine = folder / "empty.db", engine_for(f"sqlite:///{folder}/firm/relance.db")
    made = engine_for(f"sqlite:///{empty}")
    emptied(made)
    made.dispose()
    firm = Firm(engine, empty, *dice.choice(_STARTS))
    inspector = Inspector(firm)
    _begun(firm, dice)
    told = []
    for _ in range(moves):
        jump = dice.choice(sorted(_JUMPS))
        told.append(jump)
        firm.clock.moment += _JUMPS[jump]
        firm.put()
        firm.day()
        if dice.random() < 0.5:
            firm.confirm()
        firm.channel.before = lambda: _moved(firm, dice)
        firm.dispatch()
    wrong = [*inspector.faults, *_planned_twice(firm)]
    firm.close()
    last = f" after {told}" if wrong else ""
    return Finding(
        row=ROW, case="clock steps", database="sqlite", seed=seed, runs=moves, wrong=tuple(one + last for one in wrong)
    )


def _begun(firm: Firm, dice: random.Random) -> None:
    for scenario in SuppliedFiles().scenarios():
        firm.scenario(_automated(scenario, dice.choice(("automatic", "to-confirm"))))
    firm.setting("windows", dice.choice(_WINDOWS))
    for customer in (1, 2, 3):
        for _ in range(2):
            firm.owe(customer, dice.randrange(-3, 40), 1000 + dice.randrange(90_000))


def _moved(firm: Firm, dice: random.Random) -> None:
    """Between the claim and the departure the clock jumps too, now and then."""
    if dice.random() < 0.3:
        firm.clock.moment += _JUMPS[dice.choice(sorted(_JUMPS))]


def _planned_twice(firm: Firm) -> list[str]:
    living = "state not in ('cancelled', 'skipped') and specific_id is null"
    same = f"select customer_id, step, leader_item_id, count(*) as times from actions where {living} group by 1, 2, 3"
    return [f"planned {row.times} times: {row}" for row in firm.select(same) if row.times > 1]
