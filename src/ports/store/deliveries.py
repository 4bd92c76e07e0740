"""What the store promises about looking at messages: the list of all, and one with everything that happened to it."""

from datetime import date, datetime
from typing import Any, Literal, Protocol

import msgspec

from relance.core.collection.actions import State
from relance.core.kernel.identifiers import ActionId, CustomerId, EntityId, UserId
from relance.ports.store.delivery import Attempt, FrozenMessage

DeliveryState = Literal["unknown", "failed", "held", "confirmed", "sending", "sent", "cancelled"]
Place = tuple[int, int, int]
"""Where a page ended: which part of the list, microseconds of its sending, number of the action."""


class DeliveriesQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """Which messages: what needs a person first, then what is on its way, then what was sent, the newest first.

    `since` and `until` are days of sending, or of the step where nothing was sent. `own` limits to the customers of
    this user.
    """

    state: DeliveryState | None = None
    channel: str = ""
    since: date | None = None
    until: date | None = None
    search: str = ""
    after: Place | None = None
    limit: int = 50
    own: UserId | None = None


class DeliveryLine(msgspec.Struct, frozen=True, kw_only=True):
    """One message. `said` is what the other side answered last; `evidence` is who said what became of it, and how
    they knew.
    """

    action: ActionId
    customer: CustomerId
    entity: EntityId
    customer_code: str
    customer_name: str
    kind: str
    step: str
    channel: str
    state: State
    reason: str
    due_on: date
    sent_at: datetime | None
    not_before: datetime | None
    next_try_at: datetime | None
    generation: int
    attempts: int
    message_id: str
    warnings: tuple[str, ...]
    to: tuple[str, ...] = ()
    subject: str = ""
    language: str = ""
    said: str = ""
    evidence: str = ""


class KeptMessage(msgspec.Struct, frozen=True, kw_only=True):
    """One generation of a message: as it was frozen, and as it was handed over, if it was.

    `tracking` is the post's number of a registered letter, `cost` what the other side takes, as `0.0750 USD`.
    """

    frozen: FrozenMessage
    frozen_at: datetime
    raw: str | None
    reply: str | None
    tracking: str = ""
    cost: str = ""


class Remark(msgspec.Struct, frozen=True, kw_only=True):
    """What the customer's timeline says of the action."""

    at: datetime
    kind: str
    author: str
    detail: dict[str, Any]


class DeliveryFile(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is known of one message."""

    line: DeliveryLine
    messages: tuple[KeptMessage, ...]
    attempts: tuple[Attempt, ...]
    remarks: tuple[Remark, ...]


class ChannelTraffic(msgspec.Struct, frozen=True, kw_only=True):
    """What one channel has to do, and what it did last. `trouble` is of messages that are still open."""

    waiting: int = 0
    held: int = 0
    leaving: int = 0
    troubled: int = 0
    sent_at: datetime | None = None
    trouble_at: datetime | None = None
    trouble: str = ""


class DeliveriesStore(Protocol):
    """Reads of one tenant; visibility is part of the query."""

    def lines(self, question: DeliveriesQuestion) -> tuple[list[DeliveryLine], Place | None]:
        """One page, and where the next one begins."""
        ...

    def counts(self, question: DeliveriesQuestion) -> dict[str, int]:
        """How many are in each state, whatever state was asked for."""
        ...

    def traffic(self) -> dict[str, ChannelTraffic]:
        """By kind of message, those that there are."""
        ...

    def file(self, action: ActionId, own: UserId | None) -> DeliveryFile:
        """One message with everything; raises NotFound, also where it exists but is not visible."""
        ...
