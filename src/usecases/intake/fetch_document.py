"""Fetch a copy of an invoice, if its customer may be seen."""

from pathlib import Path

import msgspec

from relance.core.tenancy.users import Actor, require_right
from relance.ports.archive import Archive
from relance.ports.store.documents import Document
from relance.ports.work import Work


class DocumentWanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which copy."""

    actor: Actor
    document: int


class DocumentFetched(msgspec.Struct, frozen=True, kw_only=True):
    """The copy and where it is kept."""

    document: Document
    file: Path


class FetchDocument:
    """Exactly the file that came in."""

    def __init__(self, work: Work, archive: Archive) -> None:
        self._work, self._archive = work, archive

    def __call__(self, request: DocumentWanted) -> DocumentFetched:
        """The copy; raises NotFound, NotAllowed."""
        require_right(request.actor, "see")
        own = request.actor.user if request.actor.own_only else None
        with self._work.reading(request.actor.tenant) as unit:
            found = unit.documents.one(request.document, own)
        return DocumentFetched(document=found, file=self._archive.open(request.actor.tenant, found.archive_ref))
