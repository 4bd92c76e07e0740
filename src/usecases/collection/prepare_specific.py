"""What a person may choose when beginning a specific action, with the words to start from."""

from collections.abc import Collection
from datetime import date

import msgspec

from relance.core.collection.composing import FALLBACK_LANGUAGE, Content, Mailbox, company_for, content_of
from relance.core.collection.specifics import SpecificKind, Topic, specific_listing
from relance.core.collection.templates import Template
from relance.core.kernel.identifiers import CustomerId, ItemId, UserId
from relance.core.tenancy.languages import MESSAGE_LANGUAGES
from relance.core.tenancy.users import Actor, User, require_right
from relance.ports.calendars import Calendars
from relance.ports.clock import Clock
from relance.ports.render import Renderer
from relance.ports.supplied import Supplied
from relance.ports.work import Work
from relance.usecases.collection.desk import Desk
from relance.usecases.collection.wording import Words, draft, drafts


class SpecificAsked(msgspec.Struct, frozen=True, kw_only=True):
    """For whom, about what, in which language; without one in that of the account."""

    actor: Actor
    code: str
    items: tuple[ItemId, ...] = ()
    topic: Topic = "reminder"
    language: str = ""
    kind: SpecificKind = "email"


class SpecificPrepared(msgspec.Struct, frozen=True, kw_only=True):
    """The words to start from, the languages that have some, and who could do it."""

    words: Words
    languages: tuple[str, ...]
    users: tuple[User, ...]
    collector: UserId | None
    today: date


class PrepareSpecific:
    """Reads what the dialog needs."""

    def __init__(self, work: Work, clock: Clock, calendars: Calendars, renderer: Renderer, supplied: Supplied) -> None:
        self._work, self._clock, self._calendars = work, clock, calendars
        self._renderer, self._supplied = renderer, supplied

    def __call__(self, request: SpecificAsked) -> SpecificPrepared:
        """The dialog's choices; raises NotFound, NotAllowed."""
        require_right(request.actor, "qualify")
        own = request.actor.user if request.actor.own_only else None
        with self._work.reading(request.actor.tenant) as unit:
            desk = Desk(unit, self._clock.now(), self._calendars)
            card = unit.customer_file.card(request.code, own)
            known = drafts(desk, self._supplied, request.topic, request.kind)
            words = self._words(desk, request, card.customer, known) if known else _none(desk, request)
            return SpecificPrepared(
                words=words,
                languages=tuple(sorted(known or MESSAGE_LANGUAGES)),
                users=tuple(unit.tenancy.users()),
                collector=card.collector,
                today=desk.today,
            )

    def _words(self, desk: Desk, request: SpecificAsked, customer: CustomerId, known: Collection[str]) -> Words:
        """The text for the topic, filled in as far as it can be for a person to go on with."""
        language = request.language if request.language in known else ""
        words = draft(desk, self._supplied, customer, request.topic, language, request.kind)
        template = Template(request.topic, words.language, words.subject, words.body)
        filled = self._renderer.drafted(template, _content(desk, customer, request))
        return Words(words.language, filled.subject, filled.body)


def _none(desk: Desk, request: SpecificAsked) -> Words:
    """Where there is nothing to begin with, a person writes it all."""
    wanted = request.language or desk.tenant.language
    return Words(wanted if wanted in MESSAGE_LANGUAGES else FALLBACK_LANGUAGE, "", "")


def _content(desk: Desk, customer: CustomerId, request: SpecificAsked) -> Content:
    """What the message would say now."""
    dossier = desk.unit.delivery.dossiers([customer], desk.today)[customer]
    own = dossier.collector
    return content_of(
        company_for(desk.company_of(dossier.entity), dossier.penalties),
        (dossier.code, dossier.name),
        dossier.contacts[0].name if dossier.contacts else "",
        Mailbox(own.name, own.email) if own and own.active else Mailbox("", ""),
        specific_listing(dossier.items, request.items, request.topic, desk.on),
        desk.today,
    )
