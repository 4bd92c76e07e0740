"""Add copies of invoices: each file goes to the one item that its name means, or is told as left."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from relance.core.intake.copies import Left, Match, Numbered, key_of, keys_in, match
from relance.core.tenancy.users import Actor, require_right
from relance.ports.archive import Archive
from relance.ports.clock import Clock
from relance.ports.copies import CopyFiles
from relance.ports.store.documents import NewDocument
from relance.ports.work import Unit, Work

_TYPE = "application/pdf"


class DocumentsToAdd(msgspec.Struct, frozen=True, kw_only=True):
    """Files, folders and zips; `origin` says where from, such as `folder`, `page` or a source's name."""

    actor: Actor
    paths: Sequence[Path]
    origin: str = "folder"


class DocumentAdded(msgspec.Struct, frozen=True, kw_only=True):
    """A file that is now the copy of an item."""

    file: str
    customer: str
    number: str


class DocumentLeft(msgspec.Struct, frozen=True, kw_only=True):
    """A file that was not added, and why; `numbers` are the items that it could mean."""

    file: str
    reason: Left
    numbers: tuple[str, ...] = ()


class DocumentsAdded(msgspec.Struct, frozen=True, kw_only=True):
    """What became of each file."""

    added: list[DocumentAdded]
    left: list[DocumentLeft]


class AddDocuments:
    """A copy at the wrong item would be sent to the wrong customer: what is ambiguous is told, never guessed."""

    def __init__(self, work: Work, clock: Clock, archive: Archive, files: CopyFiles) -> None:
        self._work, self._clock, self._archive, self._files = work, clock, archive, files

    def __call__(self, request: DocumentsToAdd) -> DocumentsAdded:
        """Add what can be added; raises BadInput for a path that is not there, NotAllowed."""
        require_right(request.actor, "import")
        kept: list[tuple[str, int, str]] = []
        left: list[DocumentLeft] = []
        for arrived in self._files.arrivals(request.paths):
            if arrived.file is None:
                left.append(DocumentLeft(file=arrived.name, reason=arrived.reason or "unreadable"))
            else:
                reference = self._archive.keep_file(request.actor.tenant, arrived.file)
                kept.append((arrived.name, arrived.size, reference))
        with self._work(request.actor.tenant) as unit:
            added = self._add(unit, request, kept, left)
            detail = {"added": len(added), "left": len(left), "origin": request.origin}
            unit.audit.record(request.actor.name, "documents-added", "documents", detail)
        return DocumentsAdded(added=added, left=left)

    def _add(
        self, unit: Unit, request: DocumentsToAdd, kept: list[tuple[str, int, str]], left: list[DocumentLeft]
    ) -> list[DocumentAdded]:
        shelf = _Shelf(unit, [name for name, _, _ in kept])
        found = [(file, shelf.match(file[0])) for file in kept]
        known = unit.documents.known([matched.item.item for _, matched in found if matched.item])
        new: list[NewDocument] = []
        added: list[DocumentAdded] = []
        for (name, size, reference), matched in found:
            if matched.item is None:
                left.append(DocumentLeft(file=name, reason=matched.reason or "unreadable", numbers=matched.numbers))
                continue
            item = matched.item
            if (item.item, reference) in known:
                left.append(DocumentLeft(file=name, reason="already-there", numbers=(item.number,)))
                continue
            known.add((item.item, reference))
            new.append(
                NewDocument(
                    item=item.item,
                    file_name=name,
                    media_type=_TYPE,
                    size=size,
                    archive_ref=reference,
                    origin=request.origin,
                )
            )
            added.append(DocumentAdded(file=name, customer=item.customer, number=item.number))
        unit.documents.add(new, request.actor.name, self._clock.now())
        return added


class _Shelf:
    """The items that any of the files could mean, read at once."""

    def __init__(self, unit: Unit, names: Iterable[str]) -> None:
        names = list(names)
        keys = set().union(*(keys_in(name) for name in names)) if names else set()
        self._by_key: dict[str, list[Numbered]] = {}
        for one in unit.documents.candidates(keys, {name.lower() for name in names}) if names else ():
            self._by_key.setdefault(key_of(one.number), []).append(one)
            if one.document:
                self._by_key.setdefault(one.document.lower(), []).append(one)

    def match(self, name: str) -> Match:
        """The item that a file's name means."""
        wanted = [one for key in {*keys_in(name), name.lower()} for one in self._by_key.get(key, ())]
        return match(name, list({one.item: one for one in wanted}.values()))
