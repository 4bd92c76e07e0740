"""Legal entities of a tenant: who is owed, and what its messages are signed with (A23)."""

import re

import msgspec

from relance.core.collection.composing import mailbox_of
from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import EntityId
from relance.core.tenancy.tenants import checked_name

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,19}\Z")
_LONGEST = 300
DETAILS = ("country", "street", "zip", "city", "phone", "bank", "iban", "bic", "sender")
"""What an entity after the first says of itself; the first one signs as the company of the settings."""


class Entity(msgspec.Struct, frozen=True, kw_only=True):
    """One company of the tenant. `sender`: for collectors without a confirmed address, as `Name <address>`."""

    entity: EntityId
    code: str
    name: str
    country: str = ""
    street: str = ""
    zip: str = ""
    city: str = ""
    phone: str = ""
    bank: str = ""
    iban: str = ""
    bic: str = ""
    sender: str = ""


def checked_entity(entity: Entity) -> Entity:
    """The same with single blanks in its name; raises BadInput for what no entity can be."""
    if not _CODE.match(entity.code):
        raise BadInput(f"{entity.code!r} is no code: letters, digits, hyphens, dots and underscores, 20 at most")
    for name in DETAILS:
        value = getattr(entity, name)
        if not value.isprintable() or len(value) > _LONGEST:
            raise BadInput(f"{name}: {_LONGEST} characters at most, on one line")
    if entity.sender and mailbox_of(entity.sender) is None:
        raise BadInput(f"sender: {entity.sender!r} is no sender; write it like Acme Accounts <accounts@acme.example>")
    return msgspec.structs.replace(entity, name=checked_name(entity.name))


def place_of(code: str, entity: str) -> str:
    """How a customer is named where several entities may have one of this code: `FR02:C001`."""
    return f"{entity}:{code}"
