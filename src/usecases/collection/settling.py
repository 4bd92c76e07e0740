"""What an answer means for an action, and what a sent message leaves behind, for many at once."""

from collections.abc import Sequence
from datetime import date

import msgspec

from relance.core.collection.actions import Action, State
from relance.core.collection.bounces import SuppressionReason
from relance.core.collection.cycles import steps_after
from relance.core.collection.scenarios import carried_steps
from relance.core.collection.sending import next_try
from relance.core.kernel.identifiers import ItemId
from relance.core.ledger.items import Item
from relance.ports.channels import Message, Outcome
from relance.ports.store.delivery import Attempt, Entry, FrozenMessage, Handed, Listed
from relance.ports.store.suppressions import Suppression
from relance.usecases.collection.clearing import Ready, give_seats_back
from relance.usecases.collection.desk import Desk

WITHDRAWN = "withdrawn"
AUTHOR = "worker"
OPTED_OUT: SuppressionReason = "opted-out"


class Arrival(msgspec.Struct, frozen=True):
    """A channel's answer for one claimed action; `listed` are its items as they were when it was cleared to leave."""

    ready: Ready
    outcome: Outcome
    listed: tuple[Item, ...] = ()


def settle(desk: Desk, arrivals: Sequence[tuple[Arrival, Action]]) -> list[Action]:
    """The actions as they become; attempts, messages, items and timelines are written in this transaction.

    The actions were read under lock, and the answers concern them: same generation, still ours or in doubt.
    """
    after = [_after(desk, action, arrival.outcome) for arrival, action in arrivals]
    pairs = [(arrival, new) for (arrival, old), new in zip(arrivals, after, strict=True) if _tried(arrival)]
    desk.unit.delivery.attempted([_attempt(desk, arrival, new) for arrival, new in pairs])
    _suppress(desk, pairs)
    sent = [(arrival, new) for arrival, new in pairs if new.state == "sent"]
    _leave_behind(desk, sent)
    desk.unit.delivery.note([_entry(desk, arrival, new) for arrival, new in pairs if new.state != "confirmed"])
    lost = [old for (_, old), new in zip(arrivals, after, strict=True) if _gives_back(old, new)]
    give_seats_back(desk, len(lost))
    return after


def _suppress(desk: Desk, pairs: Sequence[tuple[Arrival, Action]]) -> None:
    """A gateway that refuses a number, because its owner wants no more, is not asked again."""
    for arrival, action in pairs:
        to = arrival.ready.frozen.message.to
        if action.state != "failed" or action.reason != OPTED_OUT or not to:
            continue
        note, audit = arrival.outcome.reply[:500], desk.unit.audit
        one = Suppression(address=to[0].at, reason=OPTED_OUT, note=note, author=AUTHOR, since=desk.now)
        if desk.unit.suppressions.add(one):
            audit.record(AUTHOR, "address-suppressed", "suppressions", {"reason": OPTED_OUT})


def gone(desk: Desk, actions: Sequence[Action], reason: str) -> list[Action]:
    """Messages on their way whose worker is gone: nobody can tell (reliability, section 3)."""
    after = [msgspec.structs.replace(one, state="unknown", reason=reason, attempts=one.attempts + 1) for one in actions]
    attempts = [
        Attempt(
            action=one.action,
            number=one.attempts,
            generation=one.generation,
            at=desk.now,
            outcome="unknown",
            detail=reason,
        )
        for one in after
    ]
    desk.unit.delivery.attempted(attempts)
    return after


def _after(desk: Desk, action: Action, outcome: Outcome) -> Action:
    change = msgspec.structs.replace
    if outcome.reason == WITHDRAWN:
        return change(action, state="confirmed")
    tried = change(action, attempts=action.attempts + 1, warnings=outcome.warnings or action.warnings)
    if outcome.kind == "accepted":
        return change(tried, state="sent", reason="", sent_at=desk.now, done_on=desk.today)
    if outcome.kind == "unknown":
        return change(tried, state="unknown", reason=outcome.reason)
    if outcome.kind == "refused":
        return change(tried, state="failed", reason=outcome.reason)
    again_at = next_try(tried.attempts, desk.now)
    if again_at is None:
        return change(tried, state="failed", reason="gave-up")
    return change(tried, state="confirmed", reason=outcome.reason, next_try_at=again_at)


