"""Remove a contact."""

import msgspec

from relance.core.kernel.identifiers import ContactId
from relance.core.tenancy.users import Actor, require_right
from relance.ports.work import Work


class ContactToRemove(msgspec.Struct, frozen=True, kw_only=True):
    """The customer, and the contact's number."""

    actor: Actor
    code: str
    contact: ContactId


class RemoveContact:
    """Somebody who is no longer there gets no more reminders; an import that names them brings them back."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, request: ContactToRemove) -> None:
        """Remove; raises NotFound, NotAllowed."""
        require_right(request.actor, "qualify")
        own = request.actor.user if request.actor.own_only else None
        with self._work(request.actor.tenant) as unit:
            customer = unit.customer_file.card(request.code, own).customer
            unit.contacts.remove(customer, request.contact)
            detail = {"contact": request.contact}
            unit.audit.record(request.actor.name, "contact-removed", f"customer:{customer}", detail)
