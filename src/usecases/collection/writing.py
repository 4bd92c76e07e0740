"""Messages are drafted from the ledger, and finished with words that are made without it."""

from collections.abc import Sequence

import msgspec

from relance.core.collection.actions import Action
from relance.core.collection.composing import Content, Mailbox
from relance.core.collection.kinds import carries
from relance.core.collection.sending import Dossier
from relance.core.collection.templates import Template
from relance.ports.channels import Address, Message
from relance.ports.render import Rendered, Renderer, TemplateBroken
from relance.ports.store.delivery import FrozenMessage
from relance.usecases.collection.attaching import Enclosed, enclosed
from relance.usecases.collection.desk import Desk
from relance.usecases.collection.drafting import (
    Look,
    answers_to,
    content,
    content_hash,
    envelope_sender,
    fitting,
    texts_of,
)
from relance.usecases.collection.sights import Sight


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """All that becomes a message; `message` is as it will be, but for its words and documents."""

    action: Action
    seen: Look
    template: Template
    content: Content
    message: Message
    along: Enclosed = Enclosed()
    sight: Sight | None = None


def draft_of(desk: Desk, action: Action, dossier: Dossier, seen: Look) -> Draft:
    """The draft of an action that nothing holds."""
    if seen.sender is None or seen.language is None:
        raise ValueError("what is held cannot be written")
    sender = seen.sender.address
    message = Message(
        action=f"{action.action}.{action.generation}",
        kind=action.kind,
        message_id=action.message_id,
        to=tuple(Address(one.name, one.email, one.phone, one.lines) for one in seen.to),
        cc=tuple(Address(box.name, box.email) for box in seen.cc),
        sender=Address(sender.name or desk.company_of(dossier.entity).name, sender.email),
        reply_to=_address(seen.sender.reply_to),
        answers_to=answers_to(desk, action.message_id) if action.kind == "email" else "",
        mail_from=envelope_sender(desk, action.message_id, sender.email),
        subject="",
        html="",
        text="",
        language=seen.language,
        registered=action.specific is None and desk.scenario_of(action).step(action.step_number).registered,
    )
    return Draft(
        action=action,
        seen=seen,
        template=texts_of(desk, action)[seen.language],
        content=content(desk, dossier, seen),
        message=message,
        along=enclosed(desk, action, dossier, seen.listed.items) if carries(action.kind).attachments else Enclosed(),
    )


def finished(draft: Draft, words: Rendered, renderer: Renderer) -> FrozenMessage:
    """The message with its words and documents; raises TemplateBroken where they do not fit it."""
    action, kind, words = draft.action, carries(draft.action.kind), fitting(draft.action.kind, words)
    message = msgspec.structs.replace(
        draft.message,
        subject=words.subject if kind.subject else "",
        html=words.html if kind.html else "",
        text=words.text,
        attachments=draft.along.attached(draft.message.language, renderer),
    )
    return FrozenMessage(
        action=action.action,
        generation=action.generation,
        channel=action.channel,
        message=message,
        content_hash=content_hash(message),
        items=draft.seen.basis.items,
        left_out=draft.along.left_out,
    )


def write(desk: Desk, action: Action, dossier: Dossier, seen: Look, renderer: Renderer) -> FrozenMessage:
    """Render the message of an action that nothing holds; raises TemplateBroken."""
    draft = draft_of(desk, action, dossier, seen)
    return finished(draft, renderer.render(draft.template, draft.content), renderer)


def write_all(drafts: Sequence[Draft], renderer: Renderer) -> list[FrozenMessage | None]:
    """The messages of many drafts; None for one that cannot be rendered. Needs no transaction."""
    words = renderer.render_all([(one.template, one.content) for one in drafts])
    return [_finished(draft, said, renderer) for draft, said in zip(drafts, words, strict=True)]


def _finished(draft: Draft, words: Rendered | TemplateBroken, renderer: Renderer) -> FrozenMessage | None:
    if isinstance(words, TemplateBroken):
        return None
    try:
        return finished(draft, words, renderer)
    except TemplateBroken:
        return None


def _address(box: Mailbox | None) -> Address | None:
    return Address(box.name, box.email) if box else None
