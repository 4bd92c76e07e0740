"""Print batches: letters that are sealed together, printed, and handed over once by a person."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Literal

import msgspec

from relance.core.kernel.errors import BadInput, Conflict
from relance.core.kernel.identifiers import ActionId, CustomerId

BatchState = Literal["sealed", "handed-over", "withdrawn"]
MOST_LETTERS = 500
"""In one batch: what a person can carry, and what one file may hold."""
_LONGEST_TRACKING = 40


class BatchMoved(Conflict):
    """The batch was handed over or withdrawn already; the page shown was old."""

    code = "batch-moved"


class BatchedLetter(msgspec.Struct, frozen=True, kw_only=True):
    """One letter of a batch. `hash` is the SHA-256 of its PDF; `tracking` is a registered letter's number."""

    position: int
    action: ActionId
    generation: int
    customer: CustomerId
    pages: int
    hash: str
    tracking: str = ""
    registered: bool = False


class PrintBatch(msgspec.Struct, frozen=True, kw_only=True):
    """Letters sealed together. `hash` speaks for all of them in their order; it never changes.

    `file` is the archive's reference of the printed file, empty until it was written. `downloads` counts how often it
    was fetched: whoever fetches it again gets copies.
    """

    batch: int
    state: BatchState
    letters: int
    pages: int
    hash: str
    sealed_by: str
    sealed_at: datetime
    file: str = ""
    downloads: int = 0
    ended_by: str = ""
    ended_at: datetime | None = None
    note: str = ""


def batch_hash(letters: Iterable[BatchedLetter]) -> str:
    """The SHA-256 over every letter's place, action, generation and content."""
    lines = (f"{one.position} {one.action}.{one.generation} {one.hash}\n" for one in letters)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def content_digest(content: bytes) -> str:
    """The SHA-256 of a letter's PDF."""
    return hashlib.sha256(content).hexdigest()


def require_sealed(batch: PrintBatch) -> None:
    """Raise BatchMoved unless it still waits to be handed over."""
    if batch.state != "sealed":
        raise BatchMoved(f"batch {batch.batch} is {batch.state}")


def checked_tracking(number: str) -> str:
    """A post's number in capitals without blanks; raises BadInput for what can be none."""
    kept = "".join(number.split()).upper()
    if len(kept) > _LONGEST_TRACKING or not all(char.isascii() and (char.isalnum() or char == "-") for char in kept):
        raise BadInput(f"a tracking number has letters, digits and hyphens, {_LONGEST_TRACKING} at most")
    return kept
