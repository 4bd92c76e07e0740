"""What the store promises to the day: every account in a few queries, and everything decided in a few writes."""

from collections.abc import Collection, Generator, Iterable, Sequence
from datetime import date, datetime
from typing import Protocol

import msgspec

from relance.core.collection.accounts import Account, CurrencyRow
from relance.core.collection.actions import Action, State
from relance.core.collection.planning import Listed
from relance.core.collection.rules import DayRules
from relance.core.kernel.identifiers import ActionId, CustomerId, ImportId, ItemId
from relance.core.ledger.items import Item


class OpenAction(msgspec.Struct, frozen=True):
    """What the day must know of an account's open action before it looks closer."""

    action: ActionId
    state: State
    fence: int
    mark: str
    frozen: bool


class AccountDay(Protocol):
    """One account as the store summed it."""

    account: Account
    open_action: OpenAction | None
    blocked: bool
    """One of its actions is `unknown` or `failed`."""

    @property
    def open_items(self) -> int:
        """How many items are open."""
        ...

    @property
    def mark(self) -> str:
        """Changes whenever something changes that the account's open action could depend on."""
        ...

    @property
    def ahead(self) -> tuple[str, int] | None:
        """Currency and due day of the first invoice to come, of an account that owes and has nothing nearer than it."""
        ...

    def rows(self) -> list[CurrencyRow]:
        """The sums by currency; for an account with an open action, of a whole day, without their lines."""
        ...


class Change(msgspec.Struct, frozen=True):
    """What becomes of an open action whose items changed."""

    action: ActionId
    fence: int
    listed: Listed
    amount: int
    mark: str


class DayStore(Protocol):
    """Reads and writes the whole tenant's day, set-based."""

    def lock(self) -> None:
        """Wait until nobody else decides accounts of this tenant; taken before anything is read."""
        ...

    def accounts(
        self,
        on: DayRules,
        until: date,
        default_scenario: str,
        only: Collection[CustomerId] | None = None,
        every_line: bool = False,
    ) -> Sequence[AccountDay]:
        """Every account, or only some; `until` is the last due date of the rows' lines.

        `every_line` gathers lines also where an action is open, which the day does without.
        """
        ...

    def one_by_one(self, on: DayRules, until: date, default_scenario: str) -> Generator[AccountDay, None, None]:
        """Every account as `accounts` tells it; the first can be looked at while the others are still read."""
        ...

    def items_of(self, customers: Iterable[CustomerId]) -> dict[CustomerId, list[Item]]:
        """The open items of some accounts."""
        ...

    def listed_of(self, customers: Iterable[CustomerId]) -> dict[tuple[CustomerId, str, str], frozenset[ItemId]]:
        """By account, scenario and step: the items that done actions have listed (D12)."""
        ...

    def actions_of(self, customers: Iterable[CustomerId]) -> dict[CustomerId, Action]:
        """The open action of each of these accounts."""
        ...

    def occurrences(self, customers: Iterable[CustomerId]) -> dict[tuple[CustomerId, str, str, ItemId], int]:
        """How often a step was planned before, by account, scenario, step and leader."""
        ...

    def add_actions(self, actions: Sequence[Action], marks: Sequence[str]) -> None:
        """Keep new actions with their marks."""
        ...

    def change_actions(self, changes: Sequence[Change]) -> None:
        """Keep what open actions list now."""
        ...

    def cancel_actions(self, cancelled: Sequence[tuple[ActionId, int, str]]) -> None:
        """Cancel open actions: action, fence, reason."""
        ...

    def with_open_action(self) -> frozenset[CustomerId]:
        """The accounts that have an open action now."""
        ...

    def newest_import(self) -> ImportId:
        """The highest number of an import, 0 before the first."""
        ...

    def remember(self, today: date, now: datetime, seen: ImportId) -> None:
        """The day was decided, with what the imports up to this one had brought."""
        ...
