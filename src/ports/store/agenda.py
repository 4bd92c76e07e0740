"""What the store promises about the agenda's screen: rows of one page, counts and totals, one row's facts."""

from datetime import date
from typing import Literal, Protocol

from relance.core.tenancy.users import Actor

View = Literal["todo", "confirm", "upcoming", "held", "resolve", "done"]


class AgendaStore(Protocol):
    """Read models over actions, customers and account summaries; visibility is part of every query."""

    def waiting(self, actor: Actor, today: date) -> int:
        """How many actions wait for a person today."""
        ...
