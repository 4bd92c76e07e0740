"""Background work: what waits, what runs, and what is parked until a person looks at it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Literal, NewType

import msgspec

JobId = NewType("JobId", int)
JobKind = Literal["import", "day", "source", "copies", "mailbox"]
JobState = Literal["waiting", "running", "parked"]
Lane = Literal["heavy", "errands"]

LANES: Mapping[Lane, tuple[JobKind, ...]] = {
    "heavy": ("import", "day"),
    "errands": ("source", "copies", "mailbox"),
}
"""Heavy work is bound by processors; errands mostly wait for other servers, and heavy work must not wait for them."""
BEGUN_BY_PERSONS: frozenset[JobKind] = frozenset({"import", "source"})
MOST_ATTEMPTS = 3
WORKER_GONE = "worker-gone"
"""The reason of a job whose process died: its attempts count, and no clock tries it again once it is parked."""
RESTED = timedelta(minutes=5)
"""So long a parked job that recurs is left alone before its clock tries it once more."""
_PAUSES = (timedelta(seconds=10), timedelta(minutes=1))


class NewJob(msgspec.Struct, frozen=True, kw_only=True):
    """Work to be done. There is one job of a key at a time; `details` are plain data."""

    kind: JobKind
    key: str
    details: Mapping[str, Any] = {}
    by: str = "worker"


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """Work that is not done. `reason` tells why the last attempt failed: a code, and what was said."""

    job: JobId
    kind: JobKind
    key: str
    state: JobState
    attempts: int
    reason: str
    by: str
    created_at: datetime
    due_at: datetime
    started_at: datetime | None = None
    parked_at: datetime | None = None


def pause_after(attempts: int, reason: str) -> timedelta:
    """How long to wait before the next attempt; work whose process died did nothing wrong yet."""
    if reason == WORKER_GONE:
        return timedelta()
    return _PAUSES[min(attempts, len(_PAUSES)) - 1]


def state_after(attempts: int) -> JobState:
    """Waiting for another attempt, or parked when there were enough."""
    return "parked" if attempts >= MOST_ATTEMPTS else "waiting"


def may_recur(parked_at: datetime | None, reason: str, now: datetime) -> bool:
    """Whether its clock may try a parked job again: not one that takes its process with it."""
    return reason != WORKER_GONE and parked_at is not None and now - parked_at >= RESTED