def _tried(arrival: Arrival) -> bool:
    return arrival.outcome.reason != WITHDRAWN


def _gives_back(before: Action, after: Action) -> bool:
    """Whether a place of the day was taken for a message that certainly did not leave."""
    returns: tuple[State, ...] = ("confirmed", "failed")
    return before.automatic and before.state == "sending" and after.state in returns


def _attempt(desk: Desk, arrival: Arrival, action: Action) -> Attempt:
    outcome = arrival.outcome
    return Attempt(
        action=action.action,
        number=action.attempts,
        generation=action.generation,
        at=desk.now,
        outcome=outcome.kind,
        detail=" ".join(filter(None, (outcome.reason, outcome.reply)))[:1000],
    )


def _leave_behind(desk: Desk, sent: Sequence[tuple[Arrival, Action]]) -> None:
    """What was sent, which items it listed, and when the account was last written to (D7, D9)."""
    if not sent:
        return
    delivery = desk.unit.delivery
    delivery.handed([_handed(arrival, action) for arrival, action in sent])
    delivery.priced({(two.action, two.generation): one.outcome.cost for one, two in sent if one.outcome.cost})
    now_under = desk.unit.collection.scenarios_of({action.customer for _, action in sent})
    delivery.listed(
        [_listed(desk, arrival, action, now_under[action.customer]) for arrival, action in sent], desk.today
    )
    delivery.contacted([action.customer for _, action in sent], desk.today)


def _handed(arrival: Arrival, action: Action) -> Handed:
    return Handed(
        action=action.action,
        generation=action.generation,
        channel=arrival.ready.frozen.channel,
        raw=arrival.outcome.raw,
        reply=arrival.outcome.reply,
        tracking=arrival.outcome.tracking,
    )


def _listed(desk: Desk, arrival: Arrival, action: Action, now_under: str) -> Listed:
    said = arrival.ready.frozen.items
    numbers = {item for item, _ in said}
    there = [item for item in arrival.listed if item.item in numbers]
    steps = moved_steps(desk, action, there, desk.today, now_under)
    return Listed(action=action.action, step_number=action.step_number, items=said, steps=steps)


def moved_steps(desk: Desk, action: Action, there: Sequence[Item], on: date, now_under: str) -> dict[ItemId, int]:
    """The steps that a message sent on this day moves items to, in the scenario that chases the account now.

    The account may have got another one while the message was on its way (B4, D7). Specific actions move no step.
    """
    if action.specific:
        return {}
    scenario = desk.scenario_of(action)
    steps = steps_after(there, action.leader, scenario, action.step_number, on)
    after = desk.chasing(now_under or action.scenario)
    if (after.code, after.version) == (scenario.code, scenario.version):
        return steps
    carried = carried_steps(scenario, after, "keep" if after.code == scenario.code else "move")
    return {item: carried[step - 1] for item, step in steps.items() if carried[step - 1]}


def _said(message: Message) -> dict[str, str]:
    """What the timeline quotes: the subject, or the whole of a text that has none."""
    if message.kind == "email":
        return {"subject": message.subject}
    return {"kind": message.kind} | (
        {"subject": message.subject} if message.subject else {"text": message.text.strip()}
    )


def _entry(desk: Desk, arrival: Arrival, action: Action) -> Entry:
    message = arrival.ready.frozen.message
    return Entry(
        customer=action.customer,
        action=action.action,
        at=desk.now,
        kind=f"message-{action.state}",
        author=AUTHOR,
        detail={
            "step": action.step,
            **_said(message),
            "to": [address.at for address in message.to],
            "reason": action.reason,
            "message_id": message.message_id,
        }
        | _enclosed(arrival.ready.frozen)
        | ({"tracking": arrival.outcome.tracking} if arrival.outcome.tracking else {}),
    )


def _enclosed(frozen: FrozenMessage) -> dict[str, Sequence[object]]:
    """Which documents travelled along, and whose copies did not."""
    names = [one.name for one in frozen.message.attachments]
    left = [(one.reason, one.number) for one in frozen.left_out]
    both: tuple[tuple[str, Sequence[object]], ...] = (("attached", names), ("left_out", left))
    return {key: said for key, said in both if said}
