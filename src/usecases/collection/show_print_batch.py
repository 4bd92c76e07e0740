"""Show one print batch with its letters."""

import msgspec

from relance.core.collection.print_batches import PrintBatch
from relance.core.tenancy.users import Actor
from relance.ports.store.print_batches import LetterLine
from relance.ports.work import Work
from relance.usecases.collection.print_room import require_print_room


class PrintBatchAsked(msgspec.Struct, frozen=True, kw_only=True):
    """Which batch."""

    actor: Actor
    batch: int


class PrintBatchShown(msgspec.Struct, frozen=True, kw_only=True):
    """The batch and its letters in the order of the file."""

    batch: PrintBatch
    letters: tuple[LetterLine, ...]


class ShowPrintBatch:
    """Reads only."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, request: PrintBatchAsked) -> PrintBatchShown:
        """The batch; raises NotFound, NotAllowed."""
        require_print_room(request.actor)
        with self._work.reading(request.actor.tenant) as unit:
            batch = unit.print_batches.batch(request.batch)
            return PrintBatchShown(batch=batch, letters=tuple(unit.print_batches.letters(request.batch)))
