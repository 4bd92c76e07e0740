"""Before anything leaves: what dead workers left, what became due, what is freed, and claims with their messages."""

from collections.abc import Callable, Sequence

import msgspec

from relance.core.collection.actions import Action
from relance.core.collection.kinds import carries
from relance.core.collection.sending import CHANGED, Dossier, asks_first, kept_from
from relance.core.kernel.errors import BadInput
from relance.ports.render import Renderer, TemplateBroken
from relance.ports.store.delivery import FrozenMessage
from relance.usecases.collection.clearing import Ready, asked_first, had_enough, held
from relance.usecases.collection.desk import Desk
from relance.usecases.collection.drafting import Look, Mentions, look, mentions
from relance.usecases.collection.lettering import Lettering
from relance.usecases.collection.settling import AUTHOR, gone

CRASH = "crash"


def take_over(desk: Desk, me: str, lives: Callable[[str], bool]) -> tuple[list[Action], bool]:
    """Free what workers that are gone have claimed; their messages on the way are unknown (crash).

    Also answers whether another worker that lives still holds claims.
    """
    unknown, others = [], False
    for worker, over in desk.unit.delivery.claimed():
        if worker == me:
            continue
        if not over and lives(worker):
            others = True
            continue
        unknown += gone(desk, desk.unit.delivery.drop_claims(worker), CRASH)
    keep(desk, unknown)
    return unknown, others


def promote(desk: Desk, kind: str) -> list[Action]:
    """Fully automatic actions whose day has come are confirmed by themselves; a late one asks first (D8, D11)."""
    changed = []
    for action in desk.unit.delivery.in_state(["planned"], [kind]):
        if action.automation != "automatic" or max(action.due_on, action.snoozed_until or action.due_on) > desk.today:
            continue
        confirmed = msgspec.structs.replace(action, state="confirmed", reason="")
        reason = asks_first(action, desk.on)
        changed.append(asked_first(action, reason) if reason else confirmed)
    if changed:
        desk.unit.delivery.move(changed)
        tell(desk, changed)
    return changed


def hold_all(desk: Desk, kind: str) -> list[Action]:
    """Hold every confirmed message of a kind, because nothing can carry it."""
    rows = desk.unit.delivery.in_state(["confirmed"], [kind])
    changed = [held(action, carries(kind).silent).action for action in rows]
    keep(desk, changed)
    return changed


def free_held(desk: Desk, kind: str) -> list[Action]:
    """Actions whose cause to be held is gone go back to where they were, or ask first when it took long (A16, D8)."""
    rows = [one for one in desk.unit.delivery.in_state(["held"], [kind]) if one.held_from]
    dossiers = desk.unit.delivery.dossiers([action.customer for action in rows], desk.today)
    before, full = mentions(desk, rows), had_enough(desk, rows)
    changed = []
    for action in rows:
        holds = look(desk, action, dossiers[action.customer], before).holds
        if holds or (action.reason == "capped" and (action.customer in full or _no_seats(desk))):
            continue
        freed = msgspec.structs.replace(action, state=action.held_from, held_from=None, reason="")
        reason = asks_first(freed, desk.on)
        changed.append(asked_first(freed, reason) if reason else freed)
    keep(desk, changed)
    return changed


def _no_seats(desk: Desk) -> bool:
    taken = desk.unit.tenancy.next_numbers(f"messages-{desk.today.isoformat()}", 0)
    return taken > desk.settings.number("daily-cap")


class Taken(msgspec.Struct, frozen=True):
    """What was claimed: messages that were confirmed, actions whose message is still to be written, and the actions
    that turned out not to leave."""

    ready: list[Ready]
    unwritten: list[Action]
    moved: list[Action]


def claim(
    desk: Desk, worker: str, kind: str, lease_seconds: int, limit: int, ignore_windows: bool, renderer: Renderer
) -> tuple[list[Ready], list[Action]]:
    """Claim what may leave, with the message of each; also the actions that turned out not to leave."""
    taken = take(desk, worker, kind, lease_seconds, limit, ignore_windows)
    composed, others = _compose(desk, taken.unwritten, renderer)
    keep(desk, others)
    return taken.ready + threaded(desk, composed), taken.moved + others


def take(desk: Desk, worker: str, kind: str, lease_seconds: int, limit: int, ignore_windows: bool) -> Taken:
    """Claim what may leave; only what somebody has confirmed has a message already."""
    if desk.is_paused(kind):
        return Taken([], [], [])
    windows = ignore_windows or desk.is_open(kind)
    claimed = desk.unit.delivery.claim(worker, kind, desk.now, lease_seconds, limit, windows, desk.abroad)
    later = [] if ignore_windows else _later_abroad(desk, claimed)
    wait = {action.action for action in later}
    claimed = [action for action in claimed if action.action not in wait]
    confirmed = [(one.action, one.generation) for one in claimed if one.frozen]
    frozen = desk.unit.delivery.frozen(confirmed) if confirmed else {}
    ready, ended = [], []
    for action in claimed:
        if action.frozen and (action.action, action.generation) in frozen:
            ready.append(Ready(action, frozen[action.action, action.generation]))
        elif action.frozen:
            ended.append(msgspec.structs.replace(action, state="to-confirm", reason=CHANGED, confirmed_at=None))
    keep(desk, ended + later)
    return Taken(threaded(desk, ready), [one for one in claimed if not one.frozen], ended + later)


