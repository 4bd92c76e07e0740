"""Open one message: every attempt, what was said, and the message as it was sent, for ever."""

import msgspec

from relance.core.kernel.identifiers import ActionId, TenantId
from relance.core.tenancy.users import Actor, require_right
from relance.ports.archive import Archive
from relance.ports.store.deliveries import DeliveryFile, KeptMessage
from relance.ports.work import Work
from relance.usecases.collection.enclosing import complete, handed_over


class DeliveryWanted(msgspec.Struct, frozen=True, kw_only=True):
    """The message of which action. `whole`: byte for byte, with the documents that went along."""

    actor: Actor
    action: ActionId
    whole: bool = False


class OpenDelivery:
    """One message with everything that is known of it."""

    def __init__(self, work: Work, archive: Archive | None = None) -> None:
        self._work, self._archive = work, archive

    def __call__(self, request: DeliveryWanted) -> DeliveryFile:
        """The file; raises NotFound also for what this person must not see, NotAllowed."""
        require_right(request.actor, "see")
        own = request.actor.user if request.actor.own_only else None
        with self._work.reading(request.actor.tenant) as unit:
            file = unit.deliveries.file(request.action, own)
        if not request.whole:
            return file
        messages = tuple(self._whole(request.actor.tenant, kept) for kept in file.messages)
        return msgspec.structs.replace(file, messages=messages)

    def _whole(self, tenant: TenantId, kept: KeptMessage) -> KeptMessage:
        message = kept.frozen.message
        known = (message, kept.frozen.content_hash)
        raw = handed_over(self._archive, tenant, kept.raw, *known) if kept.raw else kept.raw
        frozen = msgspec.structs.replace(kept.frozen, message=complete(self._archive, tenant, message))
        return msgspec.structs.replace(kept, frozen=frozen, raw=raw)
