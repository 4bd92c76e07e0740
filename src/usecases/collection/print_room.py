"""The file of a print batch: made from the letters as they were frozen, so that it can be made again."""

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO
from pathlib import Path

import msgspec

from relance.core.collection.print_batches import PrintBatch, content_digest
from relance.core.kernel.errors import NotFound
from relance.core.kernel.identifiers import TenantId
from relance.core.tenancy.users import Actor, require_all, require_right
from relance.ports.archive import Archive
from relance.ports.channels import Channel, HandsOver, Message, carrier
from relance.ports.failpoints import failpoint
from relance.ports.print_files import PrintFiles
from relance.ports.store.print_batches import LetterLine
from relance.ports.work import Unit, Work
from relance.usecases.collection.lettering import LETTER, PDF


class BrokenBatchError(Exception):
    """A letter is not what was sealed: a fault of ours, never of a person's."""


class PrintRoom:
    """Writes the file of a sealed batch, once; after a crash the same file again."""

    def __init__(self, work: Work, archive: Archive, files: PrintFiles) -> None:
        self._work, self._archive, self._files = work, archive, files

    def file_of(self, tenant: TenantId, number: int) -> tuple[PrintBatch, Path]:
        """The batch and its file; raises NotFound."""
        with self._work.reading(tenant) as unit:
            batch = unit.print_batches.batch(number)
            if batch.file:
                try:
                    return batch, self._archive.open(tenant, batch.file)
                except NotFound:
                    pass  # the archive was lost: the letters are still in the database
            letters = sealed_letters(unit, number)
        kept = self._archive.keep_stream(tenant, BytesIO(self._files.joined(letters)))
        failpoint("batch.renamed")
        with self._work(tenant) as unit:
            batch = msgspec.structs.replace(unit.print_batches.batch(number, lock=True), file=kept)
            unit.print_batches.save(batch)
        return batch, self._archive.open(tenant, kept)


def sealed_letters(unit: Unit, number: int) -> list[bytes]:
    """The PDFs of a batch in their order, each compared with what was sealed."""
    lines = unit.print_batches.letters(number)
    frozen = unit.delivery.frozen([(line.action, line.generation) for line in lines])
    return [_as_sealed(line, frozen[line.action, line.generation].message) for line in lines]


def _as_sealed(line: LetterLine, message: Message) -> bytes:
    made = pages_of(message)
    if made is None or content_digest(made) != line.hash:
        raise BrokenBatchError(f"the letter of action {line.action} is not what was sealed")
    return made


def manifest(batch: PrintBatch, lines: Sequence[LetterLine]) -> bytes:
    """Which pages of the file are whose, for a machine that folds them."""
    file, first = StringIO(), 1
    rows = csv.writer(file, delimiter=";", lineterminator="\r\n")
    rows.writerow(("letter", "first_page", "pages", "customer", "reference", "registered", "sha256", "mail"))
    for line in lines:
        reference, mail = f"{line.action}.{line.generation}", "registered" if line.registered else ""
        rows.writerow((line.position, first, line.pages, line.code, reference, line.tracking, line.hash, mail))
        first += line.pages
    return file.getvalue().encode()


def print_service(channels: Sequence[Channel]) -> HandsOver | None:
    """The print service that takes batches, if there is one."""
    channel = carrier(channels, LETTER)
    return channel if isinstance(channel, HandsOver) and channel.service else None


def pages_of(message: Message) -> bytes | None:
    """The PDF of a frozen letter."""
    return next((one.content for one in message.attachments if one.media_type == PDF), None)


def require_print_room(actor: Actor) -> None:
    """Raise NotAllowed unless the person confirms messages and sees every customer: a batch holds letters of all."""
    require_right(actor, "confirm")
    require_all(actor)
