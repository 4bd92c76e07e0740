"""One connection over SFTP: the host's key is pinned before a name or password is sent."""

import asyncio
import stat
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import asyncssh

from relance.plugins import (
    MOST_ENTRIES,
    BadInput,
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
    SECONDS_OF_SILENCE,
    SECONDS_TO_CONNECT,
    Arriving,
    beside,
    host_of,
    other_names,
    port_of,
    telling,
)

_BLOCK = 1 << 20


class SftpSession:
    """One connection whose host is the one that a person accepted."""

    def __init__(self, client: asyncssh.SFTPClient, place: Place, identity: Identity) -> None:
        self._client, self._place, self.identity = client, place, identity
        self._host = host_of(place.settings)

    async def files(self, wanted: Callable[[str], bool]) -> list[RemoteFile]:
        """Plain files of the folder; links are left alone."""
        found: list[RemoteFile] = []
        with telling(self._host, asyncssh.Error):
            seen = 0
            async for entry in self._client.scandir(self._place.folder or "."):
                seen += 1
                if seen > MOST_ENTRIES:
                    raise TooLarge(f"the folder has more than {MOST_ENTRIES:,} entries; archive what was imported")
                name = entry.filename if isinstance(entry.filename, str) else entry.filename.decode(errors="replace")
                if wanted(name) and (file := await self._plain(name)):
                    found.append(file)
        return found

    async def fetch(self, name: str, to: Path) -> None:
        """Bring the file; its size must be the same before, after and here."""
        path = beside(self._place.folder, name)
        before = await self._plain(name)
        if before is None:
            raise TornDownload(f"{name} is no longer a plain file")
        with to.open("wb") as opened, telling(self._host, asyncssh.Error):
            arriving = Arriving(opened, name)
            async with self._client.open(path, "rb") as remote:
                while block := await asyncio.wait_for(remote.read(_BLOCK), SECONDS_OF_SILENCE):
                    assert isinstance(block, bytes)
                    arriving.write(block)
        if not before.size == arriving.bytes == getattr(await self._plain(name), "size", -1):
            raise TornDownload(f"{name}: {arriving.bytes:,} bytes arrived, {before.size:,} were announced")

    async def put_away(self, name: str) -> None:
        """Rename into the archive folder, never over another file."""
        archive = self._place.archive_folder
        if not archive:
            return
        with telling(self._host, asyncssh.Error):
            await self._client.makedirs(archive, exist_ok=True)
            for other in other_names(name):
                if not await self._client.lexists(beside(archive, other)):
                    await self._client.rename(beside(self._place.folder, name), beside(archive, other))
                    return
        raise Unreachable(f"the archive folder has {name} too often")

    async def _plain(self, name: str) -> RemoteFile | None:
        with telling(self._host, asyncssh.Error):
            seen = await self._client.lstat(beside(self._place.folder, name))
        if not stat.S_ISREG(seen.permissions or 0) or seen.size is None:
            return None
        changed = datetime.fromtimestamp(seen.mtime, UTC) if seen.mtime is not None else None
        return RemoteFile(name=name, size=seen.size, modified_at=changed)


@asynccontextmanager
async def opened(place: Place) -> AsyncIterator[SftpSession]:
    """Connect: the key first, then the name and the secret."""
    connection, identity = await _connected(place)
    try:
        with telling(host_of(place.settings), asyncssh.Error):
            client = await asyncio.wait_for(connection.start_sftp_client(), SECONDS_TO_CONNECT)
        yield SftpSession(client, place, identity)
    finally:
        connection.abort()
        await connection.wait_closed()


class _Host(asyncssh.SSHClient):
    """Remembers the key that the host showed, and trusts none that is not pinned."""

    shown: asyncssh.SSHKey | None = None

    def validate_host_public_key(self, host: str, addr: str, port: int, key: asyncssh.SSHKey) -> bool:
        """Asked only for a key that is not the pinned one."""
        self.shown = key
        return False


async def _connected(place: Place) -> tuple[asyncssh.SSHClientConnection, Identity]:
    host, name = _Host(), host_of(place.settings)
    try:
        with telling(name, asyncssh.Error):
            return await _dial(place, host, place.trusted)
    except Unreachable as broken:
        await _refuse_another(place, host)
        if isinstance(broken.__cause__, asyncssh.PermissionDenied):
            raise Unreachable(f"{name} refuses the user or the secret") from broken
        raise


async def _refuse_another(place: Place, host: _Host) -> None:
    """Raise UnknownHost or HostChanged where the host's key is why it went wrong.

    A host that has no key of the pinned kind any more breaks off before it shows one, so it is asked once again.
    """
    if host.shown is None and place.trusted:
        with suppress(Unreachable), telling(host_of(place.settings), asyncssh.Error):
            await _dial(place, host, "")
    if host.shown is None:
        return
    identity = _identity(host.shown)
    if not place.trusted:
        raise UnknownHost(identity)
    if identity.key.split()[:2] != place.trusted.split()[:2]:
        raise HostChanged(identity)


async def _dial(place: Place, client: _Host, trusted: str) -> tuple[asyncssh.SSHClientConnection, Identity]:
    name, pinned = host_of(place.settings), [asyncssh.import_public_key(trusted)] if trusted else []
    own: dict[str, object] = {"password": place.secret, "client_keys": None}
    if place.secret.lstrip().startswith("-----BEGIN"):
        own = {"password": None, "client_keys": [_private_key(place.secret)]}
    connection = await asyncssh.connect(
        name,
        port_of(place.settings, 22),
        username=place.settings.get("user", ""),
        known_hosts=(pinned, [], []),
        client_factory=lambda: client,
        config=None,
        agent_path=None,
        gss_host=None,
        connect_timeout=SECONDS_TO_CONNECT,
        login_timeout=SECONDS_TO_CONNECT,
        keepalive_interval=15,
        **own,
    )
    return connection, _identity(pinned[0])


def _identity(key: asyncssh.SSHKey) -> Identity:
    return Identity(key.export_public_key("openssh").decode().strip(), key.get_fingerprint())


def _private_key(text: str) -> asyncssh.SSHKey:
    try:
        return asyncssh.import_private_key(text)
    except (asyncssh.KeyImportError, asyncssh.KeyEncryptionError) as bad:
        raise BadInput("the private key cannot be read; it must have no passphrase") from bad
