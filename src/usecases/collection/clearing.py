"""The last look before a message leaves, in the transaction that says so (I-5)."""

from collections.abc import Sequence
from datetime import timedelta

import msgspec

from relance.core.collection.actions import Action
from relance.core.collection.pacing import BUDGET_DAYS
from relance.core.collection.sending import Dossier, Verdict, asks_first, kept_from, second_look
from relance.core.kernel.identifiers import ActionId, CustomerId
from relance.core.ledger.items import Item
from relance.ports.store.delivery import FrozenMessage
from relance.usecases.collection.desk import Desk
from relance.usecases.collection.drafting import Look, Mentions, basis_of, mentions
from relance.usecases.collection.sights import Sight, look_again

GO, WAIT = "go", "wait"


class Ready(msgspec.Struct, frozen=True):
    """A claimed action with its finished message. The action is as it was when claimed: its fence tells."""

    action: Action
    frozen: FrozenMessage
    sight: Sight | None = None
    """What was seen when its message was written, where that was a moment ago."""


class Clearance(msgspec.Struct, frozen=True):
    """What became of the request to leave: `go`, `wait`, `again`, or the state that the action takes instead.

    `items` are those of the account, as they were seen in this transaction.
    """

    deed: str
    action: Action
    items: tuple[Item, ...] = ()


class Clearing:
    """Clears departures of one transaction; `free_seats` takes places of the tenant's day (A26)."""

    def __init__(self, desk: Desk, ignore_windows: bool) -> None:
        self._desk, self._ignore_windows = desk, ignore_windows

    def clear(self, wanted: Sequence[tuple[Ready, Action]]) -> dict[ActionId, Clearance]:
        """What each may do; the actions were read under lock in this transaction."""
        desk = self._desk
        actions = [action for _, action in wanted]
        dossiers = desk.unit.delivery.dossiers([action.customer for action in actions], desk.today)
        before = mentions(desk, actions)
        full = self._full(actions)
        found = {}
        for ready, action in wanted:
            cleared = self._clear(ready, action, dossiers[action.customer], before, full)
            if cleared.deed == GO:
                full = full | {action.customer} if action.automatic else full
            found[action.action] = cleared
        return self._seated(found)

    def _clear(
        self, ready: Ready, action: Action, dossier: Dossier, before: Mentions, full: frozenset[CustomerId]
    ) -> Clearance:
        desk = self._desk
        if desk.is_paused(action.kind):
            return Clearance(WAIT, action)
        reason = kept_from(action, dossier, desk.today)
        if reason and action.specific:
            return _verdict(action, Verdict("to-confirm", reason))
        if reason:
            return _ends(action, "cancelled", reason)
        seen = look_again(desk, action, dossier, before, ready.sight)
        verdict = second_look(action, basis_of(ready.frozen), seen.basis, seen.listed)
        asks = asks_first(action, desk.on)
        if verdict.deed != "cancelled" and asks:
            return Clearance("to-confirm", asked_first(action, asks))
        hold = self._hold(action, seen, full)
        if verdict.deed != "cancelled" and hold:
            return held(action, hold)
        if verdict.deed != GO:
            return _verdict(action, verdict)
        if not action.automatic:
            return Clearance(GO, action, dossier.items)
        if not self._ignore_windows and not desk.is_open_for(action.kind, action.scenario, dossier.country):
            return Clearance(WAIT, action)
        return self._after_contact(action, dossier)

    def _hold(self, action: Action, seen: Look, full: frozenset[CustomerId]) -> str:
        if seen.holds:
            return seen.holds[0]
        return "capped" if action.automatic and action.customer in full else ""

    def _after_contact(self, action: Action, dossier: Dossier) -> Clearance:
        """Keep the minimum delay after the last contact, unless a pre-due note is exempt (D9)."""
        desk, rules = self._desk, self._desk.on.rules
        last = dossier.last_contact_on
        early = action.specific is None and desk.scenario_of(action).step(action.step_number).day < 0
        if last is None or (early and rules.pre_due_exempt):
            return Clearance(GO, action, dossier.items)
        free_on = last + timedelta(days=rules.minimum_delay)
        if desk.today >= free_on:
            return Clearance(GO, action, dossier.items)
        later = msgspec.structs.replace(action, not_before=desk.start_of(free_on))
        return Clearance("confirmed", later)

    def _full(self, actions: Sequence[Action]) -> frozenset[CustomerId]:
        """Accounts that may have no automatic message now (A26)."""
        return had_enough(self._desk, actions)

    def _seated(self, found: dict[ActionId, Clearance]) -> dict[ActionId, Clearance]:
        """Take places of the day for those that go; without a place they are held."""
        going = [one for one, cleared in found.items() if cleared.deed == GO and cleared.action.automatic]
        seats = take_seats(self._desk, len(going))
        return found | {one: held(found[one].action, "capped") for one in going[seats:]}


def had_enough(desk: Desk, actions: Sequence[Action]) -> frozenset[CustomerId]:
    """Accounts of these actions that had the automatic message of the day, or all of their budget."""
    since, full = desk.start_of(desk.today), frozenset[CustomerId]()
    for channel in sorted({action.channel for action in actions if action.automatic}):
        theirs = {action.customer for action in actions if action.channel == channel}
        full |= desk.unit.delivery.messaged(theirs, channel, since)
    return full | _over_budget(desk, {action.customer for action in actions if action.automatic})


def _over_budget(desk: Desk, accounts: set[CustomerId]) -> frozenset[CustomerId]:
    """Accounts that had their messages of the last days, whatever scenario or channel they came from."""
    most = desk.settings.number("contact-budget")
    if not most or not accounts:
        return frozenset()
    since = desk.start_of(desk.today - timedelta(days=BUDGET_DAYS - 1))
    had = desk.unit.delivery.had_messages(accounts, since)
    return frozenset(one for one, count in had.items() if count >= most)


def take_seats(desk: Desk, wanted: int) -> int:
    """How many of the wanted places the tenant's day still has; they are taken at once."""
    if not wanted:
        return 0
    first = desk.unit.tenancy.next_numbers(_counter(desk), wanted)
    got = max(0, min(wanted, desk.settings.number("daily-cap") - first + 1))
    give_seats_back(desk, wanted - got)
    return got


def give_seats_back(desk: Desk, count: int) -> None:
    """Places of messages that certainly did not leave."""
    if count:
        desk.unit.tenancy.next_numbers(_counter(desk), -count)


def held(action: Action, reason: str) -> Clearance:
    """The action waits where it is until the cause goes (A16)."""
    return Clearance("held", msgspec.structs.replace(action, state="held", held_from=action.state, reason=reason))


def asked_first(action: Action, reason: str) -> Action:
    """A message that would have left by itself waits for a person."""
    return msgspec.structs.replace(action, state="to-confirm", reason=reason)


def _counter(desk: Desk) -> str:
    return f"messages-{desk.today.isoformat()}"


def _verdict(action: Action, verdict: Verdict) -> Clearance:
    if verdict.deed == "cancelled":
        return _ends(action, "cancelled", verdict.reason)
    if verdict.deed == "to-confirm":
        change = {"state": "to-confirm", "reason": verdict.reason, "confirmed_by": None, "confirmed_at": None}
        return Clearance("to-confirm", msgspec.structs.replace(action, **change))
    return Clearance(verdict.deed, action)


def _ends(action: Action, state: str, reason: str) -> Clearance:
    return Clearance(state, msgspec.structs.replace(action, state=state, reason=reason))
