"""Say that an address which sent mail back works again."""

import msgspec

from relance.core.kernel.errors import Conflict
from relance.core.kernel.identifiers import ContactId
from relance.core.tenancy.users import Actor, require_right
from relance.ports.work import Work


class BounceToClear(msgspec.Struct, frozen=True, kw_only=True):
    """The customer, and the contact's number."""

    actor: Actor
    code: str
    contact: ContactId


class ClearBounce:
    """A person who asked the customer knows better than the last message that came back (T20)."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, request: BounceToClear) -> None:
        """Clear; raises NotFound, Conflict where nothing came back from the address, NotAllowed."""
        require_right(request.actor, "qualify")
        own = request.actor.user if request.actor.own_only else None
        with self._work(request.actor.tenant) as unit:
            customer = unit.customer_file.card(request.code, own).customer
            contact = unit.contacts.one(customer, request.contact)
            if contact.bounced_at is None:
                raise Conflict("nothing came back from this address")
            unit.contacts.clear_bounce(customer, request.contact)
            detail = {"contact": request.contact}
            unit.audit.record(request.actor.name, "bounce-cleared", f"customer:{customer}", detail)
