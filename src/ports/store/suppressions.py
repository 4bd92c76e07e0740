"""What the store promises about addresses that get no more mail, and about mail that came back."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

import msgspec

from relance.core.collection.bounces import Bounce, SuppressionReason
from relance.core.kernel.identifiers import ActionId, CustomerId, EntityId, UserId


class Suppression(msgspec.Struct, frozen=True, kw_only=True):
    """An address to which nothing is sent, why, since when, and who said so."""

    address: str
    reason: SuppressionReason
    note: str
    author: str
    since: datetime


class Suggestion(msgspec.Struct, frozen=True, kw_only=True):
    """An address of a contact from which mail came back for good, and which nobody has decided about."""

    address: str
    kind: str
    said: str
    at: datetime
    entity: EntityId
    customer_code: str
    customer_name: str


class SuppressionStore(Protocol):
    """One tenant's addresses; they are the same in small and in capital letters."""

    def listed(self, search: str, after: str, limit: int) -> list[Suppression]:
        """By address, behind `after`."""
        ...

    def suggested(self, limit: int, own: UserId | None) -> list[Suggestion]:
        """What came back for good and is not suppressed, the latest first."""
        ...

    def add(self, one: Suppression) -> bool:
        """Keep it; False where the address is suppressed already, and stays as it was."""
        ...

    def remove(self, address: str) -> Suppression:
        """Take it away and return it; raises NotFound."""
        ...

    def bounced(self, one: Bounce) -> bool:
        """Append a report; False for one that is known already."""
        ...

    def messages_named(self, references: Collection[str]) -> dict[str, tuple[ActionId, int]]:
        """Action and generation of the messages with these Message-IDs."""
        ...

    def reached_at(self, number: str) -> list[CustomerId]:
        """Customers with a contact of this mobile number."""
        ...

    def mark(self, one: Bounce) -> list[CustomerId]:
        """Mark the contacts of this address: mail came back; whose they are."""
        ...
