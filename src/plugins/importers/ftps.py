"""FTPS and FTP. A certificate that no authority signed is pinned, as SSH pins a host's key."""

import asyncio
import hashlib
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

import aioftp

from relance.plugins import (
    MOST_ENTRIES,
    FetcherSetting,
    HostChanged,
    Identity,
    Place,
    RemoteFile,
    TooLarge,
    TornDownload,
    UnknownHost,
    Unreachable,
)
from relance.plugins.importers.connections import (
    DONE_MARKER,
    HOST,
    SECONDS_OF_SILENCE,
    SECONDS_TO_CONNECT,
    USER,
    Arriving,
    beside,
    host_of,
    other_names,
    port_of,
    port_setting,
    telling,
)

_BLOCK = 1 << 18


class FtpSession:
    """One connection, with or without TLS."""

    def __init__(self, client: "_Client", place: Place, identity: Identity | None) -> None:
        self._client, self._place, self.identity = client, place, identity
        self._host = host_of(place.settings)

    async def files(self, wanted: Callable[[str], bool]) -> list[RemoteFile]:
        """Plain files of the folder; links are left alone."""
        found: list[RemoteFile] = []
        with telling(self._host, aioftp.AIOFTPException, ValueError, KeyError):
            seen = 0
            async for path, info in self._client.list(self._place.folder):
                seen += 1
                if seen > MOST_ENTRIES:
                    raise TooLarge(f"the folder has more than {MOST_ENTRIES:,} entries; archive what was imported")
                if info.get("type") == "file" and wanted(path.name):
                    found.append(_file(path.name, info))
        return found

    async def fetch(self, name: str, to: Path) -> None:
        """Bring the file; as many bytes must arrive as are listed afterwards."""
        with to.open("wb") as opened, telling(self._host, aioftp.AIOFTPException):
            arriving = Arriving(opened, name)
            async with self._client.download_stream(beside(self._place.folder, name)) as stream:
                async for block in stream.iter_by_block(_BLOCK):
                    arriving.write(block)
        listed = await self.files(lambda other: other == name)
        if not listed or listed[0].size != arriving.bytes:
            announced = listed[0].size if listed else 0
            raise TornDownload(f"{name}: {arriving.bytes:,} bytes arrived, {announced:,} are listed")

    async def put_away(self, name: str) -> None:
        """Rename into the archive folder, never over another file."""
        archive = self._place.archive_folder
        if not archive:
            return
        with telling(self._host, aioftp.AIOFTPException, ValueError, KeyError):
            await self._client.make_directory(archive)
            there = {path.name async for path, _ in self._client.list(archive)}
            free = next((other for other in other_names(name) if other not in there), None)
            if free is not None:
                await self._client.rename(beside(self._place.folder, name), beside(archive, free))
                return
        raise Unreachable(f"the archive folder has {name} too often")


class Ftps:
    """Fetches over FTP with TLS, which must be there before the user's name is sent."""

    name: ClassVar[str] = "ftps"
    label: ClassVar[str] = "FTPS"
    asks_for: ClassVar[str] = "Password"
    folders: ClassVar[bool] = True
    settings: ClassVar[tuple[FetcherSetting, ...]] = (
        HOST,
        port_setting(21),
        USER,
        DONE_MARKER,
        FetcherSetting(
            name="tls",
            label="TLS begins",
            default="asked",
            choices=("asked", "at-once"),
            help="asked: after AUTH TLS, the usual way; at-once: the old way of port 990.",
        ),
    )

    @asynccontextmanager
    async def open(self, place: Place) -> AsyncIterator[FtpSession]:
        """Connect: the certificate first, then the name and the password."""
        context = _trusting(place.trusted)
        at_once = place.settings.get("tls") == "at-once"
        client = _Client(ssl=context if at_once else None)
        try:
            await _secured(client, place, context, at_once)
            shown = client.stream.writer.get_extra_info("ssl_object").getpeercert(True)
            await _logged_in(client, place)
            yield FtpSession(client, place, _identity(shown))
        finally:
            await client.leave()


