"""The outbox folder: messages become files instead of leaving, for the demo and for trials (A25)."""

import asyncio
import hashlib
import os
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, ClassVar

import msgspec

from relance.plugins import Capabilities, Channel, Message, Outcome, failpoint, hookimpl
from relance.plugins.channels.mime import BadMessage, mime
from relance.plugins.channels.plain import plain

api = 1

_UNSAFE = re.compile(r"[^A-Za-z0-9@._-]")


class Outbox(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where messages are written; without a folder the channel stands aside."""

    folder: str | None = None


settings_type = Outbox


class OutboxChannel:
    """Writes each message as one file, whole or not at all: a letter as `.pdf`, an SMS as `.txt`, others as `.eml`."""

    name: ClassVar[str] = "outbox"
    label: ClassVar[str] = "Outbox folder"
    capabilities: ClassVar[Capabilities] = Capabilities(
        automatic=True, subject=True, html=True, attachments=True, concurrency=4
    )

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def ready(self) -> str | None:
        """None where a folder is named: it then takes the place of every channel."""
        return None if self._folder else "no-outbox"

    async def carry(self, message: Message, about_to_send: Callable[[], Awaitable[bool]]) -> Outcome:
        """Write the file beside, commit, then rename it into place."""
        try:
            body, ending, raw = _file_of(message)
        except BadMessage as bad:
            return Outcome(kind="refused", reason=bad.code, reply=bad.detail)
        beside = await asyncio.to_thread(self._write_beside, message.message_id, body)
        if not await about_to_send():
            beside.unlink()
            return Outcome(kind="retry-later", reason="withdrawn")
        kept = beside.with_suffix(ending)
        beside.replace(kept)
        failpoint("data.sent")
        return Outcome(kind="accepted", reply=f"written {kept.name}", raw=raw)

    async def close(self) -> None:
        """Nothing is held open."""

    def _write_beside(self, message_id: str, body: bytes) -> Path:
        if self._folder is None:
            raise ValueError("no folder is named")
        self._folder.mkdir(parents=True, exist_ok=True)
        beside = self._folder / (_UNSAFE.sub("_", message_id.strip("<>")) + ".part")
        with beside.open("wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        return beside


def _file_of(message: Message) -> tuple[bytes, str, str]:
    """The content of the file, the ending of its name, and what is remembered of it; raises BadMessage."""
    if message.kind == "letter":
        letter = next((one for one in message.attachments if one.media_type == "application/pdf"), None)
        if letter is None:
            raise BadMessage("a letter without its pages")
        return letter.content, ".pdf", f"sha256 {hashlib.sha256(letter.content).hexdigest()}"
    body, ending = (plain(message), ".txt") if message.kind == "sms" else (mime(message), ".eml")
    return body, ending, body.decode("utf-8")


@hookimpl
def provide_channels(settings: dict[str, Any]) -> list[Channel]:
    """The channel to the folder that `settings` name, if any."""
    folder = msgspec.convert(settings, Outbox).folder
    return [OutboxChannel(Path(folder) if folder else None)]
