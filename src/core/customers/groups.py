"""Groups of customers, by the tenant's own criteria (S4.1)."""

from datetime import datetime

import msgspec

from relance.core.kernel.errors import BadInput

LONGEST_NAME = 100


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """A group and where it comes from (S4.15)."""

    group: int
    name: str
    origin: str
    author: str
    at: datetime


def checked_group_name(name: str) -> str:
    """The name without superfluous blanks; raises BadInput."""
    plain = " ".join(name.split())
    if not plain or not plain.isprintable() or len(plain) > LONGEST_NAME:
        raise BadInput(f"a group needs a name of at most {LONGEST_NAME} characters")
    return plain
