"""The relay of the mail bench, in a process of its own: it takes everything, and is the same for both clients."""

import asyncio
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection


class _Session(asyncio.Protocol):
    """The least that a client needs to be content."""

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
        line = bytes(self._bytes[: at if self._in_body else 4]).upper()
        del self._bytes[: at + len(end)]
        if not self._in_body and line == b"DATA":
            self._in_body = True
            self._transport.write(b"354 go\r\n")
            return True
        self._in_body = False
        self._transport.write(b"250-sink\r\n250 8BITMIME\r\n" if line == b"EHLO" else b"250 ok\r\n")
        if line == b"QUIT":
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
        server = await asyncio.get_running_loop().create_server(_Session, "127.0.0.1", 0)
        told.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(serve())
