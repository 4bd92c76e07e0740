"""Runs whose process died: they failed, and nothing was changed."""

from datetime import datetime

from relance.core.intake.runs import is_to_give_up, lost_report
from relance.ports.work import Unit


def give_up_lost(unit: Unit, now: datetime) -> int:
    """End the runs that nobody has heard of for too long; how many there were.

    The caller's transaction may write. On SQLite a run that is writing would hold that lock, so none is; on PostgreSQL
    a living run is heard of while it writes. A run that wakes up again finds its row ended and changes nothing.
    """
    lost = [run for run in unit.runs.unfinished() if is_to_give_up(run, now)]
    for run in lost:
        unit.runs.end(run.run, lost_report(run.number, run.choices), now)
        if run.number is not None:
            unit.audit.record(run.author, "import-failed", f"import {run.number}", {"reason": "interrupted"})
    return len(lost)
