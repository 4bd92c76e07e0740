"""Fetch the print file of a batch: the first time as it is, then as a copy that says so."""

import msgspec

from relance.core.collection.print_batches import PrintBatch
from relance.core.tenancy.users import Actor
from relance.ports.archive import Archive
from relance.ports.print_files import PrintFiles
from relance.ports.work import Work
from relance.usecases.collection.print_room import PrintRoom, require_print_room


class LettersWanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which batch."""

    actor: Actor
    batch: int


class LettersFetched(msgspec.Struct, frozen=True, kw_only=True):
    """A file for the printer; `is_copy`: it was fetched or handed over before, and every page says COPY."""

    batch: PrintBatch
    name: str
    content: bytes
    is_copy: bool


class FetchLetters:
    """The same bytes for the first one who asks, however often a crash came between."""

    def __init__(self, work: Work, archive: Archive, files: PrintFiles) -> None:
        self._work, self._files = work, files
        self._room = PrintRoom(work, archive, files)

    def __call__(self, request: LettersWanted) -> LettersFetched:
        """The file; raises NotFound, NotAllowed."""
        require_print_room(request.actor)
        _, path = self._room.file_of(request.actor.tenant, request.batch)
        with self._work(request.actor.tenant) as unit:
            before = unit.print_batches.batch(request.batch, lock=True)
            batch = msgspec.structs.replace(before, downloads=before.downloads + 1)
            unit.print_batches.save(batch)
            is_copy = before.state != "sealed" or before.downloads > 0
            told = {"copy": is_copy, "hash": batch.hash}
            unit.audit.record(request.actor.name, "letters-fetched", f"print-batch:{batch.batch}", told)
        content = path.read_bytes()
        name = f"letters-{batch.batch}{'-copy' if is_copy else ''}.pdf"
        return LettersFetched(
            batch=batch, name=name, content=self._files.copy_of(content) if is_copy else content, is_copy=is_copy
        )
