"""What the store promises about the list of actions as commands and programs read it."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

import msgspec

from relance.core.collection.actions import Action
from relance.core.kernel.identifiers import UserId
from relance.core.tenancy.users import User


class ActionsWanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which actions: in a state, due on a day; `own` limits to the customers that a user collects."""

    state: str | None = None
    due_on: date | None = None
    own: UserId | None = None


class ActionLine(msgspec.Struct, frozen=True, kw_only=True):
    """One action with what belongs to it today: its customer's code, collector and collection addresses."""

    action: Action
    customer: str
    collector: User | None
    addresses: tuple[str, ...]
    numbers: tuple[str, ...]
    """The numbers of the listed items, in the order of the message."""


class ActionListStore(Protocol):
    """Reads many actions with few queries."""

    def lines(self, wanted: ActionsWanted) -> Sequence[ActionLine]:
        """The actions by due date and number."""
        ...
