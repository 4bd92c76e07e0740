"""What the store promises about the alerts that accounts raise."""

from collections.abc import Collection
from datetime import date
from typing import Protocol

from relance.core.customers.squares import Square
from relance.core.kernel.identifiers import CustomerId


class SquareStore(Protocol):
    """Alerts of one tenant."""

    def all(self) -> list[Square]:
        """Every alert, in the order in which they were made."""
        ...

    def of(self, asked: Collection[CustomerId], today: date) -> dict[CustomerId, tuple[Square, ...]]:
        """The alerts that these customers raise on the day; who raises none is left out."""
        ...
