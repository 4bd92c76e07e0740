"""A person has brought the letters of a batch to the post: they are sent."""

import msgspec

from relance.core.collection.actions import Action
from relance.core.collection.print_batches import PrintBatch, require_sealed
from relance.core.kernel.identifiers import ActionId
from relance.core.ledger.items import Item
from relance.core.tenancy.users import Actor
from relance.ports.calendars import Calendars
from relance.ports.channels import Outcome
from relance.ports.clock import Clock
from relance.ports.store.delivery import FrozenMessage
from relance.ports.store.print_batches import LetterLine
from relance.ports.work import Work
from relance.usecases.collection.clearing import Ready
from relance.usecases.collection.desk import Desk
from relance.usecases.collection.print_room import require_print_room
from relance.usecases.collection.settling import Arrival, settle


class HandOver(msgspec.Struct, frozen=True, kw_only=True):
    """Which batch, and what the person has to say about it."""

    actor: Actor
    batch: int
    note: str = ""


class HandOverLetters:
    """Once: every letter of the batch becomes `sent`, in one transaction."""

    def __init__(self, work: Work, clock: Clock, calendars: Calendars) -> None:
        self._work, self._clock, self._calendars = work, clock, calendars

    def __call__(self, request: HandOver) -> PrintBatch:
        """The batch as it is afterwards; raises NotFound, BatchMoved for the second time, NotAllowed."""
        require_print_room(request.actor)
        with self._work(request.actor.tenant) as unit:
            batch = unit.print_batches.batch(request.batch, lock=True)
            require_sealed(batch)
            desk = Desk(unit, self._clock.now(), self._calendars)
            sent = settle(desk, _arrivals(desk, unit.print_batches.letters(batch.batch)))
            unit.delivery.save(sent)
            after = msgspec.structs.replace(
                batch,
                state="handed-over",
                ended_by=request.actor.name,
                ended_at=desk.now,
                note=" ".join(request.note.split())[:200],
            )
            unit.print_batches.save(after)
            told = {"letters": len(sent), "hash": batch.hash}
            unit.audit.record(request.actor.name, "letters-handed-over", f"print-batch:{batch.batch}", told)
        return after


def _arrivals(desk: Desk, lines: list[LetterLine]) -> list[tuple[Arrival, Action]]:
    """The letters that are still on their way, each with what it said and its account's items as they are now."""
    rows = desk.unit.delivery.locked([line.action for line in lines])
    frozen = desk.unit.delivery.frozen([(line.action, line.generation) for line in lines])
    dossiers = desk.unit.delivery.dossiers([line.customer for line in lines], desk.today)
    return [
        (_arrival(line, rows[line.action].action, frozen, dossiers[line.customer].items), rows[line.action].action)
        for line in lines
        if rows[line.action].action.state == "sending" and rows[line.action].action.generation == line.generation
    ]


def _arrival(
    line: LetterLine, action: Action, frozen: dict[tuple[ActionId, int], FrozenMessage], items: tuple[Item, ...]
) -> Arrival:
    outcome = Outcome(kind="accepted", reply=f"page {line.position}", raw=f"sha256 {line.hash}")
    return Arrival(Ready(action, frozen[line.action, line.generation]), outcome, items)
