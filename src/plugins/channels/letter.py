"""Letters on paper: gathered in print batches, which a person hands over, or given to a print service one by one."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, ClassVar

import msgspec

from relance.plugins import Attachment, Capabilities, Channel, Message, Outcome, hookimpl
from relance.plugins.channels.print_api import PrintApi, PrintApiChannel
from relance.plugins.channels.print_service import PrintPlace, checked_place, hand_over

api = 1


class Paper(PrintPlace, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a print service takes batches, or, with `api_url`, the address at which one takes letters."""

    api_url: str | None = None
    api_token: str = ""
    env: str = "production"
    """`test` allows an address of this machine."""


settings_type = Paper


class LetterChannel:
    """Always ready: confirmed letters wait for their batch."""

    name: ClassVar[str] = "letter"
    label: ClassVar[str] = "Letters"
    capabilities: ClassVar[Capabilities] = Capabilities(
        automatic=True, subject=True, html=False, attachments=True, batched=True
    )

    def __init__(self, place: PrintPlace | None = None) -> None:
        self._place = place or PrintPlace()

    @property
    def service(self) -> str:
        """The print service that takes batches; empty where there is none."""
        return self._place.host or ""

    async def hand_over(self, files: Sequence[Attachment]) -> str:
        """Bring a batch to the print service; raises NotTaken."""
        return await hand_over(self._place, files)

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
    """The channel of letters, with the print service that `settings` name, if any."""
    paper = msgspec.convert(settings, Paper, strict=False)
    if paper.api_url:
        return [PrintApiChannel(PrintApi(url=paper.api_url, token=paper.api_token), in_test=paper.env == "test")]
    return [LetterChannel(checked_place(paper))]
