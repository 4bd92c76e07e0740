"""What the store promises about finding anything at once: few of each kind, and only what the viewer may see."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol

import msgspec

from relance.core.kernel.identifiers import EntityId, ItemId, UserId


class CustomerHit(msgspec.Struct, frozen=True, kw_only=True):
    """A customer with what it owes in the currency in which it owes most; empty currency: nothing open."""

    entity: EntityId
    code: str
    name: str
    currency: str = ""
    balance: int = 0
    overdue: int = 0


class ItemHit(msgspec.Struct, frozen=True, kw_only=True):
    """An open item and whose it is."""

    item: ItemId
    number: str
    type: str
    code: str
    customer: str
    currency: str
    open_amount: int
    due_on: date


class Between(msgspec.Struct, frozen=True):
    """Amounts from `low` to `high`, both included, counted in any currency."""

    low: Decimal
    high: Decimal


class PaletteStore(Protocol):
    """Looks a few things up by what a person types."""

    def customers(self, text: str, own: UserId | None, limit: int) -> list[CustomerHit]:
        """By code or name; what begins with the text stands first."""
        ...

    def customers_of(self, codes: Sequence[str], own: UserId | None) -> list[CustomerHit]:
        """Those of some codes that are there and visible, in the order of the codes."""
        ...

    def items(self, text: str, own: UserId | None, limit: int) -> list[ItemHit]:
        """Open items whose number begins with the text."""
        ...

    def items_of_amount(self, amount: Between, own: UserId | None, limit: int) -> list[ItemHit]:
        """Open items with such an open amount."""
        ...

    def customers_of_amount(self, amount: Between, own: UserId | None, limit: int) -> list[CustomerHit]:
        """Customers with such a balance or overdue amount in one currency."""
        ...
