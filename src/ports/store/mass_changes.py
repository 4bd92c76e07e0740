"""What the store promises about changing many customers at once."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from relance.core.customers.assignment import Attribute
from relance.core.customers.mass_changes import Changeable, MassChange, Selection
from relance.core.kernel.identifiers import CustomerId, UserId
from relance.ports.store.collection import ScenarioChange


class MassChangeStore(Protocol):
    """Changes of one tenant, a handful of statements each."""

    def choose(self, selection: Selection, own: UserId | None, today: date) -> list[str]:
        """Choose the customers for what follows in this transaction, and return their codes by code."""
        ...

    def would_change(self, attribute: Changeable, value: str, begin: bool = True) -> int:
        """For how many of the chosen a value is another one; raises BadInput for a value that is not there."""
        ...

    def replace(self, change: int, attribute: Changeable, value: str, author: str, at: datetime) -> int:
        """Give the chosen one value of an attribute that has a single one, and return for how many it is another."""
        ...

    def begin(self, change: int, attribute: Attribute, value: str, author: str, at: datetime) -> int:
        """Link the chosen with a group, which may be new, or a colleague; how many were not linked yet."""
        ...

    def end(self, change: int, attribute: Attribute, value: str, author: str, at: datetime) -> int:
        """End the links of the chosen with a group or a colleague, and return how many there were."""
        ...

    def moved(self, change: int, default: str) -> list[ScenarioChange]:
        """The accounts that a change, or its undoing, gave another scenario: from what was before to what is now."""
        ...

    def keep(self, change: MassChange) -> None:
        """Keep a change in the history."""
        ...

    def history(self, limit: int = 50) -> Sequence[MassChange]:
        """The newest first."""
        ...

    def one(self, change: int) -> MassChange:
        """A change of the history; raises NotFound."""
        ...

    def undo(self, change: int, at: datetime) -> dict[Changeable, int]:
        """Give back what was before wherever the change's own value still stands; how many of each attribute.

        Raises NotFound, Conflict where it is undone already.
        """
        ...

    def chosen(self) -> list[CustomerId]:
        """The customers of `choose`."""
        ...