def threaded(desk: Desk, ready: Sequence[Ready]) -> list[Ready]:
    """Emails with whose they are, following the account's earlier ones: its mailbox shows them together."""
    emails = [one.action.customer for one in ready if one.action.kind == "email"]
    threads = desk.unit.delivery.threads(emails) if emails else {}
    return [_follows(one, desk.tenant.code, threads.get(one.action.customer, ())) for one in ready]


def _follows(ready: Ready, tenant: str, earlier: tuple[str, ...]) -> Ready:
    if ready.action.kind != "email":
        return ready
    message = msgspec.structs.replace(ready.frozen.message, tenant=tenant, follows=earlier)
    return msgspec.structs.replace(ready, frozen=msgspec.structs.replace(ready.frozen, message=message))


def _later_abroad(desk: Desk, claimed: Sequence[Action]) -> list[Action]:
    """Automatic messages to countries where no window is open now, put off until one is (D13)."""
    theirs = [action for action in claimed if action.automatic and action.scenario in desk.abroad]
    dossiers = desk.unit.delivery.dossiers([action.customer for action in theirs], desk.today) if theirs else {}
    later = []
    for action in theirs:
        opens = desk.next_opening(desk.now, action.kind, action.scenario, dossiers[action.customer].country)
        if opens > desk.now:
            later.append(msgspec.structs.replace(action, not_before=opens))
    return later


def _compose(desk: Desk, actions: Sequence[Action], renderer: Renderer) -> tuple[list[Ready], list[Action]]:
    """Write the messages of fully automatic actions, as the ledger is now."""
    if not actions:
        return [], []
    dossiers = desk.unit.delivery.dossiers([action.customer for action in actions], desk.today)
    before, lettering = mentions(desk, actions), Lettering(desk, renderer)
    composed = [_composed(desk, action, dossiers[action.customer], before, lettering) for action in actions]
    ready, others = [], []
    for action, (after, message) in zip(actions, lettering.finish(composed), strict=True):
        if message:
            ready.append(Ready(msgspec.structs.replace(after, fence=action.fence + 1), message))
        else:
            others.append(after)
    desk.unit.delivery.written([one.action for one in ready])
    desk.unit.delivery.freeze([one.frozen for one in ready], desk.now)
    return ready, others


def _composed(
    desk: Desk, action: Action, dossier: Dossier, before: Mentions, lettering: Lettering
) -> tuple[Action, FrozenMessage | None]:
    seen = look(desk, action, dossier, before)
    kept = kept_back(desk, action, dossier, seen)
    if kept:
        return kept, None
    try:
        message = lettering.write(action, dossier, seen)
    except (TemplateBroken, BadInput):
        return unwritable(action), None
    return with_message(action, seen, message), message


def kept_back(desk: Desk, action: Action, dossier: Dossier, seen: Look) -> Action | None:
    """The action as it becomes where no message is written now."""
    change = msgspec.structs.replace
    reason = kept_from(action, dossier, desk.today)
    if reason and action.specific:
        return change(action, state="to-confirm", reason=reason)
    if reason or seen.listed.reason:
        return change(action, state="cancelled", reason=reason or seen.listed.reason)
    asks = asks_first(action, desk.on)
    if asks:
        return asked_first(action, asks)
    return held(action, seen.holds[0]).action if seen.holds else None


def unwritable(action: Action) -> Action:
    """The action whose message cannot be rendered; the others go on."""
    return msgspec.structs.replace(action, state="failed", reason="render")


def with_message(action: Action, seen: Look, message: FrozenMessage) -> Action:
    """The action as it is with a message of its own."""
    return msgspec.structs.replace(
        action,
        items=seen.listed.item_ids,
        amounts=seen.listed.amounts,
        amount=seen.listed.amounts.get(action.currency, action.amount),
        message_id=message.message.message_id,
        content_hash=message.content_hash,
        warnings=seen.warnings,
    )


def keep(desk: Desk, changed: Sequence[Action]) -> None:
    """Save changes and say so in the audit trail."""
    if changed:
        desk.unit.delivery.save(changed)
        tell(desk, changed)


def tell(desk: Desk, changed: Sequence[Action]) -> None:
    """Say in the audit trail what became of actions."""
    rows = [(f"action:{one.action}", {"state": one.state, "reason": one.reason}) for one in changed]
    desk.unit.audit.record_many(AUTHOR, "action-moved", rows)
