"""One customer: its own fields, and the people there."""

from datetime import datetime
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import UNSET, UnsetType

from relance.core.customers.details import DetailChanges, flat, limit_text, plain
from relance.core.kernel.errors import NotFound
from relance.core.kernel.identifiers import ContactId
from relance.http.addresses import code_of
from relance.http.api.access import caller_of, doing, editing, reading, removing
from relance.http.api.once import Once
from relance.ports.store.contacts import Contact
from relance.usecases.customers.edit_contact import ContactEdit, EditContact
from relance.usecases.customers.edit_customer import CustomerEdit, EditCustomer
from relance.usecases.customers.remove_contact import ContactToRemove, RemoveContact
from relance.usecases.customers.show_details import ShowDetails
from relance.usecases.insight.open_customer import CustomerWanted, OpenCustomer

AnyRequest = Request[Any, Any, Any]


class WrittenAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Who set a field, and when."""

    by: str
    at: datetime


class DetailsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A customer's fields by name; `written`: who set which and when; `imported`: what the next import writes over."""

    code: str
    fields: dict[str, Any]
    written: dict[str, WrittenAnswer]
    imported: list[str]


class ChangedAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The fields that have another value now."""

    code: str
    changed: dict[str, Any]


class ContactWanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A contact, or with PATCH what changes of it.

    `role`: accounting, purchasing, sales, logistics, legal or management; empty: none of them.
    """

    name: str | UnsetType = UNSET
    first_name: str | UnsetType = UNSET
    email: str | UnsetType = UNSET
    phone: str | UnsetType = UNSET
    mobile: str | UnsetType = UNSET
    function: str | UnsetType = UNSET
    role: str | UnsetType = UNSET
    language: str | UnsetType = UNSET
    collection: bool | UnsetType = UNSET

    def on(self, contact: Contact) -> Contact:
        """The contact with what is given."""
        given = {name: value for name, value in msgspec.structs.asdict(self).items() if value is not UNSET}
        return msgspec.structs.replace(contact, **given)


class ContactAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A contact; `bounced_at`: mail to this address came back. `mobile_e164`: the mobile number as it is dialled."""

    number: int
    name: str
    first_name: str
    email: str
    phone: str
    mobile: str
    mobile_e164: str
    function: str
    role: str
    language: str
    collection: bool
    bounced_at: datetime | None

    @classmethod
    def of(cls, contact: Contact) -> "ContactAnswer":
        """The answer of a contact."""
        fields = msgspec.structs.asdict(contact)
        fields["number"] = fields.pop("contact")
        del fields["bounced_why"]
        return cls(**fields)


class ContactsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The contacts, those for collection first."""

    rows: list[ContactAnswer]


@reading("/customers/{code:str}", summary="A customer's own fields, and who set which")
def customer(request: AnyRequest, code: FromPath[str], show_details: NamedDependency[ShowDetails]) -> DetailsAnswer:
    """All fields."""
    shown = show_details(caller_of(request).actor, code_of(code), reading=True)
    fields = {name: plain(value) for name, value in flat(shown.details).items()}
    limit = limit_text(shown.details, shown.currency) or None
    return DetailsAnswer(
        code=code_of(code),
        fields=fields | {"credit_limit": limit},
        written={name: WrittenAnswer(by=one.by, at=one.at) for name, one in shown.written.items()},
        imported=sorted(shown.imported),
    )


@editing("/customers/{code:str}", "collect", summary="Set some of a customer's own fields")
def edit_customer(
    request: AnyRequest,
    code: FromPath[str],
    data: JSONBody[DetailChanges],
    edit_customer: NamedDependency[EditCustomer],
) -> ChangedAnswer:
    """What is left out stays."""
    named = code_of(code)
    done = edit_customer(CustomerEdit(actor=caller_of(request).actor, code=named, changes=data))
    limit = {"credit_limit": limit_text(done.details, done.currency) or None}
    return ChangedAnswer(code=named, changed=done.changed | (limit if "credit_limit" in done.changed else {}))


@reading("/customers/{code:str}/contacts", summary="The people at a customer's")
def contacts(request: AnyRequest, code: FromPath[str], open_customer: NamedDependency[OpenCustomer]) -> ContactsAnswer:
    """Those for collection first."""
    opened = open_customer(CustomerWanted(actor=caller_of(request).actor, code=code_of(code), reading=True))
    return ContactsAnswer(rows=[ContactAnswer.of(contact) for contact in opened.contacts])


@doing("/customers/{code:str}/contacts", "collect", summary="Add a contact")
def add_contact(
    request: AnyRequest,
    code: FromPath[str],
    data: JSONBody[ContactWanted],
    edit_contact: NamedDependency[EditContact],
    once: NamedDependency[Once],
) -> Response[bytes]:
    """One more person."""
    new = data.on(Contact(contact=ContactId(0), name=""))
    wanted = ContactEdit(actor=caller_of(request).actor, code=code_of(code), contact=new)
    return once(request, msgspec.json.encode(data), lambda: ContactAnswer.of(edit_contact(wanted)))


@editing("/customers/{code:str}/contacts/{number:int}", "collect", summary="Change a contact")
def change_contact(
    request: AnyRequest,
    code: FromPath[str],
    number: FromPath[int],
    data: JSONBody[ContactWanted],
    open_customer: NamedDependency[OpenCustomer],
    edit_contact: NamedDependency[EditContact],
) -> ContactAnswer:
    """What is left out stays."""
    actor = caller_of(request).actor
    opened = open_customer(CustomerWanted(actor=actor, code=code_of(code)))
    known = next((contact for contact in opened.contacts if contact.contact == number), None)
    if known is None:
        raise NotFound("no such contact")
    return ContactAnswer.of(edit_contact(ContactEdit(actor=actor, code=code_of(code), contact=data.on(known))))


@removing("/customers/{code:str}/contacts/{number:int}", "collect", summary="Remove a contact")
def remove_contact(
    request: AnyRequest, code: FromPath[str], number: FromPath[int], remove_contact: NamedDependency[RemoveContact]
) -> None:
    """Gone, until an import brings this person back."""
    wanted = ContactToRemove(actor=caller_of(request).actor, code=code_of(code), contact=ContactId(number))
    remove_contact(wanted)


HANDLERS = [customer, edit_customer, contacts, add_contact, change_contact, remove_contact]
