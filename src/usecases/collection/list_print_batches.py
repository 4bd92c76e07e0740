"""List the print batches, and how many letters wait for one."""

import msgspec

from relance.core.collection.print_batches import PrintBatch
from relance.core.tenancy.users import Actor
from relance.ports.work import Work
from relance.usecases.collection.print_room import require_print_room


class PrintBatchesAsked(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks."""

    actor: Actor


class PrintBatches(msgspec.Struct, frozen=True, kw_only=True):
    """The newest first; `waiting` letters are confirmed and in no batch."""

    batches: tuple[PrintBatch, ...]
    waiting: int


class ListPrintBatches:
    """The last hundred."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, request: PrintBatchesAsked) -> PrintBatches:
        """The batches; raises NotAllowed."""
        require_print_room(request.actor)
        with self._work.reading(request.actor.tenant) as unit:
            return PrintBatches(batches=tuple(unit.print_batches.batches()), waiting=unit.print_batches.waiting())
