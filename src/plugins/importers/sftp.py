"""SFTP: files over SSH."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, ClassVar

from relance.plugins import FetcherSetting, Place
from relance.plugins.importers.connections import DONE_MARKER, HOST, USER, port_setting

if TYPE_CHECKING:
    from relance.plugins.importers.sftp_sessions import SftpSession


class Sftp:
    """Fetches over SFTP, with a password or a private key."""

    name: ClassVar[str] = "sftp"
    label: ClassVar[str] = "SFTP"
    asks_for: ClassVar[str] = "Password or private key"
    folders: ClassVar[bool] = True
    settings: ClassVar[tuple[FetcherSetting, ...]] = (HOST, port_setting(22), USER, DONE_MARKER)

    @asynccontextmanager
    async def open(self, place: Place) -> "AsyncIterator[SftpSession]":
        """Connect: the key first, then the name and the secret."""
        # asyncssh runs the linker when it is imported: no command that opens no connection need wait for that
        from relance.plugins.importers.sftp_sessions import opened

        async with opened(place) as session:
            yield session
