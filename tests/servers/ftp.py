"""A real FTP server, with or without TLS."""

import asyncio
import ssl
from pathlib import Path

import aioftp
import trustme

from tests.servers.loops import Loop

USER, PASSWORD = "erp", "open sesame"


class FtpPlace:
    """Serves a folder; `tls` is `asked` (AUTH TLS), `at-once`, or nothing. The certificate is of nobody known."""

    def __init__(self, folder: Path, tls: str = "") -> None:
        self.folder, self.tls, self.port = folder, tls, 0
        self._loop, self._server, self._door = Loop(), None, None
        self.authority = trustme.CA()
        self.start()

    def start(self) -> None:
        self._loop.run(self._listen())

    def stop(self) -> None:
        if self._server is not None:
            self._loop.run(self._closed())
            self._server = None

    def end(self) -> None:
        self.stop()
        self._loop.end()

    def another_certificate(self) -> None:
        self.stop()
        self.authority = trustme.CA()
        self.start()

    @property
    def settings(self) -> dict[str, str]:
        given = {"host": "127.0.0.1", "port": str(self.port), "user": USER}
        return given | ({"tls": self.tls} if self.tls else {})

    async def _listen(self) -> None:
        user = aioftp.User(USER, PASSWORD, base_path=self.folder)
        context = self._context() if self.tls else None
        self._server = aioftp.Server([user], ssl=context if self.tls == "at-once" else None)
        await self._server.start("127.0.0.1", 0 if self.tls == "asked" else self.port)
        if self.tls == "asked":
            self._server.ssl = context  # for data from now on; the door in front secures the commands
            self._door = _Door(context, self._server.server_port)
            await self._door.start(self.port)
        self.port = (self._door or self._server).server_port

    async def _closed(self) -> None:
        if self._door is not None:
            await self._door.close()
            self._door = None
        for connection in self._server.connections.values():
            connection.command_connection.writer.transport.abort()
        await asyncio.sleep(0.05)
        await self._server.close()

    def _context(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.authority.issue_cert("ftp.example.com").configure_cert(context)
        return context


class _Door:
    """What aioftp's server lacks: AUTH TLS. Speaks TLS with the client and plainly with the server behind it."""

    def __init__(self, context: ssl.SSLContext, behind: int) -> None:
        self._context, self._behind = context, behind

    async def start(self, port: int) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", port)
        self.server_port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        self._server.close()
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", self._behind)
        answering = asyncio.create_task(self._answers(inner_reader, writer))
        try:
            while line := await reader.readline():
                if line.startswith(b"AUTH"):
                    writer.write(b"234 begin\r\n")
                    await writer.drain()
                    await writer.start_tls(self._context)
                elif line.startswith((b"PBSZ", b"PROT")):
                    writer.write(b"200 yes\r\n")
                else:
                    inner_writer.write(line)
        except (OSError, ssl.SSLError):
            pass  # the client did not like our certificate
        finally:
            answering.cancel()
            inner_writer.close()
            writer.close()

    async def _answers(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while line := await reader.readline():
            writer.write(line)
