"""What the store promises about figures: sums made where the items are."""

from datetime import date, datetime
from typing import Literal, Protocol

import msgspec

from relance.core.customers.search import EVERYTHING, Search
from relance.core.insight.aged_balance import AgedRow
from relance.core.kernel.identifiers import UserId

Dimension = Literal["customer", "currency", "collector", "country", "entity", "group"]
"""`group`: a customer counts in each of its groups, and without any in the one of no name."""
DIMENSIONS: tuple[Dimension, ...] = ("customer", "currency", "collector", "country", "entity", "group")


class AgedQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """Which balance. `until` is None for today's ledger, else the moment (excluded) up to which history counts.

    `own` limits to the customers that this user collects. `search` is part of a customer's code or name, `criteria`
    what holds of the customer today. `most`: so many rows only, in each currency those with the largest totals first.
    """

    as_of: date
    until: datetime | None = None
    by: Dimension = "customer"
    currency: str = ""
    collector: UserId | None = None
    search: str = ""
    criteria: Search = EVERYTHING
    today: date | None = None
    own: UserId | None = None
    most: int | None = None


class InsightStore(Protocol):
    """Figures of the unit's tenant."""

    def aged_balance(self, question: AgedQuestion) -> list[AgedRow]:
        """Rows ordered by dimension and currency, equal to the core's `aged_balance` over the same items."""
        ...

    def aged_rows(self, question: AgedQuestion) -> int:
        """How many rows there are in all."""
        ...

    def history_starts(self) -> datetime | None:
        """When the first import was made; None before any."""
        ...
