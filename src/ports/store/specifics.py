"""What the store promises about specific actions: their items, their occurrences, and whose they are."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from relance.core.collection.actions import Action
from relance.core.collection.specifics import SpecificAction
from relance.core.kernel.identifiers import CustomerId, ItemId, SpecificId, UserId


class SpecificStore(Protocol):
    """Specific actions of one tenant."""

    def add(self, begun: SpecificAction) -> None:
        """Keep a new one; where it takes items away, they are held by it unless something else holds them."""
        ...

    def get(self, specific: SpecificId, own: UserId | None) -> SpecificAction:
        """One of them; raises NotFound, also where `own` sees neither the customer nor a task of it."""
        ...

    def of_customer(self, customer: CustomerId) -> list[SpecificAction]:
        """Those of an account: the live ones, then those that ended, the newest first."""
        ...

    def live_with(self, items: Collection[ItemId]) -> dict[ItemId, SpecificId]:
        """Which of these items have left the scenario for a live specific action."""
        ...

    def add_occurrence(self, action: Action) -> Action:
        """Keep an action that a person began, with the occurrence that comes next for it."""
        ...

    def occurrences(self, specific: SpecificId) -> list[Action]:
        """The actions of it, the newest first."""
        ...

    def reshape(self, before: Action, after: Action) -> Action:
        """Keep day, snooze, assignee and brief of an action that nobody changed meanwhile; raises ActionMoved."""
        ...

    def end(self, specific: SpecificId, at: datetime, by: str, outcome: str) -> Sequence[ItemId]:
        """End it; what it alone held is free again. Answers the items that had left their scenario."""
        ...

    def settled(self) -> list[SpecificAction]:
        """Live ones about items of which none is open any more (S1.16)."""
        ...
