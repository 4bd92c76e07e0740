"""A person has read the messages and says: send them."""

from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

from relance.core.collection.actions import Action
from relance.core.collection.kinds import MESSAGES, is_message
from relance.core.collection.sending import CHANGED, Dossier
from relance.core.kernel.identifiers import ActionId
from relance.core.tenancy.users import Actor, require_right
from relance.ports.calendars import Calendars
from relance.ports.clock import Clock
from relance.ports.render import Renderer, TemplateBroken
from relance.ports.store.delivery import FrozenMessage
from relance.ports.work import Work
from relance.usecases.collection.desk import Desk
from relance.usecases.collection.drafting import Mentions, look, mentions
from relance.usecases.collection.lettering import Lettering


class Confirmation(msgspec.Struct, frozen=True, kw_only=True):
    """Which actions, and for how many minutes they can be recalled.

    None named: all that wait to be confirmed, save what a person put off to a later day.
    """

    actor: Actor
    actions: tuple[ActionId, ...] | None = None
    hold_minutes: int = 0


class Refusal(msgspec.Struct, frozen=True):
    """An action that was not confirmed, and why: `held` reasons, `action-moved`, `not-found`, `settled` and so on."""

    action: ActionId
    reason: str


class Confirmed(msgspec.Struct, frozen=True, kw_only=True):
    """How many were confirmed, and which were not."""

    changed: int
    refused: tuple[Refusal, ...] = ()


class ConfirmActions:
    """Freezes each message as it is now: what was read is what leaves (A9)."""

    def __init__(self, work: Work, clock: Clock, calendars: Calendars, renderer: Renderer) -> None:
        self._work, self._clock, self._calendars, self._renderer = work, clock, calendars, renderer

    def __call__(self, request: Confirmation) -> Confirmed:
        """Confirm what can be confirmed and say what cannot; raises NotAllowed."""
        require_right(request.actor, "confirm")
        with self._work(request.actor.tenant) as unit:
            desk = Desk(unit, self._clock.now(), self._calendars)
            wanted, missing = self._wanted(desk, request)
            dossiers = unit.delivery.dossiers([action.customer for action in wanted], desk.today)
            before = mentions(desk, wanted)
            lettering = Lettering(desk, self._renderer)
            outcomes = [
                self._confirm(desk, action, dossiers[action.customer], before, request, lettering) for action in wanted
            ]
            changed, frozen, refused = [], [], list(missing)
            for action, (after, message) in zip(wanted, lettering.finish(outcomes), strict=True):
                if message:
                    frozen.append(message)
                if after.state != "confirmed":
                    refused.append(Refusal(action.action, after.reason or "action-moved"))
                if after != action:
                    changed.append(after)
            unit.delivery.save(changed)
            unit.delivery.freeze(frozen, desk.now)
            unit.audit.record_many(request.actor.name, "actions-confirmed", list(_told(changed)))
        return Confirmed(changed=len(frozen), refused=tuple(refused))

    def _wanted(self, desk: Desk, request: Confirmation) -> tuple[list[Action], list[Refusal]]:
        """The actions under lock; those named that are not visible or cannot be confirmed are refusals."""
        delivery = desk.unit.delivery
        ids = request.actions
        if ids is None:
            waiting = delivery.in_state(["to-confirm"], MESSAGES)
            ids = tuple(action.action for action in waiting if not _is_put_off(action, desk.today))
        rows = delivery.locked(ids)
        seen = self._visible(desk, request, [row.action for row in rows.values()])
        missing = [Refusal(one, "not-found") for one in ids if one not in seen]
        wrong = {one: "action-moved" for one, action in seen.items() if not _can_be_confirmed(action)}
        missing += [Refusal(one, reason) for one, reason in wrong.items()]
        return [action for one, action in seen.items() if one not in wrong], missing

    def _visible(self, desk: Desk, request: Confirmation, rows: list[Action]) -> dict[ActionId, Action]:
        if not request.actor.own_only:
            return {action.action: action for action in rows}
        own = desk.unit.assigned.seen_by(request.actor.user, [action.customer for action in rows])
        return {action.action: action for action in rows if action.customer in own}

    def _confirm(
        self,
        desk: Desk,
        action: Action,
        dossier: Dossier,
        before: Mentions,
        request: Confirmation,
        lettering: Lettering,
    ) -> tuple[Action, FrozenMessage | None]:
        """The action as it becomes, and its message where it is confirmed."""
        seen = look(desk, action, dossier, before)
        change = msgspec.structs.replace
        if seen.listed.reason:
            return change(action, state="cancelled", reason=seen.listed.reason), None
        holds = [reason for reason in seen.holds if reason != "stale-data"]
        if holds:
            return change(action, state="held", held_from=action.state, reason=holds[0]), None
        try:
            message = lettering.write(action, dossier, seen)
        except TemplateBroken:
            return change(action, state="held", held_from=action.state, reason="no-template"), None
        not_before = desk.now + timedelta(minutes=request.hold_minutes)
        if action.due_on > desk.today:
            not_before = max(not_before, desk.start_of(action.due_on))
        after = change(
            action,
            state="confirmed",
            reason="" if action.reason in {CHANGED, "late-step", "recalled"} else action.reason,
            warnings=seen.warnings,
            items=seen.listed.item_ids,
            amounts=seen.listed.amounts,
            amount=seen.listed.amounts.get(action.currency, action.amount),
            message_id=message.message.message_id,
            not_before=not_before,
            confirmed_by=request.actor.user,
            confirmed_at=desk.now,
            content_hash=message.content_hash,
        )
        return after, message


def _can_be_confirmed(action: Action) -> bool:
    return is_message(action.kind) and action.state in {"to-confirm", "planned"}


def _is_put_off(action: Action, today: date) -> bool:
    return action.snoozed_until is not None and action.snoozed_until > today


def _told(changed: list[Action]) -> Iterator[tuple[str, dict[str, str]]]:
    for action in changed:
        yield f"action:{action.action}", {"state": action.state, "reason": action.reason, "hash": action.content_hash}
