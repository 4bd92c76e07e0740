"""The newest copies of invoices."""

import msgspec

from relance.core.tenancy.users import Actor, require_right
from relance.ports.store.documents import Document
from relance.ports.work import Work


class DocumentsQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """At most `limit`."""

    actor: Actor
    limit: int = 50


class ListDocuments:
    """Lists copies, newest first."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, request: DocumentsQuestion) -> list[Document]:
        """The copies that this person may see; raises NotAllowed."""
        require_right(request.actor, "see")
        own = request.actor.user if request.actor.own_only else None
        with self._work.reading(request.actor.tenant) as unit:
            return unit.documents.latest(own, request.limit)
