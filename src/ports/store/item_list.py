"""What the store promises about looking at items: the list, and one item with everything that happened to it."""

from datetime import date, datetime
from typing import Any, Literal, Protocol

import msgspec

from relance.core.customers.search import EVERYTHING, Search
from relance.core.kernel.identifiers import ActionId, EntityId, ItemId, UserId
from relance.core.ledger.items import Item

ItemView = Literal["open", "overdue", "held", "settled", "all"]


class ItemQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """Which items, the oldest due first. `after` is due day and number of the last line seen.

    `own` limits to the customers that this user collects.
    """

    today: date
    criteria: Search = EVERYTHING
    search: str = ""
    view: ItemView = "open"
    currency: str = ""
    after: tuple[date, ItemId] | None = None
    limit: int = 50
    own: UserId | None = None


class ItemLine(msgspec.Struct, frozen=True, kw_only=True):
    """An item with its customer's code and name."""

    item: Item
    entity: EntityId
    customer_code: str
    customer_name: str


class ItemPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the list; `sums` has currency to count and open amount of the whole answer, memo items left out of the
    amount (D2)."""

    lines: list[ItemLine]
    sums: dict[str, tuple[int, int]]


class ItemChange(msgspec.Struct, frozen=True, kw_only=True):
    """One recorded change; amounts are minor units of the item's currency."""

    at: datetime
    kind: str
    author: str
    import_number: int | None
    open_before: int | None
    open_after: int | None
    detail: dict[str, Any]


class HoldShown(msgspec.Struct, frozen=True, kw_only=True):
    """A hold that was put on the item, live or released."""

    kind: str
    until: date | None
    amount: int | None
    comment: str
    author: str
    at: datetime
    released_at: datetime | None
    released_by: str
    verdict: str


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """An action whose message or task listed the item, with what was open then."""

    action: ActionId
    step: str
    step_number: int
    kind: str
    state: str
    done_at: datetime | None
    done_on: date | None
    open_amount: int


class ItemListStore(Protocol):
    """Items as people look at them."""

    def page(self, question: ItemQuestion) -> ItemPage:
        """One page of the list, with the sums of all pages."""
        ...

    def sums(self, question: ItemQuestion) -> dict[str, tuple[int, int]]:
        """Currency to count and open amount of the whole answer, memo items left out of the amount (D2)."""
        ...

    def line(self, item: ItemId, own: UserId | None) -> ItemLine:
        """One item; raises NotFound, also where it exists but is not visible."""
        ...

    def origin(self, item: ItemId) -> tuple[int, datetime | None, str]:
        """The import that created the item: its number, when, and the name of its source."""
        ...

    def changes(self, item: ItemId) -> list[ItemChange]:
        """What changed, the latest first."""
        ...

    def holds(self, item: ItemId) -> list[HoldShown]:
        """Holds, the latest first."""
        ...

    def listings(self, item: ItemId) -> list[Listing]:
        """Actions that listed it, the latest first."""
        ...
