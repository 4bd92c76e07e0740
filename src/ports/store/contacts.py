"""What the store promises about the people at a customer's."""

from datetime import datetime
from typing import Protocol

import msgspec

from relance.core.kernel.identifiers import ContactId, CustomerId


class Contact(msgspec.Struct, frozen=True, kw_only=True):
    """A person at the customer's; `collection`: receives the reminders (S1.9).

    `bounced_at`: when mail to this very address came back, with what was said; another address has not bounced.
    """

    contact: ContactId
    name: str
    first_name: str = ""
    email: str = ""
    phone: str = ""
    mobile: str = ""
    mobile_e164: str = ""
    """The mobile number as a network takes it; the store reads it from `mobile`, and empty is none that can be."""
    function: str = ""
    role: str = ""
    """One of the short list of what people do at a customer's, or nothing."""
    language: str = ""
    collection: bool = False
    bounced_at: datetime | None = None
    bounced_why: str = ""


class ContactStore(Protocol):
    """Contacts of the unit's customers."""

    def of(self, customer: CustomerId) -> list[Contact]:
        """A customer's contacts, those for collection first (S1.12)."""
        ...

    def one(self, customer: CustomerId, contact: ContactId) -> Contact:
        """One of them; raises NotFound."""
        ...

    def save(self, customer: CustomerId, contact: Contact) -> None:
        """Keep a new or changed contact; raises NotFound for a changed one that is not this customer's."""
        ...

    def remove(self, customer: CustomerId, contact: ContactId) -> None:
        """Take a contact away; raises NotFound."""
        ...

    def clear_bounce(self, customer: CustomerId, contact: ContactId) -> None:
        """Forget that mail came back."""
        ...
