"""What a message lists: the same answer at planning, at confirmation and at sending (D12, A9)."""

from collections.abc import Collection, Sequence
from datetime import timedelta

import msgspec

from relance.core.collection.accounts import line_of, uncovered
from relance.core.collection.holding import collectable, free_credits, is_askable, oldest_first
from relance.core.collection.rules import DayRules
from relance.core.collection.scenarios import Scenario, Step
from relance.core.kernel.identifiers import ItemId
from relance.core.ledger.items import MEMO_TYPES, Item


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """The items of one message in its order: what is asked for, then the credits, each the oldest first.

    `amounts` is the net of each currency; nothing is added across currencies. `also_due` stands apart: collectable, but
    never listed by the step that this one is limited to.
    """

    items: tuple[Item, ...] = ()
    amounts: dict[str, int] = {}
    also_due: tuple[Item, ...] = ()
    reason: str = ""
    """Why the message cannot go: `settled`, `in-credit`, `below-minimum` or `leader-gone`; empty: it can."""

    @property
    def item_ids(self) -> tuple[ItemId, ...]:
        """The listed items in the order of the message."""
        return tuple(item.item for item in self.items)


def listing(
    items: Sequence[Item],
    scenario: Scenario,
    step_number: int,
    leader: ItemId,
    on: DayRules,
    listed_before: Collection[ItemId] = (),
) -> Listing:
    """What this step lists for this account today, or why it lists nothing.

    `items` are the account's open items; `listed_before` those that the step of `listed_by` has listed.
    """
    step = scenario.step(step_number)
    if step.day < 0:
        return _courtesy(items, step, leader, on)
    asked = collectable(items, on)
    if not asked:
        return Listing(reason=_nothing(items, leader))
    left, reason = _currencies_left(items, asked, on)
    asked = [item for item in asked if item.currency in left]
    if not asked:
        return Listing(reason=reason)
    if not _leads(leader, asked, items, on):
        return Listing(reason="leader-gone")
    if scenario.per_invoice:
        return with_credits([item for item in asked if item.item == leader], [], [])
    listed = [item for item in asked if _may_list(item, scenario, step, leader, listed_before)]
    also_due = [item for item in asked if item not in listed]
    return with_credits(listed, free_credits(items, on), also_due)


def _nothing(items: Sequence[Item], leader: ItemId) -> str:
    """Settled when nothing at all is left to ask for; the leader gone when it is still open, held or no longer due."""
    return "leader-gone" if any(item.item == leader and item.open_amount > 0 for item in items) else "settled"


def _currencies_left(items: Sequence[Item], asked: list[Item], on: DayRules) -> tuple[set[str], str]:
    """The currencies left by D4 and D5, and the reason that took the others."""
    left, reason = set(), "in-credit"
    credit = free_credits(items, on)
    for currency in {item.currency for item in asked}:
        net = sum(item.open_amount for item in (*asked, *credit) if item.currency == currency)
        balance = sum(item.open_amount for item in items if item.currency == currency and item.type not in MEMO_TYPES)
        if net <= 0 or balance <= 0:
            continue
        if net < on.rules.minimum.get(currency, 0):
            reason = "below-minimum"
            continue
        left.add(currency)
    return left, reason


def _leads(leader: ItemId, asked: list[Item], items: Sequence[Item], on: DayRules) -> bool:
    """Whether the invoice still leads: collectable, and not wholly covered by credits (D6)."""
    leading = next((item for item in asked if item.item == leader), None)
    if leading is None:
        return False
    same = [item for item in asked if item.currency == leading.currency]
    credit = -sum(item.open_amount for item in free_credits(items, on) if item.currency == leading.currency)
    return any(line.item == leader for line in uncovered([line_of(item) for item in same], credit))


def _may_list(item: Item, scenario: Scenario, step: Step, leader: ItemId, listed_before: Collection[ItemId]) -> bool:
    """A step may be limited to what an earlier step has listed, here or in another system (D12, A31).

    `step_done` does not tell: it also moves with a mere mention (D7).
    """
    limit = scenario.number_of(step.listed_by) if step.listed_by else None
    return limit is None or item.item == leader or item.step_elsewhere >= limit or item.item in listed_before


def _courtesy(items: Sequence[Item], step: Step, leader: ItemId, on: DayRules) -> Listing:
    """A note before the due date lists what falls due within its days, less the credits (D6, D12)."""
    last = on.today + timedelta(days=max(step.days_ahead, -step.day))
    coming = oldest_first(item for item in items if on.today <= item.due_on <= last and is_askable(item, on))
    if not any(item.item == leader for item in coming):
        return Listing(reason=_nothing(items, leader) if not coming else "leader-gone")
    left, reason = _currencies_left(items, coming, on)
    overdue = collectable(items, on)
    out = {item.currency for item in overdue} - _currencies_left(items, overdue, on)[0]
    coming = [item for item in coming if item.currency in left - out]
    if not coming:
        return Listing(reason=reason)
    if not any(item.item == leader for item in coming):
        return Listing(reason="leader-gone")
    return with_credits(coming, free_credits(items, on), [])


def with_credits(listed: list[Item], credit: list[Item], also_due: list[Item]) -> Listing:
    """What a message lists: asked items, then the credits of their currencies; what nets to nothing is left out."""
    amounts: dict[str, int] = {}
    for item in (*listed, *credit):
        amounts[item.currency] = amounts.get(item.currency, 0) + item.open_amount
    asked = {item.currency for item in listed}
    amounts = {currency: net for currency, net in sorted(amounts.items()) if currency in asked and net > 0}
    kept = tuple(item for item in (*listed, *credit) if item.currency in amounts)
    return Listing(items=kept, amounts=amounts, also_due=tuple(also_due), reason="" if kept else "in-credit")
