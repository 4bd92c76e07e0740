"""The mailbox into which undeliverable mail comes back, and who can read such reports."""

from collections.abc import Sequence
from typing import Protocol

import msgspec

from relance.core.collection.answers import Answer
from relance.core.collection.bounces import Returned


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """A message in the mailbox. `recipients` are the addresses that its envelope named; `content` may be cut off."""

    key: str
    recipients: tuple[str, ...]
    content: bytes


class Mailbox(Protocol):
    """Letters that nobody of ours has read. It never answers any of them."""

    def unread(self, limit: int) -> Sequence[Letter]:
        """The oldest letters; raises MailboxClosed where it cannot be looked into."""
        ...

    def done(self, keys: Sequence[str]) -> None:
        """These are read; they stay in the mailbox."""
        ...

    def close(self) -> None:
        """Give the connection back."""
        ...


class Reports(Protocol):
    """Reads reports of delivery out of letters, without believing anything else in them."""

    def read(self, content: bytes) -> tuple[Returned, ...]:
        """What a letter reports; nothing for any other letter, however torn."""
        ...

    def answer(self, content: bytes) -> Answer | None:
        """What a person wrote; None for letters of machines, and for torn ones."""
        ...
