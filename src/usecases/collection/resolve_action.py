"""A person says what became of a message that nobody could tell, or what to do about one that failed."""

from typing import Literal

import msgspec

from relance.core.collection.actions import Action, require
from relance.core.collection.references import NOWHERE
from relance.core.collection.sending import Dossier
from relance.core.kernel.errors import BadInput, NotFound
from relance.core.kernel.identifiers import ActionId
from relance.core.tenancy.users import Actor, require_right
from relance.ports.calendars import Calendars
from relance.ports.clock import Clock
from relance.ports.render import Renderer
from relance.ports.store.delivery import Entry, FrozenMessage
from relance.ports.work import Work
from relance.usecases.collection.desk import Desk
from relance.usecases.collection.drafting import answers_to, content_hash, envelope_sender, look, mentions, reference
from relance.usecases.collection.lettering import Lettering
from relance.usecases.collection.proving import sent_when_tried

Answer = Literal["sent", "resend", "cancel"]


class Resolution(msgspec.Struct, frozen=True, kw_only=True):
    """What the person found out or wants, and why; the reason is kept."""

    actor: Actor
    action: ActionId
    answer: Answer
    reason: str


class ResolveAction:
    """`unknown` becomes sent, is sent again under a new Message-ID, or is cancelled; never by itself (I-1)."""

    def __init__(self, work: Work, clock: Clock, calendars: Calendars, renderer: Renderer, key: bytes) -> None:
        self._work, self._clock, self._calendars, self._renderer, self._key = work, clock, calendars, renderer, key

    def __call__(self, request: Resolution) -> Action:
        """The action as it is afterwards; raises NotFound, ActionMoved, BadInput without a reason, NotAllowed."""
        require_right(request.actor, "confirm")
        reason = request.reason.strip()
        if not reason:
            raise BadInput("say why: the reason is kept with the action")
        with self._work(request.actor.tenant) as unit:
            row = unit.delivery.locked([request.action]).get(request.action)
            if row is None or row.action.state not in {"unknown", "failed"}:
                raise NotFound("no such action that is unknown or failed")
            desk = Desk(unit, self._clock.now(), self._calendars)
            after = self._resolved(desk, row.action, request)
            unit.delivery.save([after])
            told = {"answer": request.answer, "reason": reason, "generation": after.generation}
            unit.audit.record(request.actor.name, "action-resolved", f"action:{request.action}", told)
            unit.delivery.note([_entry(after, desk, request, told)])
        return after

    def _resolved(self, desk: Desk, action: Action, request: Resolution) -> Action:
        if request.answer == "sent":
            require(action.state, "sent")
            return sent_when_tried(desk, action)
        if request.answer == "cancel":
            require(action.state, "cancelled")
            return msgspec.structs.replace(action, state="cancelled", reason="cancelled-by-person")
        return self._again(desk, action, request.actor)

    def _again(self, desk: Desk, action: Action, actor: Actor) -> Action:
        """The next generation says the same under a new Message-ID; one that never was written is written now."""
        kept = desk.unit.delivery.frozen([(action.action, action.generation)])
        following = msgspec.structs.replace(action, generation=action.generation + 1, automatic=False)
        old = kept.get((action.action, action.generation))
        message = self._copied(desk, following, old) if old else self._written(desk, following)
        desk.unit.delivery.freeze([message], desk.now)
        return msgspec.structs.replace(
            following,
            state="confirmed",
            reason="",
            message_id=message.message.message_id,
            content_hash=message.content_hash,
            confirmed_by=actor.user,
            confirmed_at=desk.now,
            not_before=None,
            next_try_at=None,
            items=tuple(item for item, _ in message.items),
        )

    def _copied(self, desk: Desk, action: Action, old: FrozenMessage) -> FrozenMessage:
        domain = _domain(old.message.message_id)
        named = reference(desk, action, domain, self._key)
        message = msgspec.structs.replace(
            old.message,
            action=f"{action.action}.{action.generation}",
            message_id=named,
            answers_to=answers_to(desk, named) if old.message.kind == "email" else "",
            mail_from=envelope_sender(desk, named, old.message.sender.email),
        )
        return msgspec.structs.replace(
            old, generation=action.generation, message=message, content_hash=content_hash(message)
        )

    def _written(self, desk: Desk, action: Action) -> FrozenMessage:
        dossier = _dossier(desk, action)
        seen = look(desk, action, dossier, mentions(desk, [action]))
        if seen.holds or seen.listed.reason:
            raise BadInput(f"it cannot be sent now: {(*seen.holds, seen.listed.reason)[0]}")
        following = reference(desk, action, _domain(action.message_id), self._key)
        renamed = msgspec.structs.replace(action, message_id=following)
        lettering = Lettering(desk, self._renderer)
        [(after, message)] = lettering.finish([(renamed, lettering.write(renamed, dossier, seen))])
        if message is None:
            raise BadInput(f"it cannot be sent now: {after.reason}")
        return message


def _domain(message_id: str) -> str:
    return message_id.rpartition("@")[2].rstrip(">") or NOWHERE


def _dossier(desk: Desk, action: Action) -> Dossier:
    return desk.unit.delivery.dossiers([action.customer], desk.today)[action.customer]


def _entry(action: Action, desk: Desk, request: Resolution, told: dict[str, object]) -> Entry:
    return Entry(
        customer=action.customer,
        action=action.action,
        at=desk.now,
        kind=f"message-{'sent' if request.answer == 'sent' else request.answer}",
        author=request.actor.name,
        detail=told,
    )
