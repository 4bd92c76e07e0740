"""What an action is: a message of some kind, which a channel carries, or something that a person does."""

from typing import Literal

import msgspec

from relance.core.collection.segments import LONGEST

Kind = Literal["email", "sms", "letter", "call", "task"]
KINDS: tuple[Kind, ...] = ("email", "sms", "letter", "call", "task")
Reach = Literal["email", "mobile", "post"]


class MessageKind(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of message: what it takes of the customer, and what it can carry.

    `nobody` and `silent` are the public reasons that hold it: nobody can be reached this way, and no channel carries
    it. Every kind can leave by itself (A3).
    """

    reach: Reach
    nobody: str
    silent: str
    subject: bool = False
    html: bool = False
    attachments: bool = False
    copies: bool = False
    encloses: bool = False
    """Whether a step can send documents along with it."""
    one: bool = False
    """Whether it goes to the first who can be reached, and to nobody else."""
    longest: int = 0
    """How many signs its text may have; 0: no limit of its own."""
    own_sender: bool = False
    """Whether it comes from an address of the collector's own, which must be confirmed (A15)."""


MESSAGES: dict[str, MessageKind] = {
    "email": MessageKind(
        reach="email",
        nobody="no-collection-contact",
        silent="no-relay",
        subject=True,
        html=True,
        attachments=True,
        copies=True,
        encloses=True,
        own_sender=True,
    ),
    "sms": MessageKind(reach="mobile", nobody="no-mobile-number", silent="no-sms-account", one=True, longest=LONGEST),
    "letter": MessageKind(
        reach="post", nobody="no-postal-address", silent="no-letter-channel", subject=True, html=True, attachments=True
    ),
}
"""The kinds that a channel of the same name carries."""


def is_message(kind: str) -> bool:
    """Whether a channel carries it; calls and tasks are done by people."""
    return kind in MESSAGES


def channel_of(kind: str) -> str:
    """The channel that carries this kind; nothing for what people do."""
    return kind if kind in MESSAGES else ""


def carries(kind: str) -> MessageKind:
    """What a message of this kind can carry; what is no message counts as an email, whose words it may show."""
    return MESSAGES.get(kind, MESSAGES["email"])
