"""Add or change a contact."""

import msgspec

from relance.core.customers.contact_roles import checked_role
from relance.core.kernel.addresses import checked_mailbox
from relance.core.kernel.errors import BadInput, NotFound
from relance.core.kernel.identifiers import ContactId
from relance.core.tenancy.languages import checked_language
from relance.core.tenancy.users import Actor, require_right
from relance.ports.store.contacts import Contact
from relance.ports.work import Work

_LONGEST = 200


class ContactEdit(msgspec.Struct, frozen=True, kw_only=True):
    """The contact as it shall be; its number 0 adds a new one."""

    actor: Actor
    code: str
    contact: Contact


class EditContact:
    """The fix for a customer without a collection contact: tick who receives the reminders (S1.11)."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, request: ContactEdit) -> Contact:
        """Keep the contact; raises BadInput, NotFound, NotAllowed."""
        require_right(request.actor, "qualify")
        contact = checked_contact(request.contact)
        own = request.actor.user if request.actor.own_only else None
        with self._work(request.actor.tenant) as unit:
            customer = unit.customer_file.card(request.code, own).customer
            event = "contact-changed" if contact.contact else "contact-added"
            if contact.contact and all(contact.contact != known.contact for known in unit.contacts.of(customer)):
                raise NotFound("no such contact")
            if not contact.contact:
                number = ContactId(unit.tenancy.next_numbers("contacts", 1))
                contact = msgspec.structs.replace(contact, contact=number)
            unit.contacts.save(customer, contact)
            subject = f"customer:{customer}"
            detail = {"contact": contact.contact, "collection": contact.collection}
            unit.audit.record(request.actor.name, event, subject, detail)
            return unit.contacts.one(customer, contact.contact)


def checked_contact(contact: Contact) -> Contact:
    """The contact with clean fields; raises BadInput."""
    fields = {
        name: " ".join(value.split())
        for name, value in msgspec.structs.asdict(contact).items()
        if isinstance(value, str)
    }
    wrong = [name for name, value in fields.items() if len(value) > _LONGEST or not value.isprintable()]
    if wrong:
        raise BadInput(f"{wrong[0]}: at most {_LONGEST} characters on one line")
    if not fields["name"]:
        raise BadInput("a contact needs a name")
    if fields["email"]:
        fields["email"] = checked_mailbox(fields["email"])
    if fields["language"]:
        checked_language(fields["language"])
    checked_role(fields["role"])
    if contact.collection and not fields["email"] and not fields["mobile"]:
        raise BadInput("a collection contact needs an email address or a mobile number")
    return msgspec.structs.replace(contact, **fields)
