"""May this message leave now? What is looked at again at the very moment of sending, and what follows each answer."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from relance.core.collection.actions import OPEN_STATES, Action
from relance.core.collection.grouping import Companion
from relance.core.collection.kinds import is_message
from relance.core.collection.listing import Listing
from relance.core.collection.recipients import CollectionContact, Recipient
from relance.core.collection.rules import DayRules
from relance.core.kernel.days import working_days_between
from relance.core.kernel.identifiers import CustomerId, EntityId, ItemId
from relance.core.ledger.items import Item
from relance.core.tenancy.installation import RESTORED
from relance.core.tenancy.users import User

RETRY_MINUTES = (1, 5, 15, 60, 120, 240, 480, 480)
"""Waits between attempts, a day in all; after the last one a person decides."""
CHANGED, LATE = "changed-since-confirmed", "late-step"
_OVER = frozenset({"settled", "in-credit", "scenario-changed", "step-done"})


class Feed(msgspec.Struct, frozen=True):
    """A source from which the account has open items, and when it was last imported without fault.

    `days` is the source's own limit, in working days where it is scheduled; without one the tenant's counts.
    """

    scheduled: bool
    last_good_at: datetime | None
    days: int | None = None


class Dossier(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of one account at the moment of composing or sending."""

    customer: CustomerId
    code: str
    name: str
    entity: EntityId = EntityId(1)
    """Whose the account is, and who signs (A23)."""
    language: str = ""
    country: str = ""
    scenario: str = ""
    """The account's own; without one the tenant's default counts (B4)."""
    collection_stop: bool = False
    paused_until: date | None = None
    last_contact_on: date | None = None
    penalties: bool = True
    """Whether it is told of late interest (B8)."""
    collector: User | None = None
    colleagues: tuple[User, ...] = ()
    """Read only where the tenant has a step that asks for copies (S0.4)."""
    contacts: tuple[CollectionContact, ...] = ()
    others: tuple[CollectionContact, ...] = ()
    """Contacts who are not ticked for collection: a person may write to them (B6)."""
    place: Recipient | None = None
    """Where letters go: the customer's own address."""
    address: tuple[str, ...] = ()
    """That address as its file says it, whole or not, a line each."""
    suppressed: frozenset[str] = frozenset()
    """Addresses of the contacts to which nothing is sent, in small letters (T20)."""
    items: tuple[Item, ...] = ()
    feeds: tuple[Feed, ...] = ()
    grouped: bool = False
    """Collected on another account, whose messages ask for its items (B5)."""
    companions: tuple[Companion, ...] = ()
    """Customers that are collected on this account; `items` has theirs too."""


class Basis(msgspec.Struct, frozen=True, kw_only=True):
    """What a frozen message rests on: its items with their open amounts, who it is to and from."""

    items: tuple[tuple[ItemId, int], ...]
    to: frozenset[str]
    sender: str


class Freshness(msgspec.Struct, frozen=True, kw_only=True):
    """How old a source's last good import may be (A28)."""

    scheduled_working_days: int
    manual_days: int
    zone: ZoneInfo
    is_holiday: Callable[[date], bool]


class Verdict(msgspec.Struct, frozen=True):
    """What a second look says. `go`: it may leave; `state` and `reason` otherwise; `again`: compose it anew."""

    deed: str
    reason: str = ""


GO = Verdict("go")
AGAIN = Verdict("again")


def is_stale(feeds: tuple[Feed, ...], today: date, limits: Freshness) -> bool:
    """Whether any source of the account's open items has been silent for too long (I-17)."""
    return any(_is_old(feed, today, limits) for feed in feeds)


def _is_old(feed: Feed, today: date, limits: Freshness) -> bool:
    if feed.last_good_at is None:
        return True
    last = feed.last_good_at.astimezone(limits.zone).date()
    if feed.scheduled:
        most = limits.scheduled_working_days if feed.days is None else feed.days
        return working_days_between(last, today, limits.is_holiday) > most
    return (today - last).days > (limits.manual_days if feed.days is None else feed.days)


def stopped(dossier: Dossier, today: date) -> str:
    """Why nothing may go to the account at all, or nothing (D2, I-19)."""
    if dossier.collection_stop:
        return "blocked"
    if dossier.grouped:
        return "grouped"
    if dossier.paused_until is not None and today <= dossier.paused_until:
        return "paused"
    return ""


def kept_from(action: Action, dossier: Dossier, today: date) -> str:
    """Why this action may not go now, or nothing. What a person began goes also where collecting stops (D2, D9)."""
    reason = stopped(dossier, today)
    if action.specific is None:
        return reason
    return reason if reason == "paused" and action.automatic else ""


def outdated(action: Action, dossier: Dossier, default_scenario: str) -> str:
    """Why an open action belongs to a step that is no longer the account's to take, or nothing (B4, D7).

    What a person sends again is that person's decision, whatever the scenario has become.
    """
    if action.state not in OPEN_STATES or action.specific:
        return ""
    if action.automatic and action.scenario != (dossier.scenario or default_scenario):
        return "scenario-changed"
    done = max((item.step_done for item in dossier.items if item.item == action.leader), default=0)
    return "step-done" if done >= action.step_number else ""


def asks_first(action: Action, on: DayRules) -> str:
    """Why a message that would leave by itself, and that nobody has read, waits for a person; or nothing.

    Its day is too long past (D8), or it may have left already before its database came back (I-16).
    """
    if action.automation != "automatic" or not is_message(action.kind) or action.frozen:
        return ""
    if on.rules.ask_until is not None and action.due_on <= on.rules.ask_until:
        return RESTORED
    limit = on.rules.late_step_days
    return LATE if limit > 0 and (on.today - action.due_on).days > limit else ""


def second_look(action: Action, before: Basis, now: Basis, listed: Listing) -> Verdict:
    """Compare what the message rests on with the ledger as it is (A9, S1.15, S1.16)."""
    if listed.reason in _OVER:
        return Verdict("cancelled", listed.reason)
    if not action.frozen:
        if listed.reason:
            return Verdict("cancelled", listed.reason)
        return GO if before == now else AGAIN
    if listed.reason or before.to != now.to or before.sender != now.sender:
        return Verdict("to-confirm", CHANGED)
    return GO if _still_owed(before, now, listed) else Verdict("to-confirm", CHANGED)


def _still_owed(before: Basis, now: Basis, listed: Listing) -> bool:
    """Whether all that was confirmed is as it was, and no credit came in since against what it asks for.

    Debits that fell due since wait for the next message (A9).
    """
    if not set(before.items) <= set(now.items):
        return False
    said = {item for item, _ in before.items}
    asked = {item.currency for item in listed.items if item.item in said}
    came_in = (item for item in listed.items if item.open_amount < 0 and item.item not in said)
    return not any(item.currency in asked for item in came_in)


def next_try(attempts: int, now: datetime) -> datetime | None:
    """When to try again after so many attempts; None: no more (a day has passed)."""
    if attempts > len(RETRY_MINUTES):
        return None
    return now + timedelta(minutes=RETRY_MINUTES[attempts - 1])
