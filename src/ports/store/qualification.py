"""What the store promises about holds on items and their history."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, Protocol

import msgspec

from relance.core.kernel.identifiers import ActionId, CustomerId, HoldId, ItemId, SourceId, UserId
from relance.core.ledger.items import HoldKind, Item
from relance.core.qualification.promises import Unallocated


class NewHold(msgspec.Struct, frozen=True, kw_only=True):
    """One item held; `amount` is what was promised of it, in minor units."""

    item: ItemId
    customer: CustomerId
    kind: HoldKind
    until: date | None
    amount: int
    comment: str


class Promised(msgspec.Struct, frozen=True, kw_only=True):
    """An open promise on one item, with what the item and its source say now."""

    hold: HoldId
    item: ItemId
    customer: CustomerId
    until: date
    at: datetime
    author: str
    amount: int
    currency: str
    owed: int
    """What the item owed when it was promised."""
    open_amount: int
    source: SourceId
    last_good_at: datetime | None


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a customer's timeline."""

    customer: CustomerId
    kind: str
    detail: dict[str, Any]
    action: ActionId | None = None


class QualificationStore(Protocol):
    """Holds of one tenant."""

    def items(self, ids: Collection[ItemId], own: UserId | None) -> list[Item]:
        """Open items by number; those that are settled, or not visible to `own`, are left out."""
        ...

    def items_named(self, reference: str, own: UserId | None) -> list[Item]:
        """Open items written CUSTOMER/NUMBER; several where instalments share a number."""
        ...

    def hold(self, holds: Sequence[NewHold], author: str, at: datetime) -> None:
        """Hold items; an earlier hold on the same item ends."""
        ...

    def release(self, items: Collection[ItemId], by: str, at: datetime, verdict: str | None = None) -> int:
        """End the holds of items, and say how many items were held."""
        ...

    def promises_until(self, day: date) -> list[Promised]:
        """Open promises for days before `day`, the oldest first."""
        ...

    def unallocated(self, customers: Collection[CustomerId]) -> dict[CustomerId, list[Unallocated]]:
        """Unallocated payments of accounts, the oldest first, less what earlier verdicts have counted."""
        ...

    def credit(self, hold: HoldId, counted: dict[ItemId, int]) -> None:
        """Remember how much of which payments a verdict has counted."""
        ...

    def pauses_before(self, day: date) -> dict[CustomerId, list[ItemId]]:
        """Items whose pause ended before a day, by account."""
        ...

    def note(self, notes: Sequence[Note], author: str, at: datetime) -> None:
        """Append to timelines."""
        ...

    def refresh_summaries(self, customers: Collection[CustomerId] | None, today: date) -> None:
        """Bring the accounts' sums up to date; None: those that a new day moves."""
        ...
