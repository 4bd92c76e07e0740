"""What goes into a message: who writes, to whom, in which language, about what. Plain data for the renderer."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

import msgspec

from relance.core.collection.holding import collectable, is_askable, oldest_first
from relance.core.collection.listing import Listing
from relance.core.collection.recipients import Recipient
from relance.core.collection.rules import DayRules
from relance.core.kernel.addresses import is_mailbox
from relance.core.kernel.days import days_overdue
from relance.core.kernel.identifiers import CustomerId
from relance.core.ledger.items import Item
from relance.core.tenancy.users import User

FALLBACK_LANGUAGE = "en"
_PARTS = ("lines", "also_due", "overdue", "not_due")
_WRITTEN_AS = dict.fromkeys(("zh", "zh-CN", "zh-SG", "zh-Hans-CN", "zh-Hans-SG"), "zh-Hans")
"""Tags that name a language without its script."""


class Mailbox(msgspec.Struct, frozen=True):
    """A name to show and one mailbox."""

    name: str
    email: str


class Company(msgspec.Struct, frozen=True, kw_only=True):
    """Who is owed, as printed on messages."""

    name: str
    country: str = ""
    street: str = ""
    zip: str = ""
    city: str = ""
    phone: str = ""
    bank: str = ""
    iban: str = ""
    bic: str = ""
    penalty_rate: str = ""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One item as a message lists it. Amounts are minor units; credits are negative."""

    type: str
    number: str
    issued_on: date
    due_on: date
    days_late: int
    open_amount: int
    currency: str
    customer: CustomerId = CustomerId(0)
    account: str = ""
    """Whose it is, where a message speaks for several accounts (B5)."""
    spared: bool = False
    """It bears no late interest whatever its age: it is disputed, or its customer pays none (B8)."""


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a template can say."""

    company: Company
    customer_code: str
    customer_name: str
    contact_name: str
    collector_name: str
    collector_email: str
    lines: tuple[Line, ...]
    also_due: tuple[Line, ...] = ()
    overdue: tuple[Line, ...] = ()
    """All that may be asked for, whatever this message lists."""
    not_due: tuple[Line, ...] = ()
    """What may be asked for later."""
    amounts: dict[str, int]
    """The net of each currency; nothing is added across currencies (D12)."""
    today: date


class Sender(msgspec.Struct, frozen=True):
    """Who a message comes from, and whom an answer reaches where that differs."""

    address: Mailbox
    reply_to: Mailbox | None = None


def company_for(company: Company, penalties: bool) -> Company:
    """The company block of a message to a customer: who pays no late interest reads of no rate (B8)."""
    return company if penalties else msgspec.structs.replace(company, penalty_rate="")


def sender_of(collector: User | None, fallback: Mailbox | None, without_collector: bool) -> Sender | str:
    """The sender, or the reason that holds the message (A1, A15, S1.17)."""
    if collector is None or not collector.active:
        if fallback and without_collector:
            return Sender(fallback)
        return "no-collector"
    own = Mailbox(collector.name, collector.email)
    if collector.address_confirmed:
        return Sender(own)
    return Sender(fallback, own) if fallback else "no-sender"


def signer_of(collector: User | None, fallback: Mailbox | None, without_collector: bool) -> Sender | str:
    """Who signs a message that comes from no mailbox, or the reason that holds it (A1)."""
    if collector is not None and collector.active:
        return Sender(Mailbox(collector.name, collector.email))
    return Sender(fallback or Mailbox("", "")) if without_collector else "no-collector"


def mailbox_of(text: str) -> Mailbox | None:
    """`Name <address>` or a bare address; None for anything else."""
    text = text.strip()
    if is_mailbox(text):
        return Mailbox("", text)
    name, _, rest = text.rpartition("<")
    if rest.endswith(">") and is_mailbox(rest[:-1]) and "<" not in name and name.isprintable():
        return Mailbox(name.strip().strip('"'), rest[:-1])
    return None


def copies_of(
    wanted: Collection[str],
    collector: User | None,
    colleagues: Sequence[User],
    to: Collection[Recipient],
    named: Sequence[User] = (),
) -> tuple[Mailbox, ...]:
    """Who gets a copy, each once and nobody who is written to anyway: by role, all colleagues, or `named` (S0.4)."""
    asked = [one for one in colleagues if "colleagues" in wanted or one.role in wanted] + list(named)
    if collector and collector.active and "collector" in wanted:
        asked.insert(0, collector)
    seen = {box.email.lower() for box in to}
    copies = {one.email.lower(): Mailbox(one.name, one.email) for one in asked if is_mailbox(one.email)}
    return tuple(box for email, box in copies.items() if email not in seen)


def language_of(wanted: Iterable[str], published: Collection[str]) -> str | None:
    """The first wanted language that has a published template, English at last; None: no template (A17).

    A regional language falls back to its own root first: `fr-CA` reads `fr`, and `zh-CN` reads `zh-Hans`.
    """
    for language in (*wanted, FALLBACK_LANGUAGE):
        for tag in (language, _WRITTEN_AS.get(language, ""), language.partition("-")[0]):
            if tag and tag in published:
                return tag
    return None


def content_of(
    company: Company,
    customer: tuple[str, str],
    contact: str,
    collector: Mailbox,
    listed: Listing,
    today: date,
) -> Content:
    """Put one message's data together."""
    return Content(
        company=company,
        customer_code=customer[0],
        customer_name=customer[1],
        contact_name=contact or customer[1],
        collector_name=collector.name or company.name,
        collector_email=collector.email,
        lines=tuple(line_of(item, today) for item in listed.items),
        also_due=tuple(line_of(item, today) for item in listed.also_due),
        amounts=listed.amounts,
        today=today,
    )


def with_account(content: Content, items: Sequence[Item], on: DayRules) -> Content:
    """The same with what the account owes besides: a text may list all that is overdue, or what falls due later."""
    later = oldest_first(item for item in items if item.due_on >= on.today and is_askable(item, on))
    return msgspec.structs.replace(
        content,
        overdue=tuple(line_of(item, content.today) for item in collectable(items, on)),
        not_due=tuple(line_of(item, content.today) for item in later),
    )


def line_of(item: Item, today: date) -> Line:
    """An item as a message lists it; credits are never late."""
    return Line(
        type=item.type,
        number=item.number,
        issued_on=item.issued_on,
        due_on=item.due_on,
        days_late=days_overdue(item.due_on, today) if item.open_amount > 0 else 0,
        open_amount=item.open_amount,
        currency=item.currency,
        customer=item.customer,
        spared=item.hold == "dispute",
    )


def by_account(content: Content, names: Mapping[CustomerId, str]) -> Content:
    """The same with its lines account by account, in the order of `names`; nothing is named where there is one."""
    if len(names) < 2:
        return content
    places = {customer: place for place, customer in enumerate(names)}

    def told(lines: Sequence[Line]) -> tuple[Line, ...]:
        named = [msgspec.structs.replace(line, account=names.get(line.customer, "")) for line in lines]
        return tuple(sorted(named, key=lambda line: places.get(line.customer, len(places))))

    return msgspec.structs.replace(content, **{part: told(getattr(content, part)) for part in _PARTS})


def without_interest(content: Content, spared: Collection[CustomerId]) -> Content:
    """The same where the lines of some customers bear no late interest (B8)."""
    if not spared:
        return content

    def told(lines: Sequence[Line]) -> tuple[Line, ...]:
        return tuple(msgspec.structs.replace(line, spared=line.spared or line.customer in spared) for line in lines)

    return msgspec.structs.replace(content, **{part: told(getattr(content, part)) for part in _PARTS})
