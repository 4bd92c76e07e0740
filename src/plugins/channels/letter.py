"""Letters on paper: they are gathered in print batches, which a person hands over; nothing leaves by itself."""

from collections.abc import Awaitable, Callable
from typing import Any, ClassVar

import msgspec

from relance.plugins import Capabilities, Channel, Message, Outcome, hookimpl

api = 1


class Letters(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """There is nothing to set."""


settings_type = Letters


class LetterChannel:
    """Always ready: confirmed letters wait for their batch."""

    name: ClassVar[str] = "letter"
    label: ClassVar[str] = "Letters"
    capabilities: ClassVar[Capabilities] = Capabilities(
        automatic=True, subject=True, html=False, attachments=True, batched=True
    )

    def ready(self) -> str | None:
        """Paper needs no account."""
        return None

    async def carry(self, message: Message, about_to_send: Callable[[], Awaitable[bool]]) -> Outcome:
        """Not one by one: the letter stays confirmed until a batch takes it."""
        return Outcome(kind="retry-later", reason="print-batch")

    async def close(self) -> None:
        """Nothing is held open."""


@hookimpl
def provide_channels(settings: dict[str, Any]) -> list[Channel]:
    """The channel of letters."""
    msgspec.convert(settings, Letters)
    return [LetterChannel()]
