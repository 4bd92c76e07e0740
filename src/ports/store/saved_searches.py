"""What the store promises about saved searches."""

from typing import Protocol

from relance.core.customers.saved_searches import SavedSearch, Target
from relance.core.customers.search import Search
from relance.core.kernel.identifiers import UserId


class SavedSearchStore(Protocol):
    """Searches of one tenant."""

    def visible(self, user: UserId | None) -> list[SavedSearch]:
        """The user's own and the shared ones, by name."""
        ...

    def all(self) -> list[SavedSearch]:
        """Everybody's, for what must hold of all of them; never to be shown."""
        ...

    def alerts(self) -> list[SavedSearch]:
        """Those that mark accounts, in the order in which they were made."""
        ...

    def rewrite(self, number: int, search: Search) -> None:
        """The same search in other words."""
        ...

    def one(self, number: int, user: UserId | None) -> SavedSearch:
        """One that the user may see; raises NotFound."""
        ...

    def save(self, saved: SavedSearch) -> None:
        """Keep a new or changed one; raises Conflict where the owner has another of this name."""
        ...

    def columns_of(self, user: UserId, target: Target) -> tuple[str, ...]:
        """The columns that a person chose for a list; nothing before any choice."""
        ...

    def choose_columns(self, user: UserId, target: Target, columns: tuple[str, ...]) -> None:
        """Keep such a choice; none goes back to what everybody sees at first."""
        ...

    def remove(self, number: int) -> None:
        """Forget one."""
        ...
