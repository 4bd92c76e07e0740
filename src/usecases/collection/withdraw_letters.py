"""A sealed batch is not handed over after all: its letters wait for the next one."""

import msgspec

from relance.core.collection.print_batches import PrintBatch, require_sealed
from relance.core.kernel.errors import BadInput
from relance.core.tenancy.users import Actor
from relance.ports.calendars import Calendars
from relance.ports.clock import Clock
from relance.ports.work import Work
from relance.usecases.collection.clearing import give_seats_back
from relance.usecases.collection.desk import Desk
from relance.usecases.collection.print_room import require_print_room


class Withdrawal(msgspec.Struct, frozen=True, kw_only=True):
    """Which batch and why; the reason is kept."""

    actor: Actor
    batch: int
    reason: str


class WithdrawLetters:
    """Nothing of the batch has left: its letters are confirmed as before, and looked at again for the next batch."""

    def __init__(self, work: Work, clock: Clock, calendars: Calendars) -> None:
        self._work, self._clock, self._calendars = work, clock, calendars

    def __call__(self, request: Withdrawal) -> PrintBatch:
        """The batch as it is afterwards; raises NotFound, BatchMoved, BadInput without a reason, NotAllowed."""
        require_print_room(request.actor)
        reason = " ".join(request.reason.split())[:200]
        if not reason:
            raise BadInput("say why: the reason is kept with the batch")
        with self._work(request.actor.tenant) as unit:
            batch = unit.print_batches.batch(request.batch, lock=True)
            require_sealed(batch)
            desk = Desk(unit, self._clock.now(), self._calendars)
            rows = unit.delivery.locked([line.action for line in unit.print_batches.letters(batch.batch)])
            waiting = [row.action for row in rows.values() if row.action.state == "sending"]
            unit.delivery.save([msgspec.structs.replace(one, state="confirmed") for one in waiting])
            give_seats_back(desk, sum(one.automatic for one in waiting))
            after = msgspec.structs.replace(
                batch, state="withdrawn", ended_by=request.actor.name, ended_at=desk.now, note=reason
            )
            unit.print_batches.save(after)
            told = {"letters": len(waiting), "reason": reason}
            unit.audit.record(request.actor.name, "letters-withdrawn", f"print-batch:{batch.batch}", told)
        return after