class Ftp:
    """Fetches over plain FTP: everybody on the way can read the password and the files."""

    name: ClassVar[str] = "ftp"
    label: ClassVar[str] = "FTP, not encrypted"
    asks_for: ClassVar[str] = "Password"
    folders: ClassVar[bool] = True
    settings: ClassVar[tuple[FetcherSetting, ...]] = (HOST, port_setting(21), USER, DONE_MARKER)

    @asynccontextmanager
    async def open(self, place: Place) -> AsyncIterator[FtpSession]:
        """Connect."""
        client = _Client()
        try:
            with telling(host_of(place.settings), aioftp.AIOFTPException):
                await client.connect(host_of(place.settings), port_of(place.settings, 21))
            await _logged_in(client, place)
            yield FtpSession(client, place, None)
        finally:
            await client.leave()


class _Client(aioftp.Client):
    """Knows its connections, so that none is left open behind it."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            socket_timeout=SECONDS_OF_SILENCE,
            connection_timeout=SECONDS_TO_CONNECT,
            path_timeout=SECONDS_OF_SILENCE,
            **more,
        )
        self._writers: list[asyncio.StreamWriter] = []

    async def _open_connection(self, host: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        reader, writer = await super()._open_connection(host, port)
        self._writers.append(writer)
        return reader, writer

    async def leave(self) -> None:
        """Everything that matters was answered; a host that says nothing more is not waited for."""
        for writer in self._writers:
            writer.transport.abort()
        closing = asyncio.gather(*(writer.wait_closed() for writer in self._writers), return_exceptions=True)
        with suppress(TimeoutError):
            await asyncio.wait_for(closing, 2)


async def _secured(client: _Client, place: Place, context: ssl.SSLContext, at_once: bool) -> None:
    """TLS with a certificate that an authority signed for this host, or with the pinned one."""
    host, port = host_of(place.settings), port_of(place.settings, 990 if at_once else 21)
    with telling(host, aioftp.AIOFTPException):
        try:
            await client.connect(host, port)
            if not at_once:
                await client.upgrade_to_tls(context)
        except ssl.SSLCertVerificationError as other:
            raise _not_trusted(place, await _shown(place, at_once)) from other


async def _logged_in(client: _Client, place: Place) -> None:
    host = host_of(place.settings)
    with telling(host):
        try:
            await client.login(place.settings.get("user", ""), place.secret)
        except aioftp.StatusCodeError as refused:
            raise Unreachable(f"{host} refuses the user or the password") from refused


async def _shown(place: Place, at_once: bool) -> Identity:
    """The certificate that the host shows, looked at in a connection that says nothing of ours."""
    unchecked = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    unchecked.check_hostname, unchecked.verify_mode = False, ssl.CERT_NONE
    client = _Client(ssl=unchecked if at_once else None)
    try:
        await client.connect(host_of(place.settings), port_of(place.settings, 990 if at_once else 21))
        if not at_once:
            await client.upgrade_to_tls(unchecked)
        return _identity(client.stream.writer.get_extra_info("ssl_object").getpeercert(True))
    finally:
        await client.leave()


def _trusting(pinned: str) -> ssl.SSLContext:
    """Trusts the pinned certificate and no other, or else the usual authorities."""
    if not pinned:
        return ssl.create_default_context()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.check_hostname = False  # the certificate itself is known, whatever name it bears
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    context.load_verify_locations(cadata=pinned)
    return context


def _not_trusted(place: Place, identity: Identity) -> HostChanged | UnknownHost:
    return HostChanged(identity) if place.trusted else UnknownHost(identity)


def _identity(certificate: bytes) -> Identity:
    digest = hashlib.sha256(certificate).hexdigest().upper()
    pairs = ":".join(digest[at : at + 2] for at in range(0, len(digest), 2))
    return Identity(ssl.DER_cert_to_PEM_cert(certificate), f"SHA256:{pairs}")


def _file(name: str, info: Any) -> RemoteFile:
    changed = str(info.get("modify", ""))[:14]
    at = datetime.strptime(changed, "%Y%m%d%H%M%S").replace(tzinfo=UTC) if len(changed) == 14 else None
    return RemoteFile(name=name, size=int(info.get("size", -1)), modified_at=at)
