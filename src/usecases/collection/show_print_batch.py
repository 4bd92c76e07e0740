"""Show one print batch with its letters."""

from collections.abc import Callable, Sequence

import msgspec

from relance.core.collection.print_batches import PrintBatch
from relance.core.tenancy.users import Actor
from relance.ports.channels import Channel
from relance.ports.store.print_batches import LetterLine
from relance.ports.work import Work
from relance.usecases.collection.print_room import print_service, require_print_room


class PrintBatchAsked(msgspec.Struct, frozen=True, kw_only=True):
    """Which batch."""

    actor: Actor
    batch: int


class PrintBatchShown(msgspec.Struct, frozen=True, kw_only=True):
    """The batch and its letters in the order of the file; `service` is the print service that could take it."""

    batch: PrintBatch
    letters: tuple[LetterLine, ...]
    service: str = ""


class ShowPrintBatch:
    """Reads only."""

    def __init__(self, work: Work, channels: Callable[[], Sequence[Channel]]) -> None:
        self._work, self._channels = work, channels

    def __call__(self, request: PrintBatchAsked) -> PrintBatchShown:
        """The batch; raises NotFound, NotAllowed."""
        require_print_room(request.actor)
        with self._work.reading(request.actor.tenant) as unit:
            batch = unit.print_batches.batch(request.batch)
            letters = tuple(unit.print_batches.letters(request.batch))
        service = print_service(self._channels())
        return PrintBatchShown(batch=batch, letters=letters, service=service.service if service else "")
