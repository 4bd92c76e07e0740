"""A print service that takes files over SFTP: its key is pinned, and a file is there whole or not at all."""

from collections.abc import Sequence

import asyncssh
import msgspec

from relance.plugins import Attachment, BadInput, RelanceError

_SECONDS = 30


class NotTaken(RelanceError):
    """The print service did not take the files; trying again is safe, what it has is not given twice."""

    code = "print-service"
    status = 502


class PrintPlace(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a print service takes files. `host_key` is its fingerprint, `SHA256:...`; without a host there is none."""

    host: str | None = None
    port: int = 22
    user: str = ""
    password: str = ""
    host_key: str = ""
    folder: str = "."


def checked_place(place: PrintPlace) -> PrintPlace:
    """The same; raises BadInput for a host without a pinned key."""
    if place.host and not place.host_key.startswith("SHA256:"):
        raise BadInput("host_key: the fingerprint of the print service's key, SHA256:..., without it nothing is sent")
    return place


async def hand_over(place: PrintPlace, files: Sequence[Attachment]) -> str:
    """Bring the files, each under its own name at last; what is there already in the same size stays as it is."""
    try:
        async with _connected(place) as connection, connection.start_sftp_client() as client:
            for file in files:
                await _bring(client, f"{place.folder.rstrip('/')}/{file.name}", file.content)
    except (OSError, asyncssh.Error, TimeoutError) as failed:
        raise NotTaken(f"{place.host} did not take the files: {failed}") from failed
    return f"{place.host} took {', '.join(file.name for file in files)}"


async def _bring(client: asyncssh.SFTPClient, path: str, content: bytes) -> None:
    if await client.exists(path) and await client.getsize(path) == len(content):
        return
    beside = f"{path}.part"
    async with client.open(beside, "wb") as file:
        await file.write(content)
    if await client.getsize(beside) != len(content):
        raise NotTaken(f"{path} did not arrive whole")
    await client.rename(beside, path)


def _connected(place: PrintPlace) -> "asyncssh.misc._ACMWrapper[asyncssh.SSHClientConnection]":
    return asyncssh.connect(
        place.host or "",
        place.port,
        username=place.user,
        password=place.password,
        client_keys=None,
        agent_path=None,
        config=None,
        known_hosts=([], [], []),
        client_factory=lambda: _Host(place.host_key),
        connect_timeout=_SECONDS,
        login_timeout=_SECONDS,
    )


class _Host(asyncssh.SSHClient):
    """Trusts the pinned key and no other."""

    def __init__(self, pinned: str) -> None:
        self._pinned = pinned

    def validate_host_public_key(self, host: str, addr: str, port: int, key: asyncssh.SSHKey) -> bool:
        """Asked before a name or a password is sent."""
        return key.get_fingerprint() == self._pinned
