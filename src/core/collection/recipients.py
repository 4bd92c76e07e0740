"""Whom a message goes to: the people and places of a customer that its kind can reach."""

from collections.abc import Collection, Sequence

import msgspec

from relance.core.collection.kinds import carries
from relance.core.kernel.addresses import is_mailbox
from relance.core.kernel.identifiers import ContactId


class CollectionContact(msgspec.Struct, frozen=True, kw_only=True):
    """Someone at the customer who is to receive reminders (S1.9). `mobile` is in E.164, or empty."""

    contact: ContactId
    name: str
    email: str
    language: str = ""
    mobile: str = ""


class Recipient(msgspec.Struct, frozen=True, omit_defaults=True):
    """A name to show, and where it is reached: a mailbox, a phone number in E.164, or the lines of an address."""

    name: str
    email: str = ""
    phone: str = ""
    lines: tuple[str, ...] = ()

    @property
    def at(self) -> str:
        """Where it is reached, on one line."""
        return self.email or self.phone or ", ".join(self.lines)


def addressed(
    chosen: Collection[ContactId], ticked: Sequence[CollectionContact], others: Sequence[CollectionContact]
) -> tuple[Sequence[CollectionContact], tuple[str, ...]]:
    """Whom a person chose, and a warning where one of them is gone; without a choice those ticked for collection."""
    if not chosen:
        return ticked, ()
    found = [one for one in (*ticked, *others) if one.contact in chosen]
    return found, ("chosen-contact-gone",) if len(found) < len(set(chosen)) else ()


def recipients_of(
    contacts: Sequence[CollectionContact], kind: str = "email", place: Recipient | None = None
) -> tuple[tuple[Recipient, ...], tuple[str, ...]]:
    """Who can be reached, each once, and a warning for each contact that cannot (A16).

    A letter goes to the customer's own address, `place`; the other kinds go to the collection contacts.
    """
    reach, one = carries(kind).reach, carries(kind).one
    if reach == "post":
        return (place,) if place and place.lines else (), ()
    usable: dict[str, Recipient] = {}
    warnings = []
    for contact in contacts:
        box = _mobile(contact) if reach == "mobile" else _mailbox(contact)
        if box:
            usable.setdefault(box.at.lower(), box)
        else:
            warnings.append(f"contact-without-{'mobile' if reach == 'mobile' else 'address'} {contact.name}")
    found = tuple(usable.values())
    return found[:1] if one else found, tuple(warnings)


def spoken_to(to: Sequence[Recipient], suppressed: frozenset[str]) -> tuple[tuple[Recipient, ...], tuple[str, ...]]:
    """Those to whom something may be sent, and a warning for each whose address is suppressed (T20)."""
    silent = [one for one in to if one.at.lower() in suppressed]
    return tuple(one for one in to if one not in silent), tuple(f"contact-suppressed {one.name}" for one in silent)


def first_reached(contacts: Sequence[CollectionContact], to: Sequence[Recipient]) -> CollectionContact | None:
    """The first contact who is written to: the message speaks to that person, in that person's language (A17).

    Nobody in particular opens a customer's letters: the first contact then counts.
    """
    reached = {one.at for one in to}
    if any(one.lines for one in to):
        return next(iter(contacts), None)
    return next((one for one in contacts if one.email in reached or one.mobile in reached), None)


def _mailbox(contact: CollectionContact) -> Recipient | None:
    return Recipient(contact.name, email=contact.email) if is_mailbox(contact.email) else None


def _mobile(contact: CollectionContact) -> Recipient | None:
    return Recipient(contact.name, phone=contact.mobile) if contact.mobile else None
