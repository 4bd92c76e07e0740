"""Show an action's message as it would leave now, or as it was frozen."""

from datetime import datetime

import msgspec

from relance.core.collection.actions import Action
from relance.core.collection.composing import Content, Mailbox
from relance.core.collection.enclosing import LeftOut
from relance.core.collection.kinds import carries, is_message
from relance.core.collection.recipients import Recipient
from relance.core.collection.sending import Dossier, kept_from
from relance.core.collection.templates import Template
from relance.core.kernel.identifiers import ActionId
from relance.core.tenancy.users import Actor, require_right
from relance.ports.archive import Archive
from relance.ports.calendars import Calendars
from relance.ports.channels import Address, Attachment
from relance.ports.clock import Clock
from relance.ports.render import Rendered, Renderer, TemplateBroken
from relance.ports.store.delivery import FrozenMessage
from relance.ports.work import Work
from relance.usecases.collection.attaching import Enclosed, enclosed
from relance.usecases.collection.desk import Desk
from relance.usecases.collection.drafting import OWN_WORDS, Look, content, look, mentions, rendered_as, texts_of
from relance.usecases.collection.enclosing import opened
from relance.usecases.collection.lettering import letter_pdf
from relance.usecases.collection.wording import Words

_FROZEN_STATES = {"confirmed", "sending", "sent", "failed", "unknown"}


class PreviewRequest(msgspec.Struct, frozen=True, kw_only=True):
    """Which action. `whole`: with the bytes of the copies that travel along, to be read."""

    actor: Actor
    action: ActionId
    whole: bool = False


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """What a person reads before confirming, or a call's script. `holds` and `warnings` are public codes.

    `leaves_at` is the earliest moment at which it can leave, were it confirmed now.
    """

    action: Action
    subject: str = ""
    html: str = ""
    text: str = ""
    language: str = ""
    fell_back: bool = False
    to: tuple[Recipient, ...] = ()
    cc: tuple[Mailbox, ...] = ()
    sender: Mailbox | None = None
    reply_to: Mailbox | None = None
    message_id: str = ""
    holds: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    reason: str = ""
    """Why there is nothing to send: `settled`, `in-credit`, `leader-gone`, `blocked`, `paused` or `render`."""
    leaves_at: datetime | None = None
    attached: tuple[Attachment, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    draft: Words | None = None
    """The words to go on from, where a person writes this one anew."""
    frozen: bool = False
    """These are the very words that were confirmed or sent."""


class PreviewAction:
    """The real message, rendered by the same code that sends it."""

    def __init__(
        self, work: Work, clock: Clock, calendars: Calendars, renderer: Renderer, archive: Archive | None = None
    ) -> None:
        self._work, self._clock, self._calendars, self._renderer = work, clock, calendars, renderer
        self._archive = archive

    def __call__(self, request: PreviewRequest) -> Preview:
        """The preview; raises NotFound for an action that the person cannot see, NotAllowed."""
        require_right(request.actor, "see")
        shown = self._preview(request)
        if not request.whole:
            return shown
        attached = tuple(opened(self._archive, request.actor.tenant, one) for one in shown.attached)
        return msgspec.structs.replace(shown, attached=attached)

    def _preview(self, request: PreviewRequest) -> Preview:
        with self._work.reading(request.actor.tenant) as unit:
            desk = Desk(unit, self._clock.now(), self._calendars)
            action = unit.collection.action(request.action, request.actor.user if request.actor.own_only else None)
            dossier = unit.delivery.dossiers([action.customer], desk.today)[action.customer]
            key = (action.action, action.generation)
            said = action.state in _FROZEN_STATES or (action.state == "held" and action.frozen)
            kept = unit.delivery.frozen([key]).get(key) if said else None
            if kept:
                return _as_kept(action, kept, self._leaves_at(desk, action, dossier.country))
            seen = look(desk, action, dossier, mentions(desk, [action]))
            reason = kept_from(action, dossier, desk.today) or seen.listed.reason
            rendered: Rendered | None = None
            drafted: Words | None = None
            along, attached = Enclosed(), tuple[Attachment, ...]()
            if seen.language is not None and not seen.listed.reason:
                try:
                    template = texts_of(desk, action)[seen.language]
                    said_now = content(desk, dossier, seen)
                    rendered = rendered_as(action.kind, self._renderer, template, said_now)
                    drafted = self._draft(template, said_now)
                    along, attached = self._enclosed(desk, action, dossier, seen)
                except TemplateBroken:
                    reason = "render"
            shown = _as_seen(action, seen, rendered, reason, self._leaves_at(desk, action, dossier.country))
            return msgspec.structs.replace(shown, draft=drafted, attached=attached, left_out=along.left_out)

    def _enclosed(
        self, desk: Desk, action: Action, dossier: Dossier, seen: Look
    ) -> tuple[Enclosed, tuple[Attachment, ...]]:
        """What would travel along; a letter's own pages come first."""
        if not carries(action.kind).attachments or seen.language is None:
            return Enclosed(), ()
        pages = letter_pdf(desk, action, dossier, seen, self._renderer)
        along = enclosed(desk, action, dossier, seen.listed.items)
        return along, pages + along.attached(seen.language, self._renderer)

    def _draft(self, template: Template, said: Content) -> Words:
        """The words for a person to go on from; their own come back as they were written."""
        if template.code != OWN_WORDS:
            template = self._renderer.drafted(template, said)
        return Words(template.language, template.subject, template.body)

    def _leaves_at(self, desk: Desk, action: Action, country: str) -> datetime | None:
        if not is_message(action.kind) or action.state in {"sent", "cancelled", "done"}:
            return None
        wanted = max(filter(None, (desk.now, action.not_before, action.next_try_at)))
        wanted = max(wanted, desk.start_of(action.due_on))
        return desk.next_opening(wanted, action.kind, action.scenario, country) if action.automatic else wanted


def _as_kept(action: Action, kept: FrozenMessage, leaves_at: datetime | None) -> Preview:
    message = kept.message
    return Preview(
        action=action,
        subject=message.subject,
        html=message.html,
        text=message.text,
        language=message.language,
        to=tuple(Recipient(one.name, one.email, one.phone, one.lines) for one in message.to),
        cc=tuple(_box(one) for one in message.cc),
        sender=_box(message.sender),
        reply_to=_box(message.reply_to) if message.reply_to else None,
        message_id=message.message_id,
        warnings=action.warnings,
        leaves_at=leaves_at,
        attached=message.attachments,
        left_out=kept.left_out,
        frozen=True,
    )


def _as_seen(action: Action, seen: Look, rendered: Rendered | None, reason: str, leaves_at: datetime | None) -> Preview:
    return Preview(
        action=action,
        subject=rendered.subject if rendered else "",
        html=rendered.html if rendered else "",
        text=rendered.text if rendered else "",
        language=seen.language or "",
        fell_back=seen.fell_back,
        to=seen.to,
        cc=seen.cc,
        sender=seen.sender.address if seen.sender else None,
        reply_to=seen.sender.reply_to if seen.sender else None,
        message_id=action.message_id,
        holds=seen.holds,
        warnings=seen.warnings,
        reason=reason,
        leaves_at=leaves_at,
    )


def _box(address: Address) -> Mailbox:
    return Mailbox(address.name, address.email)
