"""An SMTP server of the tests' own: it writes down what it accepts before it says so, and fails on request.

`python -m tests.sink LEDGER [RULES]` serves on a free port and prints it. A rule is `{"at", "do", "to", "times"}`: `at`
is greet, mail, rcpt, data or dot; `do` is a reply such as `451`, or drop, rst, cut, garbage, hang, or slow, which waits
for `seconds` and goes on.
"""

import asyncio
import json
import os
import re
import socket
import struct
import sys
import time
from email import message_from_bytes
from pathlib import Path
from typing import Any

_SLOWLY = 0.3


class Sink:
    """Accepted messages are lines of the ledger: recipients, action, Message-ID, whether the client was told."""

    def __init__(self, ledger: Path, rules: list[dict[str, Any]] | None = None) -> None:
        self._ledger = ledger
        self.rules = rules or []
        self.accepted: list[dict[str, Any]] = []
        self.raw: list[bytes] = []
        self.rejected = 0
        self.connections = 0

    async def session(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            await self._talk(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        sender, to = "", []
        if await self._trip(writer, "greet", ""):
            return
        writer.write(b"220 sink\r\n")
        while line := await reader.readline():
            verb = line.decode().strip()
            word = verb[:4].upper()
            if word == "EHLO":
                writer.write(b"250-sink\r\n250 8BITMIME\r\n")
            elif word in {"MAIL", "RCPT", "DATA"}:
                address = (re.search("<(.*?)>", verb) or ["", ""])[1]
                if await self._trip(writer, word.lower(), address or (to or [""])[0]):
                    if writer.is_closing():
                        return
                    continue
                if word == "MAIL":
                    sender, to = address, []
                if word == "RCPT":
                    to.append(address)
                if word == "DATA":
                    writer.write(b"354 go\r\n")
                    if not await self._body(reader, writer, sender, to):
                        return
                else:
                    writer.write(b"250 ok\r\n")
            elif word == "QUIT":
                writer.write(b"221 bye\r\n")
                return
            else:
                writer.write(b"250 ok\r\n")

    async def _body(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, sender: str, to: list[str]
    ) -> bool:
        lines = []
        while (line := await reader.readline()) != b".\r\n":
            if not line:
                return False
            lines.append(line[1:] if line.startswith(b".") else line)
        raw = b"".join(lines)
        rule = self._rule("dot", to[0])
        if rule and rule["do"].isdigit():
            self.rejected += 1
            writer.write(f"{rule['do']} no\r\n".encode())
            return True
        message = message_from_bytes(raw)
        self._accept(sender, to, message, raw, rule["do"] if rule else "")
        if rule:
            return await self._after(writer, rule)
        writer.write(b"250 queued\r\n")
        return True

    def _accept(self, sender: str, to: list[str], message: Any, raw: bytes, fault: str) -> None:
        row = {
            "from": sender,
            "to": to,
            "message_id": message["Message-ID"],
            "action": message["X-Relance-Action"],
            "fault": fault,
            "at": time.time(),
        }
        self.accepted.append(row)
        self.raw.append(raw)
        with self._ledger.open("a") as ledger:
            ledger.write(json.dumps(row) + "\n")

    async def _after(self, writer: asyncio.StreamWriter, rule: dict[str, Any]) -> bool:
        deed = rule["do"]
        if deed == "slow":
            await asyncio.sleep(rule.get("seconds", _SLOWLY))
            writer.write(b"250 queued\r\n")
            return True
        if deed == "cut":
            writer.write(b"25")
        if deed == "garbage":
            writer.write(b"\x16\x03\x01 no smtp\r\n")
        if deed == "hang":
            await asyncio.sleep(60)
        await self._trip_deed(writer, deed)
        return False

    async def _trip(self, writer: asyncio.StreamWriter, at: str, address: str) -> bool:
        rule = self._rule(at, address)
        if rule is None:
            return False
        if rule["do"] == "slow":
            await asyncio.sleep(rule.get("seconds", _SLOWLY))
            return False
        await self._trip_deed(writer, rule["do"])
        return True

    async def _trip_deed(self, writer: asyncio.StreamWriter, deed: str) -> None:
        if deed.isdigit():
            self.rejected += 1
            writer.write(f"{deed} no\r\n".encode())
            if deed == "421":
                writer.close()
            return
        if deed == "rst":
            sock = writer.get_extra_info("socket")
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.transport.abort()
            return
        await writer.drain()
        writer.close()

    def _rule(self, at: str, address: str) -> dict[str, Any] | None:
        for rule in self.rules:
            if rule["at"] == at and re.search(rule.get("to", ""), address) and rule.get("times", 1) > 0:
                rule["times"] = rule.get("times", 1) - 1
                return rule
        return None


async def serve(ledger: Path, rules: list[dict[str, Any]]) -> None:
    sink = Sink(ledger, rules)
    server = await asyncio.start_server(sink.session, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    parent = os.getppid()
    while os.getppid() == parent:
        await asyncio.sleep(0.5)


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), json.loads(sys.argv[2]) if len(sys.argv) > 2 else []))
