"""What the store promises about deputies."""

from datetime import date, datetime
from typing import NamedTuple, Protocol

from relance.core.kernel.identifiers import UserId
from relance.core.tenancy.deputies import Deputy


class Turned(NamedTuple):
    """A deputy whose days have begun or are over since they were last looked at."""

    number: int
    runs: bool


class DeputyStore(Protocol):
    """One tenant's deputies. Who sees what is asked in SQL, which knows no day: `turn` tells it the day."""

    def all(self) -> list[Deputy]:
        """Every deputy, the last days first."""
        ...

    def one(self, number: int) -> Deputy:
        """The deputy of this number; raises NotFound."""
        ...

    def running(self, user: UserId, today: date) -> list[Deputy]:
        """Those who stand in for this person today, and those for whom this person does."""
        ...

    def is_behind(self, today: date) -> bool:
        """Whether some deputy's days have begun or are over, and `turn` has not been told."""
        ...

    def turn(self, today: date) -> list[Turned]:
        """Let visibility follow the day; what changed by it."""
        ...

    def add(self, deputy: Deputy, author: str, at: datetime) -> None:
        """Keep a new deputy."""
        ...

    def end(self, number: int, last_on: date) -> None:
        """End a deputy's days early; one that never began is forgotten."""
        ...
