"""What a message would say as the ledger is: looked at when it is written, and again before it leaves."""

import hashlib
from collections.abc import Iterable, Sequence

import msgspec

from relance.core.collection.actions import Action, Brief
from relance.core.collection.bounces import return_path
from relance.core.collection.composing import (
    Content,
    Mailbox,
    Sender,
    by_account,
    company_for,
    content_of,
    copies_of,
    language_of,
    sender_of,
    signer_of,
    with_account,
    without_interest,
)
from relance.core.collection.kinds import carries, is_message
from relance.core.collection.listing import Listing, listing
from relance.core.collection.recipients import Recipient, addressed, first_reached, recipients_of, spoken_to
from relance.core.collection.references import message_id
from relance.core.collection.rules import DayRules
from relance.core.collection.sending import Basis, Dossier, is_stale, outdated
from relance.core.collection.specifics import specific_listing
from relance.core.collection.templates import Template
from relance.core.kernel.identifiers import CustomerId, ItemId
from relance.ports.channels import Message
from relance.ports.render import Rendered, Renderer, TemplateBroken
from relance.ports.store.delivery import FrozenMessage
from relance.usecases.collection.addressing import NO_COPIES
from relance.usecases.collection.desk import Desk

OWN_WORDS = "own-words"
"""Stands for the template of a message that a person wrote."""


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """What a message would say and to whom, as the ledger is now; `holds` are the reasons that keep it here (A16)."""

    listed: Listing
    on: DayRules
    """The rules by which it was listed."""
    to: tuple[Recipient, ...]
    cc: tuple[Mailbox, ...] = ()
    sender: Sender | None
    contact_name: str
    language: str | None
    fell_back: bool
    holds: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def basis(self) -> Basis:
        """What a message composed now would rest on."""
        return Basis(
            items=tuple((item.item, item.open_amount) for item in self.listed.items),
            to=frozenset(one.at for one in self.to),
            sender=self.sender.address.email if self.sender else "",
        )


Mentions = dict[tuple[CustomerId, str, str], frozenset[ItemId]]


def mentions(desk: Desk, actions: Iterable[Action]) -> Mentions:
    """What earlier steps have listed, read only for steps that ask for it (D12)."""
    asking = {action.customer for action in actions if _step_limit(desk, action)}
    return desk.unit.delivery.listed_before(asking) if asking else {}


def look(desk: Desk, action: Action, dossier: Dossier, before: Mentions) -> Look:
    """Find recipients, sender, language and items; what is missing is a reason to hold, never an error."""
    listed = _listed(desk, action, dossier, before)
    chosen = action.brief.to if action.brief else ()
    people, gone = addressed(chosen, dossier.contacts, dossier.others)
    to, warnings = recipients_of(people, action.kind, dossier.place)
    to, silenced = spoken_to(to, dossier.suppressed)
    first = first_reached(people, to)
    signs = sender_of if carries(action.kind).own_sender else signer_of
    alone = desk.settings.switch("send-without-collector")
    sender = signs(dossier.collector, desk.fallback_sender_of(dossier.entity), alone)
    wanted = [tag for tag in (first.language if first else "", dossier.language, desk.tenant.language) if tag]
    published = texts_of(desk, action)
    own = action.brief.language if action.brief and action.brief.body else ""
    language = own or language_of(wanted, published)
    nobody = "no-recipient" if chosen else carries(action.kind).nobody
    holds = [] if to or not is_message(action.kind) else ["suppressed" if silenced else nobody]
    if isinstance(sender, str) and is_message(action.kind):
        holds.append(sender)
    if language is None:
        holds.append("no-template")
    if is_stale(dossier.feeds, desk.today, desk.freshness) and action.automatic:
        holds.append("stale-data")
    return Look(
        listed=listed,
        on=desk.on if action.specific else desk.on_under(desk.scenario_of(action)),
        to=to,
        cc=_copies(desk, action, dossier, to),
        sender=None if isinstance(sender, str) else sender,
        contact_name=first.name if first else "",
        language=language,
        fell_back=not own and bool(wanted) and language is not None and language != wanted[0],
        holds=tuple(holds),
        warnings=(*gone, *warnings, *silenced, *_doubts(desk, action, sender)),
    )


def texts_of(desk: Desk, action: Action) -> dict[str, Template]:
    """The texts of an action by language: a person's own words for it come before the template's."""
    brief = action.brief
    if brief is None or not brief.body:
        if not is_message(action.kind):
            return desk.templates(action.template)
        return desk.texts(action.template, short=not carries(action.kind).subject)
    subject = brief.subject if carries(action.kind).subject else ""
    return {brief.language: Template(OWN_WORDS, brief.language, subject, brief.body)}


def rendered_as(kind: str, renderer: Renderer, template: Template, said: Content) -> Rendered:
    """The words of a message of this kind; raises TemplateBroken also where they are too many for it."""
    return fitting(kind, renderer.render(template, said))


