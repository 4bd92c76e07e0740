"""The relay of the mail bench, in a process of its own: it takes everything, and is the same for both clients.

As a relay must, it has a message on disk before it answers 250.
"""

import asyncio
import multiprocessing
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import BinaryIO


class _Session(asyncio.Protocol):
    """The least that a client needs to be content."""

    def __init__(self, spool: BinaryIO) -> None:
        self._spool = spool

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport, self._bytes, self._in_body = transport, bytearray(), False
        transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        self._bytes += data
        while self._next():
            pass

    def _next(self) -> bool:
        end = b"\r\n.\r\n" if self._in_body else b"\r\n"
        at = self._bytes.find(end)
        if at < 0:
            return False
        line = bytes(self._bytes[:4]).upper()
        if self._in_body:
            self._spool.write(self._bytes[: at + len(end)])
            self._spool.flush()
            os.fsync(self._spool.fileno())
        del self._bytes[: at + len(end)]
        if not self._in_body and line == b"DATA":
            self._in_body = True
            self._transport.write(b"354 go\r\n")
            return True
        was_body, self._in_body = self._in_body, False
        self._transport.write(b"250-sink\r\n250 8BITMIME\r\n" if line == b"EHLO" and not was_body else b"250 ok\r\n")
        if line == b"QUIT" and not was_body:
            self._transport.close()
        return True


@contextmanager
def running_sink() -> Iterator[int]:
    """The port of a sink that lives as long as the block."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    try:
        yield ours.recv()
    finally:
        process.terminate()
        process.join()


def _serve(told: Connection) -> None:
    async def serve() -> None:
        with tempfile.TemporaryFile() as spool:
            server = await asyncio.get_running_loop().create_server(lambda: _Session(spool), "127.0.0.1", 0)
            told.send(server.sockets[0].getsockname()[1])
            await server.serve_forever()

    asyncio.run(serve())
