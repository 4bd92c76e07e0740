"""Send a text to oneself, to see it in one's own mail program."""

import secrets

import msgspec

from relance.core.collection.composing import Mailbox, sender_of
from relance.core.collection.references import domain_of
from relance.core.collection.templates import Template
from relance.core.kernel.errors import BadInput
from relance.core.tenancy.users import Actor, User, require_right
from relance.ports.calendars import Calendars
from relance.ports.channels import Address, Message
from relance.ports.clock import Clock
from relance.ports.postman import Postman
from relance.ports.render import Rendered, Renderer
from relance.ports.work import Unit, Work
from relance.usecases.collection.desk import Desk
from relance.usecases.templates.trying import tried
from relance.usecases.templates.writing import required_text


class TrialWanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which text, and with whose data. `mark` begins the subject, `notice` the text, in the reader's language."""

    actor: Actor
    code: str
    language: str
    customer: str = ""
    mark: str = "[Test]"
    notice: str = "This is a test, sent to you alone."


class Tried(msgspec.Struct, frozen=True, kw_only=True):
    """Where it went, or the public reason why it did not."""

    to: str
    sent: bool
    reason: str = ""


class TryTemplate:
    """To the person who asks and nobody else; no action, no history of the customer, no cap knows of it."""

    def __init__(self, work: Work, clock: Clock, calendars: Calendars, renderer: Renderer, postman: Postman) -> None:
        self._work, self._clock, self._calendars = work, clock, calendars
        self._renderer, self._postman = renderer, postman

    def __call__(self, request: TrialWanted) -> Tried:
        """Written in one transaction, posted after it; raises NotFound, TemplateBroken, BadInput, NotAllowed."""
        require_right(request.actor, "scenarios")
        with self._work(request.actor.tenant) as unit:
            desk = Desk(unit, self._clock.now(), self._calendars)
            me = self._me(unit, request)
            sender = sender_of(me, desk.fallback_sender, False)
            absent = self._postman.absent() or (sender if isinstance(sender, str) else None)
            if absent or isinstance(sender, str):
                return Tried(to=me.email, sent=False, reason=absent or "no-sender")
            text = _marked(required_text(unit, request.code, request.language), request)
            said = tried(desk, request.actor, text, request.customer, self._renderer)
            told = {"language": request.language, "to": me.email}
            unit.audit.record(request.actor.name, "template-tested", f"template:{request.code}", told)
        outcome = self._postman.post(_message(desk, me, sender.address, said, request.language))
        sent = outcome.kind == "accepted"
        return Tried(to=me.email, sent=sent, reason="" if sent else outcome.reason)

    def _me(self, unit: Unit, request: TrialWanted) -> User:
        if request.actor.user is None:
            raise BadInput("a test goes to the person who asks for it: sign in")
        return unit.tenancy.user(request.actor.user)


def _message(desk: Desk, me: User, sender: Mailbox, said: Rendered, language: str) -> Message:
    return Message(
        action="0.0",
        message_id=f"<test.{secrets.token_urlsafe(16)}@{domain_of(sender.email)}>",
        to=(Address(me.name, me.email),),
        sender=Address(sender.name or desk.company.name, sender.email),
        mail_from=desk.settings.text("bounce-address") or sender.email,
        subject=said.subject,
        html=said.html,
        text=said.text,
        language=language,
        date=desk.now,
    )


def _marked(text: Template, request: TrialWanted) -> Template:
    subject, body = f"{request.mark} {text.subject}", f"{request.notice}\n\n{text.body}"
    return msgspec.structs.replace(text, subject=subject, body=body)
