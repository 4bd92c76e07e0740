"""What the store promises about sending: claims, what messages rest on, attempts, and what became of each."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol

import msgspec

from relance.core.collection.actions import Action
from relance.core.collection.enclosing import LeftOut
from relance.core.collection.sending import Dossier
from relance.core.kernel.identifiers import ActionId, CustomerId, ItemId
from relance.ports.channels import Message


class FrozenMessage(msgspec.Struct, frozen=True, kw_only=True):
    """A message as it was confirmed, or composed right before sending. `items` are listed with their open amounts."""

    action: ActionId
    generation: int
    channel: str
    message: Message
    content_hash: str
    items: tuple[tuple[ItemId, int], ...]
    left_out: tuple[LeftOut, ...] = ()
    """Invoices whose copies do not travel along, though the step asks for copies."""


class Locked(msgspec.Struct, frozen=True):
    """An action under lock, and whether the asking worker has claimed it."""

    action: Action
    mine: bool


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """One try to hand a message over."""

    action: ActionId
    number: int
    generation: int
    at: datetime
    outcome: str
    detail: str


class Handed(msgspec.Struct, frozen=True, kw_only=True):
    """What was really sent, and what the other side answered."""

    action: ActionId
    generation: int
    channel: str
    raw: str
    reply: str
    tracking: str = ""


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A sent action's items, and the steps that they move to (D7)."""

    action: ActionId
    step_number: int
    items: tuple[tuple[ItemId, int], ...]
    steps: dict[ItemId, int]


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a customer's timeline."""

    customer: CustomerId
    action: ActionId
    at: datetime
    kind: str
    author: str
    detail: dict[str, Any]


class DeliveryStore(Protocol):
    """Many actions at once, each change in a handful of statements."""

    def stand_still(self) -> None:
        """No import, day, hold or change of a customer commits before this transaction does; it comes first in it."""
        ...

    def locked(
        self, ids: Collection[ActionId], worker: str = "", known: Mapping[ActionId, Action] | None = None
    ) -> dict[ActionId, Locked]:
        """Actions by id, which nobody else changes until the end of the transaction.

        One that is as it is known, which its fence tells, is not read again.
        """
        ...

    def in_state(self, states: Collection[str], kinds: Collection[str] = ()) -> list[Action]:
        """Every action in one of these states, by due date."""
        ...

    def kinds_open(self) -> frozenset[str]:
        """The kinds of actions of which one may leave, is held or is on its way."""
        ...

    def claim(
        self,
        worker: str,
        kind: str,
        now: datetime,
        lease_seconds: int,
        limit: int,
        windows: bool,
        abroad: Collection[str] = (),
    ) -> list[Action]:
        """Take confirmed messages of a kind whose time has come, the oldest first; while the lease runs they are ours.

        `windows=False` takes only those that no window binds, and those of the scenarios `abroad`, which are bound by
        the windows of other countries.
        """
        ...

    def renew(self, worker: str, lease_seconds: int) -> None:
        """Keep this worker's claims for another while."""
        ...

    def release(self, worker: str, ids: Collection[ActionId]) -> None:
        """Give claims back."""
        ...

    def claimed(self) -> list[tuple[str, bool]]:
        """Workers that hold claims or messages on their way, and whether their lease has run out."""
        ...

    def drop_claims(self, worker: str) -> list[Action]:
        """Free the claims of a worker that is gone, and return its actions in `sending`."""
        ...

    def waiting(self, kind: str) -> int:
        """How many confirmed actions of a kind nobody has claimed."""
        ...

    def save(self, changed: Sequence[Action]) -> None:
        """Keep actions that were read under lock in this transaction, and move their fences on by one.

        Claims on them end, unless they are `sending`.
        """
        ...

    def written(self, changed: Sequence[Action]) -> None:
        """The same for actions that got a message of their own: what it lists and what it is called. Claims stay."""
        ...

    def move(self, changed: Sequence[Action]) -> None:
        """The same for actions that are confirmed by themselves, begin to leave, or were answered.

        Their state, reason, attempts, warnings and moments are all that has changed. Claims end unless of `sending`.
        """
        ...

    def dossiers(self, customers: Collection[CustomerId], today: date) -> dict[CustomerId, Dossier]:
        """What is known of these accounts, with the items of those that are collected on them today."""
        ...

    def listed_before(self, customers: Collection[CustomerId]) -> dict[tuple[CustomerId, str, str], frozenset[ItemId]]:
        """Items that done steps have listed, by account, scenario and step (D12)."""
        ...

    def freeze(self, messages: Sequence[FrozenMessage], at: datetime) -> None:
        """Keep messages; one that was kept before for the same generation is replaced."""
        ...

    def frozen(self, keys: Collection[tuple[ActionId, int]]) -> dict[tuple[ActionId, int], FrozenMessage]:
        """Kept messages by action and generation."""
        ...

    def thaw(self, ids: Collection[ActionId]) -> None:
        """Forget kept messages that never left."""
        ...

    def attempted(self, attempts: Sequence[Attempt]) -> None:
        """Remember attempts; a number is used once."""
        ...

    def doubted_at(self, action: ActionId, generation: int) -> datetime | None:
        """When a generation of an action was last tried without a clear answer."""
        ...

    def handed(self, messages: Sequence[Handed]) -> None:
        """Keep what was really sent."""
        ...

    def priced(self, costs: Mapping[tuple[ActionId, int], str]) -> None:
        """Keep what messages cost, by action and generation; a later word counts."""
        ...

    def listed(self, sent: Sequence[Listed], on: date) -> None:
        """Remember what sent actions listed and move the items' steps (D7)."""
        ...

    def contacted(self, customers: Collection[CustomerId], on: date) -> None:
        """An outgoing message went to these accounts (D9); a later contact stays the last one."""
        ...

    def messaged(self, customers: Collection[CustomerId], channel: str, since: datetime) -> frozenset[CustomerId]:
        """Accounts to which an automatic message of the channel went, or may have gone, since then (A26)."""
        ...

    def had_messages(self, customers: Collection[CustomerId], since: datetime) -> dict[CustomerId, int]:
        """How many messages went, or may have gone, since then: of any channel, scenario, and by whomever."""
        ...

    def written_to(self, customers: Collection[CustomerId], since: datetime) -> dict[CustomerId, list[datetime]]:
        """When messages went to these accounts since then, of any channel, scenario, and by whomever."""
        ...

    def threads(self, customers: Collection[CustomerId]) -> dict[CustomerId, tuple[str, ...]]:
        """Message-IDs of the last emails that went to these accounts, the oldest first."""
        ...

    def note(self, entries: Sequence[Entry]) -> None:
        """Append to timelines."""
        ...
