"""Open one message: every attempt, what was said, and the message as it was sent, for ever."""

import msgspec

from relance.core.kernel.identifiers import ActionId
from relance.core.tenancy.users import Actor, require_right
from relance.ports.store.deliveries import DeliveryFile
from relance.ports.work import Work


class DeliveryWanted(msgspec.Struct, frozen=True, kw_only=True):
    """The message of which action."""

    actor: Actor
    action: ActionId


class OpenDelivery:
    """One message with everything that is known of it."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, request: DeliveryWanted) -> DeliveryFile:
        """The file; raises NotFound also for what this person must not see, NotAllowed."""
        require_right(request.actor, "see")
        own = request.actor.user if request.actor.own_only else None
        with self._work.reading(request.actor.tenant) as unit:
            return unit.deliveries.file(request.action, own)