def fitting(kind: str, rendered: Rendered) -> Rendered:
    """The words; raises TemplateBroken where they are too many for a message of this kind."""
    longest = carries(kind).longest
    if longest and len(rendered.text) > longest:
        raise TemplateBroken(f"the text has {len(rendered.text)} signs, and at most {longest} can be sent")
    return rendered


def _doubts(desk: Desk, action: Action, sender: Sender | str) -> tuple[str, ...]:
    """That nobody answers for the sender's domain, where the tenant has set up any (ui.md)."""
    domain = "" if isinstance(sender, str) else sender.address.email.rpartition("@")[2].lower()
    if action.kind != "email" or not domain or not desk.sender_domains or desk.sender_domains.get(domain):
        return ()
    return (f"sender-domain-unverified {domain}",)


def _listed(desk: Desk, action: Action, dossier: Dossier, before: Mentions) -> Listing:
    if action.specific:
        brief = action.brief or Brief()
        return specific_listing(dossier.items, brief.items, brief.topic, desk.on)
    over = outdated(action, dossier, desk.settings.text("scenario"))
    if over:
        return Listing(reason=over)
    limit = _step_limit(desk, action)
    mentioned = before.get((action.customer, action.scenario, limit), frozenset()) if limit else ()
    scenario = desk.scenario_of(action)
    return listing(dossier.items, scenario, action.step_number, action.leader, desk.on_under(scenario), mentioned)


def content(desk: Desk, dossier: Dossier, seen: Look) -> Content:
    """The data of the message."""
    return told_to(desk, dossier, seen.contact_name, seen.listed, seen.on)


def told_to(desk: Desk, dossier: Dossier, contact: str, listed: Listing, on: DayRules | None = None) -> Content:
    """The data of any message to an account, account by account where it speaks for several (B5).

    `on` are the rules of its scenario; without them the tenant's count.
    """
    own = dossier.collector
    collector = Mailbox(own.name, own.email) if own and own.active else Mailbox("", "")
    customer = (dossier.code, dossier.name)
    company = company_for(desk.company_of(dossier.entity), dossier.penalties)
    made = content_of(company, customer, contact, collector, listed, desk.today)
    spared = {one.customer for one in dossier.companions if not one.penalties}
    names = {dossier.customer: _named(customer)} | {
        one.customer: _named((one.code, one.name)) for one in dossier.companions
    }
    return by_account(without_interest(with_account(made, dossier.items, on or desk.on), spared), names)


def envelope_sender(desk: Desk, message_id: str, sender: str) -> str:
    """Where a message comes back to: the bounce address, which can name the message, else the sender (T20)."""
    bounces = desk.settings.text("bounce-address")
    if bounces and desk.settings.switch("bounce-tokens"):
        return return_path(bounces, message_id)
    return bounces or sender


def answers_to(desk: Desk, message_id: str) -> str:
    """The address that answers to a message come in at, beside its person's; nothing where no mailbox takes them."""
    back = envelope_sender(desk, message_id, "")
    return back if back != desk.settings.text("bounce-address") else ""


def reference(desk: Desk, action: Action, domain: str, key: bytes) -> str:
    """The Message-ID of an action's generation: made as the planner makes the first, with the same key."""
    return message_id(desk.tenant.code, action.action, action.generation, domain, key)


def content_hash(message: Message) -> str:
    """SHA-256 over what a person confirmed: recipients, sender, subject, bodies and attachments (I-13)."""
    said = (message.to, message.cc, message.sender, message.reply_to, message.subject, message.html, message.text)
    documents = [(one.name, one.media_type, one.ref or _digest(one.content)) for one in message.attachments]
    more: tuple[object, ...] = (documents,) if documents else ()
    more += ("registered",) if message.registered else ()
    return hashlib.sha256(msgspec.json.encode((*said, *more))).hexdigest()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def basis_of(frozen: FrozenMessage) -> Basis:
    """What a frozen message rests on."""
    message = frozen.message
    return Basis(items=frozen.items, to=frozenset(address.at for address in message.to), sender=message.sender.email)


def _named(customer: tuple[str, str]) -> str:
    return " · ".join(customer)


def _step_limit(desk: Desk, action: Action) -> str | None:
    if action.specific:
        return None
    return desk.scenario_of(action).step(action.step_number).listed_by


def _copies(desk: Desk, action: Action, dossier: Dossier, to: Sequence[Recipient]) -> tuple[Mailbox, ...]:
    """As the step says, unless a person said otherwise for this once; a specific action as its author said (S0.4)."""
    if not carries(action.kind).copies:
        return ()
    asked = action.brief.cc if action.brief else ()
    if action.specific is None and not asked:
        step = desk.scenario_of(action).step(action.step_number)
        return copies_of(step.cc, dossier.collector, dossier.colleagues, to)
    if not asked or asked == NO_COPIES:
        return ()
    users = desk.unit.tenancy.users()
    linked = {one.email for one in desk.unit.assigned.of(action.customer).colleagues}
    colleagues = [one for one in users if one.email in linked]
    return copies_of(asked, dossier.collector, colleagues, to, [one for one in users if one.email in asked])
