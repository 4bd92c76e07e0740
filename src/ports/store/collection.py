"""What the store promises about scenarios, accounts and actions, one account or action at a time."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Protocol

import msgspec

from relance.core.collection.accounts import Account
from relance.core.collection.actions import Action
from relance.core.collection.scenarios import Scenario
from relance.core.collection.templates import Template
from relance.core.kernel.identifiers import ActionId, CustomerId, ItemId, UserId
from relance.core.ledger.items import Item


class ScenarioChange(msgspec.Struct, frozen=True):
    """An account that another scenario chases from now on; `before` and `after` are codes, the default's included."""

    customer: CustomerId
    before: str
    after: str


class CollectionStore(Protocol):
    """Scenarios, and the actions of single accounts; the whole day goes through `DayStore`."""

    def scenario(self, code: str, version: int = 0) -> Scenario:
        """The scenario of this code as it chases now, or as it was in a version; raises NotFound."""
        ...

    def scenarios(self) -> list[Scenario]:
        """All scenarios by code."""
        ...

    def save_scenario(self, scenario: Scenario) -> None:
        """Keep a new or changed scenario."""
        ...

    def change_scenarios(self, changes: Sequence[ScenarioChange]) -> list[tuple[ActionId, CustomerId]]:
        """Carry the steps over and cancel what waits, reason `scenario-changed`; the cancelled with their accounts.

        Who calls holds the day's lock.
        """
        ...

    def by_default(self) -> list[CustomerId]:
        """Accounts without a scenario of their own: the tenant's default chases them."""
        ...

    def scenarios_of(self, accounts: Collection[CustomerId]) -> dict[CustomerId, str]:
        """The scenario that chases each of these accounts, the tenant's default included; empty for none."""
        ...

    def templates(self, code: str) -> list[Template]:
        """The texts of a template, one a language, by language."""
        ...

    def save_template(self, template: Template) -> None:
        """Keep a new or changed text."""
        ...

    def account(self, customer: CustomerId) -> Account:
        """What the customer file says about collecting, the tenant's default scenario included; raises NotFound."""
        ...

    def account_items(self, customer: CustomerId, today: date) -> list[Item]:
        """The open items of the account and of those collected on it today, by due date, issue date and number."""
        ...

    def items_listed(self, customer: CustomerId, scenario: str, step: str) -> frozenset[ItemId]:
        """The account's items that a done step of this code has listed (D12)."""
        ...

    def action(self, action: ActionId, own: UserId | None = None) -> Action:
        """One action; raises NotFound, also where `own` does not collect its customer."""
        ...

    def open_actions(self, customer: CustomerId) -> list[Action]:
        """The account's actions that are not at their end: open, failed or unknown."""
        ...

    def save_action(self, before: Action, after: Action) -> Action:
        """Keep the new state of an action that nobody changed meanwhile, and return it with its new fence.

        Raises ActionMoved when the row is not as `before` was read, or when the life of an action has no such arrow.
        """
        ...

    def mark_listed(self, action: Action, listed: Sequence[Item], scenario: Scenario | None, on: date) -> None:
        """Remember what a sent, done or skipped action listed, and move the items' steps (D7), if of a scenario."""
        ...

    def contacted(self, customer: CustomerId, on: date) -> None:
        """An outgoing message or a conversation took place (D9)."""
        ...
