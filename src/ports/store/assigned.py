"""What the store promises about what is assigned to a customer besides its collector and scenario."""

from collections.abc import Collection
from datetime import datetime
from typing import Literal, Protocol

import msgspec

from relance.core.kernel.identifiers import CustomerId, UserId

LinkKind = Literal["group", "colleague"]


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """One value and where it comes from (A5): origin `import`, `rule` or `person`, its author, and when.

    `name` is what people read; `active` is false for a colleague who cannot sign in.
    """

    name: str
    origin: str
    author: str
    at: datetime
    email: str = ""
    active: bool = True


class Details(msgspec.Struct, frozen=True, kw_only=True):
    """What a customer's file also shows. Amounts are minor units of `currency`, the customer's or the tenant's."""

    currency: str
    credit_limit: int | None
    order_backlog: int | None
    state: str
    url: str
    custom: dict[str, str]


class Assigned(msgspec.Struct, frozen=True, kw_only=True):
    """A customer's groups and colleagues by name."""

    groups: tuple[Given, ...] = ()
    colleagues: tuple[Given, ...] = ()


class AssignedStore(Protocol):
    """Groups, colleagues and further details of the unit's customers."""

    def of(self, customer: CustomerId) -> Assigned:
        """The groups and colleagues as they are now."""
        ...

    def begin(self, kind: LinkKind, customer: CustomerId, other: int, author: str, at: datetime) -> None:
        """Link a customer with a group or a colleague, as a person's word."""
        ...

    def end(self, kind: LinkKind, customer: CustomerId, other: int, at: datetime) -> None:
        """End such a link, as a person's word."""
        ...

    def groups_of(self, customers: Collection[CustomerId]) -> dict[CustomerId, tuple[str, ...]]:
        """The groups of those of a few customers that are in any, by name."""
        ...

    def colleagues_of(self, customers: Collection[CustomerId]) -> dict[CustomerId, tuple[str, ...]]:
        """The colleagues of those of a few customers that have any, by name."""
        ...

    def seen_by(self, user: UserId | None, customers: Collection[CustomerId]) -> frozenset[CustomerId]:
        """Those of the customers that are the user's own: collected by, or associated with this person."""
        ...

    def details(self, customer: CustomerId) -> Details:
        """The further details."""
        ...
