"""Whom a person writes to: contacts of the customer, and copies to colleagues by role or by name (B6, S0.4)."""

from collections.abc import Callable, Sequence

from relance.core.collection.kinds import carries, is_message
from relance.core.kernel.addresses import is_mailbox
from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import ContactId, CustomerId
from relance.core.tenancy.users import ROLES, User
from relance.ports.store.contacts import Contact
from relance.ports.work import Unit

COPY_WORDS: tuple[str, ...] = ("collector", "colleagues", *(role for role in ROLES if role != "collector"))
"""Copies by what somebody is; anybody else is named by address or name."""
NO_COPIES = ("nobody",)
"""Said of one occurrence of a scenario's step that would go to colleagues too: this once, nobody gets a copy."""
_REACHED: dict[str, Callable[[Contact], bool]] = {
    "email": lambda contact: is_mailbox(contact.email.strip()),
    "mobile": lambda contact: bool(contact.mobile_e164),
    "post": lambda contact: True,
}


def chosen_contacts(unit: Unit, customer: CustomerId, kind: str, named: Sequence[str]) -> tuple[ContactId, ...]:
    """Contacts by number, address or name; none where they are those it would go to anyway. Raises BadInput."""
    if not named:
        return ()
    if not is_message(kind):
        raise BadInput("to: a call or a task goes to nobody")
    known = unit.contacts.of(customer)
    chosen = list(dict.fromkeys(_contact(one, known, kind) for one in named))
    if carries(kind).one and len(chosen) > 1:
        raise BadInput(f"to: one contact, not {len(chosen)}")
    usual = [one.contact for one in known if one.collection and is_reached(one, kind)]
    return () if set(chosen) == set(usual[:1] if carries(kind).one else usual) else tuple(chosen)


def chosen_copies(unit: Unit, kind: str, named: Sequence[str]) -> tuple[str, ...]:
    """Words for roles as they are, users by their address; raises BadInput."""
    if named and not (is_message(kind) and carries(kind).copies):
        raise BadInput("cc: only an email has copies")
    if tuple(named) == NO_COPIES:
        return NO_COPIES
    users = unit.tenancy.users() if named else []
    return tuple(dict.fromkeys(one if one in COPY_WORDS else _user(one, users).email for one in named))


def is_reached(contact: Contact, kind: str) -> bool:
    """Whether a message of this kind can reach the contact."""
    return _REACHED[carries(kind).reach](contact)


def _contact(named: str, known: Sequence[Contact], kind: str) -> ContactId:
    found = [one for one in known if named.strip().lower() in _names(one)]
    if len(found) != 1:
        raise BadInput(f"to: {'several contacts' if found else 'no contact'} of this customer: {named!r}")
    if not is_reached(found[0], kind):
        raise BadInput(f"to: {found[0].name} has no usable {'mobile number' if kind == 'sms' else 'address'}")
    return found[0].contact


def _names(contact: Contact) -> set[str]:
    full = f"{contact.first_name} {contact.name}".strip()
    return {str(contact.contact), contact.email.strip().lower(), full.lower()} - {""}


def _user(named: str, users: Sequence[User]) -> User:
    found = [one for one in users if named.strip().lower() in {one.email.lower(), one.name.lower()}]
    if len(found) != 1:
        raise BadInput(f"cc: one of {', '.join(COPY_WORDS)}, or a user by address or name, not {named!r}")
    return found[0]
