"""What the store promises about print batches."""

from collections.abc import Sequence
from typing import Protocol

import msgspec

from relance.core.collection.print_batches import BatchedLetter, PrintBatch
from relance.core.kernel.identifiers import ActionId, CustomerId


class LetterLine(msgspec.Struct, frozen=True, kw_only=True):
    """A letter of a batch as a person reads it. `state` is its action's."""

    position: int
    action: ActionId
    generation: int
    customer: CustomerId
    code: str
    name: str
    step: str
    state: str
    pages: int
    hash: str
    tracking: str
    registered: bool = False


class PrintBatchStore(Protocol):
    """One tenant's print batches."""

    def add(self, batch: PrintBatch, letters: Sequence[BatchedLetter]) -> None:
        """Keep a sealed batch with its letters."""
        ...

    def batches(self, limit: int = 100) -> list[PrintBatch]:
        """The newest first."""
        ...

    def batch(self, number: int, lock: bool = False) -> PrintBatch:
        """One batch; with `lock` nobody else changes it until the end of the transaction. Raises NotFound."""
        ...

    def save(self, batch: PrintBatch) -> None:
        """Keep what changed of a batch: never its letters, pages or hash."""
        ...

    def letters(self, number: int) -> list[LetterLine]:
        """The letters of a batch in their order."""
        ...

    def codes(self, actions: Sequence[ActionId]) -> dict[ActionId, tuple[str, str]]:
        """The customer's code and name of each action."""
        ...

    def track(self, number: int, action: ActionId, tracking: str) -> bool:
        """Keep a registered letter's number; False where the batch has no such letter."""
        ...

    def waiting(self) -> int:
        """How many confirmed letters no batch has."""
        ...
