"""The answer to the final dot, read byte by byte: what is not an exact reply is no reply."""

import asyncio
import re
from typing import Any

_REPLY = re.compile(rb"(?:(\d{3})-[^\r\n]*\r\n)*(\d{3})(?: [^\r\n]*)?\r\n")
_LONGEST = 65536


class FinalReply(asyncio.Protocol):
    """Takes the place of the library's protocol from the moment of 354 until the answer to the dot.

    The library reads a cut `25` as code 25 and cannot tell `250` from `250garbage`; here only bytes of the exact form
    count, and everything else, a lost connection included, leaves `code` None.
    """

    def __init__(self, before: Any) -> None:
        self._before, self._bytes = before, bytearray()
        self._arrived = asyncio.Event()
        self.code: int | None = None
        self.clean = True

    @property
    def disturbed(self) -> bool:
        """Whether anything happened already: words out of turn, or the end of the connection."""
        return self._arrived.is_set()

    @property
    def text(self) -> str:
        """What came, as far as it can be shown."""
        return bytes(self._bytes[:500]).decode("ascii", "replace").strip()

    async def wait(self, seconds: float) -> None:
        """Wait for an answer or its end; nothing in time counts as nothing."""
        late = asyncio.get_running_loop().call_later(seconds, self._end)
        try:
            await self._arrived.wait()
        finally:
            late.cancel()

    def data_received(self, data: bytes) -> None:
        """Collect bytes until a whole reply, or what can never become one, is there."""
        self._bytes += data
        found = _REPLY.match(self._bytes)
        if found:
            self.code = int(found.group(2))
            self.clean = found.end() == len(self._bytes)
            self._arrived.set()
        elif len(self._bytes) > _LONGEST or not _may_become_reply(bytes(self._bytes)):
            self.clean = False
            self._arrived.set()

    def eof_received(self) -> bool:
        """The other side says no more."""
        self._end()
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone; the library has to know too."""
        self._end()
        self._before.connection_lost(exc)

    def pause_writing(self) -> None:
        """The transport's buffer is full."""
        self._before.pause_writing()

    def resume_writing(self) -> None:
        """The transport's buffer drains."""
        self._before.resume_writing()

    def _end(self) -> None:
        self.clean = False
        self._arrived.set()


def _may_become_reply(received: bytes) -> bool:
    """Whether more bytes could make it a reply: whole lines are continuations, the last one is not finished."""
    *lines, last = received.split(b"\r\n")
    if any(not re.fullmatch(rb"\d{3}-[^\r\n]*", line) for line in lines):
        return False
    return b"\n" not in last and re.match(rb"\d{0,3}\Z|\d{3}[ -]|\d{3}\r\Z", last) is not None
