"""A person has brought the letters of a batch to the post, or has a print service take them: they are sent."""

import asyncio
from collections.abc import Callable, Sequence

import msgspec

from relance.core.collection.actions import Action
from relance.core.collection.print_batches import PrintBatch, require_sealed
from relance.core.kernel.errors import Conflict
from relance.core.kernel.identifiers import ActionId
from relance.core.ledger.items import Item
from relance.core.tenancy.users import Actor
from relance.ports.archive import Archive
from relance.ports.calendars import Calendars
from relance.ports.channels import Attachment, Channel, Outcome
from relance.ports.clock import Clock
from relance.ports.print_files import PrintFiles
from relance.ports.store.delivery import FrozenMessage
from relance.ports.store.print_batches import LetterLine
from relance.ports.work import Work
from relance.usecases.collection.clearing import Ready
from relance.usecases.collection.desk import Desk
from relance.usecases.collection.lettering import PDF
from relance.usecases.collection.print_room import PrintRoom, manifest, print_service, require_print_room
from relance.usecases.collection.settling import Arrival, settle


class HandOver(msgspec.Struct, frozen=True, kw_only=True):
    """Which batch, and what the person has to say about it; `service`: the print service is to take it."""

    actor: Actor
    batch: int
    note: str = ""
    service: bool = False


class NoPrintService(Conflict):
    """There is no print service that could take the batch."""

    code = "no-print-service"


class HandOverLetters:
    """Once: every letter of the batch becomes `sent`, in one transaction."""

    def __init__(
        self,
        work: Work,
        clock: Clock,
        calendars: Calendars,
        channels: Callable[[], Sequence[Channel]],
        archive: Archive,
        files: PrintFiles,
    ) -> None:
        self._work, self._clock, self._calendars, self._channels = work, clock, calendars, channels
        self._room = PrintRoom(work, archive, files)

    def __call__(self, request: HandOver) -> PrintBatch:
        """The batch as it is; raises NotFound, BatchMoved for the second time, NoPrintService, NotAllowed."""
        require_print_room(request.actor)
        note = " ".join(filter(None, (self._bring(request) if request.service else "", *request.note.split())))
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
                note=note[:200],
            )
            unit.print_batches.save(after)
            told = {"letters": len(sent), "hash": batch.hash}
            unit.audit.record(request.actor.name, "letters-handed-over", f"print-batch:{batch.batch}", told)
        return after

    def _bring(self, request: HandOver) -> str:
        """Bring the files to the print service; a crash after it took them, and it takes nothing twice."""
        service = print_service(self._channels())
        if service is None:
            raise NoPrintService("no print service is set up")
        batch, path = self._room.file_of(request.actor.tenant, request.batch)
        with self._work(request.actor.tenant) as unit:
            require_sealed(unit.print_batches.batch(request.batch, lock=True))
            lines = unit.print_batches.letters(request.batch)
            unit.audit.record(
                request.actor.name, "letters-brought", f"print-batch:{batch.batch}", {"to": service.service}
            )
        stem = f"letters-{batch.batch}-{batch.hash[:12]}"
        files = (
            Attachment(f"{stem}.csv", "text/csv", manifest(batch, lines)),
            Attachment(f"{stem}.pdf", PDF, path.read_bytes()),
        )
        return asyncio.run(service.hand_over(files))


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
