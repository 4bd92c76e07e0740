"""What a channel is: it carries a finished message, says what became of it, and never decides whether it should go."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import ClassVar, Literal, Protocol, runtime_checkable

import msgspec

OutcomeKind = Literal["accepted", "retry-later", "refused", "unknown"]


class Address(msgspec.Struct, frozen=True, omit_defaults=True):
    """A name to show, and what the channel needs to reach it: a mailbox, a phone number in E.164, or an address."""

    name: str
    email: str
    phone: str = ""
    lines: tuple[str, ...] = ()
    """Of a letter's address, without the name."""

    @property
    def at(self) -> str:
        """Where it is reached, on one line."""
        return self.email or self.phone or ", ".join(self.lines)


class Attachment(msgspec.Struct, frozen=True, omit_defaults=True):
    """A document that travels with a message, byte for byte as it was frozen."""

    name: str
    media_type: str
    content: bytes
    ref: str = ""
    """The SHA-256 by which the archive knows it; a channel gets its content besides."""
    length: int = 0

    @property
    def size(self) -> int:
        """In bytes, also while the content is in the archive."""
        return self.length or len(self.content)


class Signature(msgspec.Struct, frozen=True):
    """Who answers for a message: a domain, and the key behind a selector of it. It is never kept with the message."""

    domain: str
    selector: str
    private: str

    def __repr__(self) -> str:
        """Without the key: traces of errors are read by many."""
        return f"Signature({self.domain!r}, {self.selector!r})"


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """A finished message of one action, as it was frozen. Nothing is computed from it any more."""

    action: str
    """`ID.GENERATION`, as in X-Relance-Action."""
    kind: str = "email"
    """`email`, `sms` or `letter`; the outbox folder carries them all (A25)."""
    message_id: str
    to: tuple[Address, ...]
    cc: tuple[Address, ...] = ()
    sender: Address
    reply_to: Address | None = None
    answers_to: str = ""
    """A mailbox of ours that gets answers too: it names the message, as `mail_from` does."""
    mail_from: str
    subject: str
    html: str
    text: str
    language: str
    attachments: tuple[Attachment, ...] = ()
    registered: bool = False
    """Of a letter: it goes as registered mail."""
    date: datetime | None = None
    """When it leaves; not a part of what was frozen."""
    signature: Signature | None = None
    """Put on as it leaves."""
    tenant: str = ""
    """Whose it is, by its code; a channel may have several ways out."""
    follows: tuple[str, ...] = ()
    """Message-IDs of the account's earlier messages, the oldest first: its mailbox shows them as one thread."""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one attempt. `reply` is the other side's answer; `warnings` name left-out recipients.

    `accepted`: the other side took it. `retry-later`: certainly not taken, may be later. `refused`: certainly not
    taken, and never will. `unknown`: nobody can tell; a person decides.
    """

    kind: OutcomeKind
    reply: str = ""
    reason: str = ""
    warnings: tuple[str, ...] = ()
    raw: str = ""
    """What was really handed over, where it was."""
    tracking: str = ""
    """The post's number of a registered letter, where the other side gives it."""
    cost: str = ""
    """What the other side takes for it, as `0.0750 USD`, where it says so."""


class Capabilities(msgspec.Struct, frozen=True, kw_only=True):
    """What the channel can do: run without a person, carry a subject, HTML, attachments."""

    automatic: bool
    subject: bool
    html: bool
    attachments: bool = False
    concurrency: int = 1
    batched: bool = False
    """Gathered in print batches, which a person hands over, instead of carried one by one."""


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What the other side tells later of a message that it took. `event` is the same for a report that comes twice.

    `status`: `on-its-way`, `delivered` or `undelivered`; `reference` is the other side's own name of the message.
    """

    event: str
    status: Literal["on-its-way", "delivered", "undelivered"]
    reference: str = ""
    detail: str = ""
    cost: str = ""


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody answered to a message. `event` is the same for one that comes twice; `number` is in E.164.

    `stops`: the other side itself took it as a wish for no more.
    """

    event: str
    number: str
    text: str
    stops: bool = False


class Channel(Protocol):
    """A plugin that carries messages."""

    name: ClassVar[str]
    label: ClassVar[str]
    capabilities: ClassVar[Capabilities]

    def ready(self) -> str | None:
        """None, or the public reason for which nothing can leave, such as `no-relay`."""
        ...

    async def carry(self, message: Message, about_to_send: Callable[[], Awaitable[bool]]) -> Outcome:
        """Carry one message.

        Awaits `about_to_send` once, right before the first byte that cannot be taken back: it commits the state
        `sending`, and answers False where the message must not leave any more (the outcome is then `retry-later`).
        """
        ...

    async def close(self) -> None:
        """Give connections back."""
        ...


@runtime_checkable
class Reporting(Protocol):
    """A channel whose other side tells later what became of a message, by a request to an address that it carried."""

    def report(self, address: str, fields: Mapping[str, str], signature: str) -> Report | None:
        """What the request reports; None unless its signature is the other side's (T6)."""
        ...


@runtime_checkable
class Answered(Protocol):
    """A channel whose other side brings what people answer."""

    def reply(self, address: str, fields: Mapping[str, str], signature: str) -> Reply | None:
        """What the request says; None unless its signature is the other side's (T6)."""
        ...


@runtime_checkable
class Searching(Protocol):
    """A channel that can ask the other side whether it took a message of which nobody can tell."""

    name: ClassVar[str]

    def ready(self) -> str | None:
        """None, or why it cannot ask."""
        ...

    async def search(self, message: Message) -> Report | None:
        """What the other side has of the message that was tried at its date; None for nothing that is surely it."""
        ...


@runtime_checkable
class HandsOver(Protocol):
    """A channel of print batches that brings them to a print service."""

    @property
    def service(self) -> str:
        """The name of the service; empty where there is none."""
        ...

    async def hand_over(self, files: Sequence[Attachment]) -> str:
        """Bring the files, and return what is to be remembered.

        Raises RelanceError where they were not taken for sure; bringing the same files again gives none of them twice.
        """
        ...


OUTBOX = "outbox"


def carrier(channels: Sequence[Channel], name: str) -> Channel | None:
    """The channel that carries for `name`; the outbox folder wins wherever it is set (A25)."""
    by_name = {channel.name: channel for channel in channels}
    outbox = by_name.get(OUTBOX)
    if outbox is not None and outbox.ready() is None:
        return outbox
    return by_name.get(name)
