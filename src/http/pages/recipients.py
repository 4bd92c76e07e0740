"""Who may get a message that a person writes, as ticks: contacts of the customer, colleagues for a copy (B6, S0.4)."""

from collections.abc import Collection, Sequence

import msgspec

from relance.core.collection.kinds import carries
from relance.core.kernel.errors import BadInput
from relance.core.tenancy.users import User
from relance.http.dependencies import Fields
from relance.http.i18n.speech import gettext
from relance.http.pages.scenario_words import COPIES
from relance.ports.store.contacts import Contact
from relance.usecases.collection.addressing import is_reached

NOBODY = "nobody"
"""What the form says where no contact can be reached: the message then waits until one can."""


class OfferedContact(msgspec.Struct, frozen=True, kw_only=True):
    """One contact; `at` is where it is reached, empty where it cannot be."""

    number: int
    name: str
    at: str
    chosen: bool


class OfferedCopy(msgspec.Struct, frozen=True):
    """One tick for a copy."""

    value: str
    label: str
    chosen: bool


class Offered(msgspec.Struct, frozen=True, kw_only=True):
    """What the form draws; `one`: a single contact gets it. `asks`: somebody can be chosen, so somebody must be."""

    contacts: list[OfferedContact]
    copies: list[OfferedCopy]
    asks: bool
    one: bool
    lacking: str
    """What is said of a contact that cannot be reached."""

    @property
    def copied(self) -> int:
        """How many copies are ticked."""
        return sum(copy.chosen for copy in self.copies)


def offered(
    kind: str,
    contacts: Sequence[Contact],
    users: Sequence[User],
    to: Collection[int] | None,
    cc: Collection[str],
) -> Offered:
    """The ticks; without a choice, None, the contacts ticked for collection."""
    single, mobile = carries(kind).one, carries(kind).reach == "mobile"
    usual = [int(one.contact) for one in contacts if one.collection and is_reached(one, kind)]
    reachable = [int(one.contact) for one in contacts if is_reached(one, kind)]
    chosen = [number for number in reachable if number in to] if to else usual
    chosen = chosen[:1] if single else chosen
    people = [OfferedCopy(user.email, user.name, user.email in cc) for user in users if user.active]
    words = [OfferedCopy(word, gettext(label), word in cc) for word, label in COPIES.items()]
    return Offered(
        contacts=[_contact(one, kind, chosen) for one in contacts],
        copies=[*words, *people] if carries(kind).copies else [],
        asks=bool(reachable),
        one=single,
        lacking=gettext("no usable mobile number") if mobile else gettext("no usable address"),
    )


def said_to(fields: Fields) -> tuple[str, ...] | None:
    """Who was ticked; None where the form did not ask. Raises BadInput where nobody was."""
    if not fields.text("addressed"):
        return None
    said = tuple(fields.texts("to"))
    if not said and fields.text("addressed") != NOBODY:
        raise BadInput(gettext("Choose at least one contact who gets it."))
    return said


def said_cc(fields: Fields) -> tuple[str, ...] | None:
    """Who was ticked for a copy; None where the form did not ask."""
    return tuple(fields.texts("cc")) if fields.text("addressed") else None


def _place(one: Contact, kind: str) -> str:
    """Where the contact is reached; a letter goes to the customer's address, for their attention."""
    match carries(kind).reach:
        case "mobile":
            return one.mobile
        case "post":
            return gettext("at the customer's postal address")
    return one.email


def _contact(one: Contact, kind: str, chosen: Collection[int]) -> OfferedContact:
    reached = is_reached(one, kind)
    return OfferedContact(
        number=int(one.contact),
        name=f"{one.first_name} {one.name}".strip(),
        at=_place(one, kind) if reached else "",
        chosen=reached and int(one.contact) in chosen,
    )
