"""What we say to a relay once it has greeted us, and its answers byte by byte: what is not an exact reply is none."""

import asyncio
import re
from typing import Any

import aiosmtplib
import msgspec

_REPLY = re.compile(rb"(?:(\d{3})-[^\r\n]*\r\n)*(\d{3})(?: [^\r\n]*)?\r\n")
_CONTROL = re.compile(rb"[\x00-\x1f\x7f]")
_LONGEST = 65536


class Reply(msgspec.Struct, frozen=True):
    """A relay's answer; `code` is None where none came, or something else."""

    code: int | None
    text: str


class Dialogue(asyncio.Protocol):
    """Takes the place of the library's protocol as soon as the library has connected, greeted and signed in.

    The library reads a cut `25` as code 25, cannot tell `250` from `250garbage`, and says one command at a time; here
    only bytes of the exact form count, and everything else, a lost connection included, is a reply without a code.
    """

    def __init__(self, client: aiosmtplib.SMTP) -> None:
        transport: Any = client.transport
        self._client, self._before, self._transport = client, client.protocol, transport
        self._at_once = client.supports_extension("pipelining")
        self._bytes, self._over = bytearray(), False
        self._waiting: asyncio.Future[None] | None = None
        self._transport.set_protocol(self)

    @property
    def disturbed(self) -> bool:
        """Whether anything came out of turn, or the connection is at its end."""
        return bool(self._bytes) or self._over or self._transport.is_closing()

    async def ask(self, commands: list[bytes], seconds: float) -> list[Reply]:
        """Say these and read the answers: all at once where the relay takes it (RFC 2920), else each after the answer
        to the one before, and none after a no. Fewer answers than commands: the rest was not said."""
        if any(map(_CONTROL.search, commands)):
            raise ValueError("a command is one line")
        if self._at_once:
            self.write(b"".join(command + b"\r\n" for command in commands))
            return [await self.reply(seconds) for _ in commands]
        replies: list[Reply] = []
        for command in commands:
            self.write(command + b"\r\n")
            replies.append(await self.reply(seconds))
            if command.startswith(b"MAIL") and replies[0].code != 250:
                break
        return replies

    def write(self, data: bytes) -> None:
        """Say this, without waiting for an answer."""
        self._transport.write(data)

    async def reply(self, seconds: float) -> Reply:
        """The next answer; nothing in time counts as nothing, and nothing comes after it."""
        if not self._settled():
            self._waiting = asyncio.get_running_loop().create_future()
            late = asyncio.get_running_loop().call_later(seconds, self._end)
            try:
                await self._waiting
            finally:
                late.cancel()
                self._waiting = None
        found = _REPLY.match(self._bytes)
        text = bytes(self._bytes[: found.end() if found else 500][:500]).decode("ascii", "replace").strip()
        if found is None:
            self._over = True
            return Reply(None, text)
        code, end = int(found.group(2)), found.end()
        del self._bytes[:end]
        return Reply(code, text)

    def close(self) -> None:
        """Hang up."""
        self._over = True
        self._transport.close()
        self._client.close()

    def data_received(self, data: bytes) -> None:
        """Collect bytes until a whole reply, or what can never become one, is there."""
        self._bytes += data
        self._look()

    def eof_received(self) -> bool:
        """The other side says no more."""
        self._end()
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone; the library has to know too."""
        self._end()
        if self._before is not None:
            self._before.connection_lost(exc)

    def _end(self) -> None:
        self._over = True
        self._look()

    def _look(self) -> None:
        if self._waiting is not None and not self._waiting.done() and self._settled():
            self._waiting.set_result(None)

    def _settled(self) -> bool:
        """Whether there is an answer, or can be none any more."""
        if self._over or _REPLY.match(self._bytes):
            return True
        return len(self._bytes) > _LONGEST or not _may_become_reply(bytes(self._bytes))


def _may_become_reply(received: bytes) -> bool:
    """Whether more bytes could make it a reply: whole lines are continuations, the last one is not finished."""
    *lines, last = received.split(b"\r\n")
    if any(not re.fullmatch(rb"\d{3}-[^\r\n]*", line) for line in lines):
        return False
    return b"\n" not in last and re.match(rb"\d{0,3}\Z|\d{3}[ -]|\d{3}\r\Z", last) is not None
