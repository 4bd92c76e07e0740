"""What an assigner is: it proposes a value for an account with a reason, or nothing."""

from typing import ClassVar, Literal, Protocol

import msgspec

Attribute = Literal["collector", "colleague", "group", "scenario"]


class AccountToAssign(msgspec.Struct, frozen=True, kw_only=True):
    """What an assigner may know of an account; plain data."""

    code: str
    name: str
    country: str
    language: str
    currency: str
    custom: dict[str, str] = {}


class Proposal(msgspec.Struct, frozen=True):
    """A value and the reason that the file shows: a code such as `tenant-default`."""

    value: str
    reason: str


class Assigner(Protocol):
    """A plugin that proposes who or what belongs to an account."""

    name: ClassVar[str]
    label: ClassVar[str]
    attribute: ClassVar[Attribute]

    def propose(self, account: AccountToAssign, defaults: dict[str, str]) -> Proposal | None:
        """A value for the account, or nothing. `defaults` are the tenant's settings by name."""
        ...
