"""Keep the post's number of a registered letter."""

import msgspec

from relance.core.collection.print_batches import checked_tracking
from relance.core.kernel.errors import NotFound
from relance.core.kernel.identifiers import ActionId
from relance.core.tenancy.users import Actor
from relance.ports.store.print_batches import LetterLine
from relance.ports.work import Work
from relance.usecases.collection.print_room import require_print_room


class Tracking(msgspec.Struct, frozen=True, kw_only=True):
    """Which letter of which batch; an empty number takes one away."""

    actor: Actor
    batch: int
    action: ActionId
    number: str


class TrackLetter:
    """Before or after the batch is handed over: the receipt may come later."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, request: Tracking) -> LetterLine:
        """The letter as it is afterwards; raises NotFound, BadInput, NotAllowed."""
        require_print_room(request.actor)
        number = checked_tracking(request.number)
        with self._work(request.actor.tenant) as unit:
            batches = unit.print_batches
            if not batches.track(request.batch, request.action, number):
                raise NotFound("no such letter in this batch")
            told = {"action": request.action, "number": number}
            unit.audit.record(request.actor.name, "letter-tracked", f"print-batch:{request.batch}", told)
            return next(line for line in batches.letters(request.batch) if line.action == request.action)
