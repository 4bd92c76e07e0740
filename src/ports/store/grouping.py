"""What the store promises about grouped collection."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from relance.core.collection.grouping import Member
from relance.core.kernel.identifiers import CustomerId, UserId


class GroupingStore(Protocol):
    """One tenant's customers that are collected on another."""

    def all(self, own: UserId | None) -> list[Member]:
        """Every member by lead and code; to `own` only those whom this user sees."""
        ...

    def of(self, customer: CustomerId) -> list[Member]:
        """The members of this lead, or the customer itself where it is a member."""
        ...

    def join(self, members: Collection[CustomerId], lead: CustomerId, author: str, at: datetime) -> None:
        """Collect these on the lead; raises Conflict where one belongs to another entity."""
        ...

    def leave(self, members: Collection[CustomerId]) -> None:
        """Collect these by themselves again; the lead's last contact was theirs too (D9)."""
        ...
