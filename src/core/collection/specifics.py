"""Specific actions: what a person begins on chosen items, outside the scenario (B6, S3.19)."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Literal

import msgspec

from relance.core.collection.holding import is_credit, is_debit, is_held, oldest_first
from relance.core.collection.kinds import Kind
from relance.core.collection.listing import Listing, with_credits
from relance.core.collection.rules import DayRules
from relance.core.kernel.identifiers import ActionId, CustomerId, ItemId, SpecificId
from relance.core.ledger.items import MEMO_TYPES, Item

Topic = Literal["reminder", "dispute", "statement", "other"]
TOPICS: tuple[Topic, ...] = ("reminder", "dispute", "statement", "other")
SpecificKind = Kind
STEP = "specific"
"""What stands for the step's code in the actions of persons."""


class SpecificAction(msgspec.Struct, frozen=True, kw_only=True):
    """What a person began; each occurrence is an action of its own (A27). Live until it is ended."""

    specific: SpecificId
    customer: CustomerId
    topic: Topic
    kind: SpecificKind
    title: str
    comment: str
    author: str
    created_at: datetime
    items: tuple[ItemId, ...]
    away: bool
    """Its items have left the scenario until it is ended (D2)."""
    ended_at: datetime | None = None
    ended_by: str = ""
    outcome: str = ""
    last: ActionId | None = None
    """The newest occurrence."""

    @property
    def live(self) -> bool:
        """Whether it goes on."""
        return self.ended_at is None


def specific_listing(items: Sequence[Item], chosen: Collection[ItemId], topic: str, on: DayRules) -> Listing:
    """What a message about exactly these items lists today, or why it lists nothing (A9, S1.16).

    Only a statement says all that is open. A reminder leaves out what is disputed; promised and paused items are asked
    for by nobody (I-19).
    """
    if topic == "statement":
        return _statement(items)
    wanted = [item for item in items if item.item in chosen]
    owed = [item for item in wanted if is_debit(item)]
    if not owed:
        return Listing(reason="settled")
    asked = oldest_first(item for item in owed if _may_be_said(item, topic, on))
    if not asked:
        return Listing(reason="leader-gone")
    asked = [item for item in asked if _balance(items, item.currency) > 0]
    if not asked:
        return Listing(reason="in-credit")
    return with_credits(asked, oldest_first(item for item in wanted if is_credit(item)), [])


def _may_be_said(item: Item, topic: str, on: DayRules) -> bool:
    if item.hold == "specific":
        return True
    if item.hold == "dispute":
        return topic != "reminder"
    return not (item.hold and is_held(item, on))


def _balance(items: Sequence[Item], currency: str) -> int:
    return sum(item.open_amount for item in items if item.currency == currency and item.type not in MEMO_TYPES)


def _statement(items: Sequence[Item]) -> Listing:
    listed = oldest_first(item for item in items if item.open_amount and item.type not in MEMO_TYPES)
    amounts: dict[str, int] = {}
    for item in listed:
        amounts[item.currency] = amounts.get(item.currency, 0) + item.open_amount
    return Listing(items=tuple(listed), amounts=dict(sorted(amounts.items())), reason="" if listed else "settled")
