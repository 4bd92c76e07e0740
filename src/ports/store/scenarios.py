"""What the store promises about scenarios in their versions and drafts."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Protocol

import msgspec

from relance.core.collection.actions import State
from relance.core.collection.designing import Draft
from relance.core.collection.scenarios import InFlight, Scenario
from relance.core.customers.search import Search
from relance.core.kernel.identifiers import ActionId, CustomerId, UserId


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """One publication. `at` is None for what came with the tenant."""

    version: int
    author: str
    at: datetime | None
    note: str
    in_flight: InFlight


class Publication(msgspec.Struct, frozen=True, kw_only=True):
    """A version to be: `after.version` is its number."""

    before: Scenario | None
    after: Scenario
    in_flight: InFlight
    author: str
    at: datetime
    note: str = ""


class Concerned(msgspec.Struct, frozen=True, kw_only=True):
    """Whom a new version of a scenario would reach: accounts, those on their way through it, and what waits."""

    accounts: int
    in_flight: int
    waiting: int
    confirmed: int


class ScenarioStore(Protocol):
    """Versions and drafts; what chases now is read through `CollectionStore`."""

    def versions(self, code: str) -> list[Version]:
        """All publications of a scenario, the newest first."""
        ...

    def version(self, code: str, version: int) -> Scenario:
        """One publication; raises NotFound."""
        ...

    def publish(self, publication: Publication) -> None:
        """Keep it as the scenario that chases from now on."""
        ...

    def templates(self) -> dict[str, list[str]]:
        """The codes of all templates, with their languages."""
        ...

    def short_templates(self) -> frozenset[str]:
        """The codes of those that are texts of SMS: they have no subject."""
        ...

    def draft(self, code: str) -> Draft | None:
        """What is being drafted."""
        ...

    def drafts(self) -> dict[str, Draft]:
        """All drafts by code."""
        ...

    def save_draft(self, draft: Draft, author: str, at: datetime) -> Draft:
        """Keep one more revision, and forget the oldest of very many."""
        ...

    def undo(self, code: str) -> None:
        """Forget the newest revision; the only one only where something is published below it."""
        ...

    def discard(self, code: str) -> None:
        """Forget the draft."""
        ...

    def accounts(self) -> dict[str, int]:
        """How many accounts each scenario chases, the tenant's default included."""
        ...

    def concerned(self, code: str) -> Concerned:
        """Whom a new version would reach."""
        ...

    def carry(self, code: str, numbers: Sequence[int]) -> int:
        """Give the steps done under a scenario their new numbers, and return how many accounts have some."""
        ...

    def renumber(self, publication: Publication) -> None:
        """Waiting actions of steps that still are there become actions of the new version; their dates stay (D10)."""
        ...

    def withdraw(self, code: str, below: int) -> list[tuple[ActionId, CustomerId]]:
        """Cancel what waits under versions before this one; the cancelled with their accounts."""
        ...

    def specifics_due(self, day: date) -> list[tuple[ActionId, CustomerId, State]]:
        """What persons began and what waits until this day at the latest."""
        ...

    def visible(self, own: UserId) -> frozenset[CustomerId]:
        """The customers that are this user's own (B16)."""
        ...

    def colleagues(self, accounts: Collection[CustomerId]) -> dict[CustomerId, list[tuple[str, UserId]]]:
        """The active colleagues of these accounts, each with the role, by name."""
        ...

    def matching(self, search: Search, today: date) -> frozenset[CustomerId]:
        """The customers that a search finds."""
        ...
