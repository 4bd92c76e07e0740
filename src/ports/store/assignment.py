"""What the store promises about Search & Assign: its tasks, whom they find, and writing what they give."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from relance.core.customers.assignment import Assignment, Attribute, Current, Task
from relance.core.customers.search import Search
from relance.core.kernel.identifiers import CustomerId


class AssignmentStore(Protocol):
    """Tasks of one tenant. Values are written as people write them: addresses, names, codes."""

    def tasks(self) -> list[Task]:
        """All tasks by attribute and position."""
        ...

    def rewrite(self, task: int, search: Search) -> None:
        """The same search of a task in other words."""
        ...

    def change_settings(self, task: int, settings: Mapping[str, Any]) -> None:
        """Other settings for a task's assigner."""
        ...

    def save(self, task: Task, author: str, at: datetime) -> None:
        """Keep a new or changed task; those of its attribute at or behind its position move one back."""
        ...

    def remove(self, task: int) -> None:
        """Take a task away; what it gave stays. Raises NotFound."""
        ...

    def newest_customer(self) -> int:
        """The highest number of a customer, 0 before the first."""
        ...

    def found_by(self, task: Task, today: date) -> list[CustomerId]:
        """The customers of a task's search, and only the new ones where it says so."""
        ...

    def current(self, attribute: Attribute) -> dict[CustomerId, Current]:
        """The value of every customer that ever had one; of an attribute with a single value."""
        ...

    def links(self, attribute: Attribute, value: str) -> tuple[dict[CustomerId, Current], frozenset[CustomerId]]:
        """Who is linked with one group or colleague now, and whose link a person ended."""
        ...

    def give(self, attribute: Attribute, given: Sequence[Assignment], authors: Mapping[int, str], at: datetime) -> None:
        """Write values in one statement each; raises BadInput for a value that is not there."""
        ...

    def take_away(self, attribute: Attribute, removed: Sequence[Assignment], at: datetime) -> None:
        """End links."""
        ...

    def seen(self, tasks: Collection[int], customer: int) -> None:
        """Remember the newest customer that these tasks have looked at."""
        ...

    def without(self, attribute: Attribute) -> dict[CustomerId, str]:
        """Codes of those that have no value, and that no person left so; of an attribute with a single value."""
        ...

    def remember(self, last: Mapping[int, str]) -> None:
        """Keep what tasks gave last, where their assigner goes on from there."""
        ...

    def codes(self, customers: Collection[CustomerId]) -> dict[CustomerId, str]:
        """Customers' codes."""
        ...
