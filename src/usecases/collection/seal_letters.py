"""Gather the confirmed letters that may leave now, and seal them as one print batch."""

from collections import Counter
from collections.abc import Callable, Sequence

import msgspec

from relance.core.collection.actions import Action
from relance.core.collection.print_batches import (
    MOST_LETTERS,
    BatchedLetter,
    PrintBatch,
    batch_hash,
    content_digest,
)
from relance.core.kernel.errors import Conflict
from relance.core.tenancy.users import Actor
from relance.ports.archive import Archive
from relance.ports.calendars import Calendars
from relance.ports.channels import OUTBOX, Channel, carrier
from relance.ports.clock import Clock
from relance.ports.failpoints import failpoint
from relance.ports.fence import Fence
from relance.ports.print_files import PrintFiles
from relance.ports.render import Renderer
from relance.ports.work import Work
from relance.usecases.collection import preparing
from relance.usecases.collection.clearing import GO, Clearing, Ready
from relance.usecases.collection.desk import Desk
from relance.usecases.collection.lettering import LETTER
from relance.usecases.collection.print_room import PrintRoom, pages_of, require_print_room

_ME, _LEASE_SECONDS = "print-room", 90


class NoPaper(Conflict):
    """Letters are not printed here: the outbox folder takes them, or a channel carries them one by one."""

    code = "no-print-batches"


class Sealing(msgspec.Struct, frozen=True, kw_only=True):
    """Who seals; `ignore_windows` is for tests."""

    actor: Actor
    ignore_windows: bool = False


class Sealed(msgspec.Struct, frozen=True, kw_only=True):
    """The new batch, or None where no letter may leave now, and what became of those that did not go.

    `fenced`: why nothing may leave from this database (I-16).
    """

    batch: PrintBatch | None = None
    held: int = 0
    cancelled: int = 0
    to_confirm: int = 0
    failed: int = 0
    waiting: int = 0
    fenced: str = ""


class SealLetters:
    """One transaction looks at each letter again as at any message that leaves, and seals those that may (A9, T21)."""

    def __init__(
        self,
        work: Work,
        clock: Clock,
        calendars: Calendars,
        renderer: Renderer,
        channels: Callable[[], Sequence[Channel]],
        fence: Fence,
        archive: Archive,
        files: PrintFiles,
    ) -> None:
        self._work, self._clock, self._calendars, self._renderer = work, clock, calendars, renderer
        self._channels, self._fence, self._files = channels, fence, files
        self._room = PrintRoom(work, archive, files)

    def __call__(self, request: Sealing) -> Sealed:
        """Seal and write the file; raises NoPaper, NotAllowed."""
        require_print_room(request.actor)
        self._require_paper()
        fenced = self._fence.trouble()
        if fenced:
            return Sealed(fenced=fenced)
        tenant = request.actor.tenant
        with self._work(tenant) as unit:
            unit.delivery.stand_still()
            desk = Desk(unit, self._clock.now(), self._calendars)
            done = self._seal(desk, request)
        if done.batch is None:
            return done
        failpoint("batch.sealed")
        self._fence.advance()
        batch, _ = self._room.file_of(tenant, done.batch.batch)
        return msgspec.structs.replace(done, batch=batch)

    def _require_paper(self) -> None:
        channel = carrier(self._channels(), LETTER)
        if channel is not None and channel.name == OUTBOX:
            raise NoPaper("letters are written to the outbox folder")
        if channel is None or not channel.capabilities.batched:
            raise NoPaper("letters are not gathered in print batches here")

    def _seal(self, desk: Desk, request: Sealing) -> Sealed:
        preparing.promote(desk, LETTER)
        preparing.free_held(desk, LETTER)
        ignore = request.ignore_windows
        ready, moved = preparing.claim(desk, _ME, LETTER, _LEASE_SECONDS, MOST_LETTERS, ignore, self._renderer)
        going, others = self._cleared(desk, ready, ignore)
        desk.unit.delivery.release(_ME, [one.action.action for one in ready])
        preparing.keep(desk, others)
        batch = self._keep(desk, going, request.actor) if going else None
        counts = Counter(action.state for action in (*moved, *others))
        return Sealed(
            batch=batch,
            held=counts["held"],
            cancelled=counts["cancelled"],
            to_confirm=counts["to-confirm"],
            failed=counts["failed"],
            waiting=desk.unit.print_batches.waiting(),
        )

    def _cleared(
        self, desk: Desk, ready: Sequence[Ready], ignore_windows: bool
    ) -> tuple[list[tuple[Ready, Action]], list[Action]]:
        """Those that may leave as they become, and the others that become something else."""
        rows = desk.unit.delivery.locked([one.action.action for one in ready], _ME)
        wanted = [(one, rows[one.action.action].action) for one in ready]
        cleared = Clearing(desk, ignore_windows).clear(wanted)
        going, others = [], []
        for one, before in wanted:
            found = cleared[before.action]
            if found.deed == GO:
                going.append((one, msgspec.structs.replace(found.action, state="sending", reason="")))
            elif found.action != before:
                others.append(found.action)
        return going, others

    def _keep(self, desk: Desk, going: Sequence[tuple[Ready, Action]], actor: Actor) -> PrintBatch:
        codes = desk.unit.print_batches.codes([action.action for _, action in going])
        ordered = sorted(going, key=lambda one: (codes[one[1].action], one[1].action))
        letters = [self._letter(at, ready, action) for at, (ready, action) in enumerate(ordered, 1)]
        batch = PrintBatch(
            batch=desk.unit.tenancy.next_numbers("print-batches", 1),
            state="sealed",
            letters=len(letters),
            pages=sum(one.pages for one in letters),
            hash=batch_hash(letters),
            sealed_by=actor.name,
            sealed_at=desk.now,
        )
        preparing.keep(desk, [action for _, action in ordered])
        desk.unit.print_batches.add(batch, letters)
        told = {"letters": batch.letters, "pages": batch.pages, "hash": batch.hash}
        desk.unit.audit.record(actor.name, "letters-sealed", f"print-batch:{batch.batch}", told)
        return batch

    def _letter(self, position: int, ready: Ready, action: Action) -> BatchedLetter:
        made = pages_of(ready.frozen.message)
        if made is None:
            raise ValueError(f"the letter of action {action.action} has no pages")
        return BatchedLetter(
            position=position,
            action=action.action,
            generation=action.generation,
            customer=action.customer,
            pages=self._files.pages(made),
            hash=content_digest(made),
            registered=ready.frozen.message.registered,
        )
