"""One account reduced to what the day's decision needs (D2 to D6); the reference that the store's SQL must equal."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import msgspec

from relance.core.collection.cycles import Leader, ended_from, leader_of, next_step
from relance.core.collection.holding import collectable, free_credits, is_askable, is_held, is_overdue, oldest_first
from relance.core.collection.rules import DayRules
from relance.core.collection.scenarios import Scenario
from relance.core.kernel.identifiers import CustomerId
from relance.core.ledger.items import MEMO_TYPES, Item


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """What the customer file says about collecting. `scenario` is the account's own, else the tenant's default."""

    customer: CustomerId
    code: str
    name: str = ""
    scenario: str = ""
    collection_stop: bool = False
    paused_until: date | None = None
    last_contact_on: date | None = None
    has_collection_contact: bool = True
    has_collector: bool = True
    first_day: bool = False
    """No earlier day has seen one of the sources of its open items (D8)."""


class CurrencyFacts(msgspec.Struct, frozen=True, kw_only=True):
    """One currency of an account. Amounts are minor units."""

    currency: str
    balance: int
    """Everything open, due or not, memo items left out."""
    collectables: int = 0
    net: int = 0
    """Collectable amounts less the credits that are not held (D4)."""
    leader: Leader | None = None
    """The oldest collectable invoice not wholly covered by credits and not at the end of its cycle (D6)."""
    ended: bool = False
    """A collectable invoice that credits do not cover is at the end of its cycle (D7)."""
    coming: Leader | None = None
    """The earliest askable invoice not yet due, where the scenario has a step before the due date."""
    note_net: int | None = None
    """What the next note before the due date of `coming` would ask for, less the credits."""


class AccountFacts(msgspec.Struct, frozen=True, kw_only=True):
    """One account on one day under one scenario."""

    open_items: int = 0
    overdue: int = 0
    overdue_held: int = 0
    currencies: tuple[CurrencyFacts, ...] = ()


def reduce_account(items: Iterable[Item], scenario: Scenario, on: DayRules) -> AccountFacts:
    """The facts of one account's open items."""
    opened = [item for item in items if item.open_amount]
    overdue = [item for item in opened if is_overdue(item, on)]
    summed = sorted({item.currency for item in opened if item.type not in MEMO_TYPES})
    return AccountFacts(
        open_items=len(opened),
        overdue=len(overdue),
        overdue_held=sum(is_held(item, on) for item in overdue),
        currencies=tuple(_currency(currency, opened, scenario, on) for currency in summed),
    )


def uncovered(asked: Sequence[Item], credit: int) -> list[Item]:
    """What is not wholly covered when the credit is taken off the oldest first (D6)."""
    left = []
    for item in oldest_first(asked):
        if credit >= item.open_amount:
            credit -= item.open_amount
            continue
        credit = 0
        left.append(item)
    return left


def _currency(currency: str, opened: list[Item], scenario: Scenario, on: DayRules) -> CurrencyFacts:
    all_items = [item for item in opened if item.currency == currency]
    credit = -sum(item.open_amount for item in free_credits(opened, on) if item.currency == currency)
    asked = collectable(all_items, on)
    invoices = [item for item in uncovered(asked, credit) if item.type == "invoice"]
    end = ended_from(scenario)
    leading = next((leader_of(item) for item in invoices if item.step_done < end), None)
    coming = _coming(all_items, scenario, on)
    return CurrencyFacts(
        currency=currency,
        balance=sum(item.open_amount for item in all_items if item.type not in MEMO_TYPES),
        collectables=len(asked),
        net=sum(item.open_amount for item in asked) - credit,
        leader=leading,
        ended=any(item.step_done >= end for item in invoices),
        coming=coming,
        note_net=_note_net(all_items, coming, scenario, on, credit),
    )


def _coming(items: list[Item], scenario: Scenario, on: DayRules) -> Leader | None:
    if not any(step.day < 0 for step in scenario.steps):
        return None
    ahead = (item for item in items if item.type == "invoice" and item.due_on >= on.today and is_askable(item, on))
    return next((leader_of(item) for item in oldest_first(ahead)), None)


def _note_net(items: list[Item], coming: Leader | None, scenario: Scenario, on: DayRules, credit: int) -> int | None:
    following = next_step(scenario, coming, on.today) if coming else None
    if following is None or following.step.day >= 0:
        return None
    noted_on = max(on.today, following.not_before)
    last = noted_on + timedelta(days=max(following.step.days_ahead, -following.step.day))
    listed = (item for item in items if on.today <= item.due_on <= last and is_askable(item, on))
    return sum(item.open_amount for item in listed) - credit
