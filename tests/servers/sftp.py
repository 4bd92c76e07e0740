"""A real SFTP server whose faults can be chosen."""

import asyncio
import os
from pathlib import Path
from typing import Any

import asyncssh

from tests.servers.loops import Loop

USER, PASSWORD = "erp", "open sesame"


class SftpPlace:
    """Serves a folder. `key` may be changed for another; `cut_at` closes the connection after so many bytes."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.cut_at, self.bytes_read, self.log_ins = folder, -1, 0, 0
        self.no_renames, self.silent, self.welcome = False, False, ""
        self.key = asyncssh.generate_private_key("ssh-ed25519")
        self._loop, self._server, self.port = Loop(), None, 0
        self.start()

    def start(self) -> None:
        self._server = self._loop.run(self._listen())
        self.port = self._server.sockets[0].getsockname()[1]

    def stop(self) -> None:
        if self._server is not None:
            self._loop.run(self._closed())
            self._server = None

    def end(self) -> None:
        self.stop()
        self._loop.end()

    def another_key(self, algorithm: str = "ssh-ed25519") -> None:
        """The same place behind another key, on the same port."""
        self.stop()
        self.key = asyncssh.generate_private_key(algorithm)
        self.start()

    @property
    def settings(self) -> dict[str, str]:
        return {"host": "127.0.0.1", "port": str(self.port), "user": USER}

    @property
    def fingerprint(self) -> str:
        return self.key.get_fingerprint()

    async def _listen(self) -> Any:
        return await asyncssh.listen(
            "127.0.0.1",
            self.port,
            server_host_keys=[self.key],
            server_factory=lambda: _Door(self),
            sftp_factory=lambda channel: _Files(channel, self),
            login_timeout=5,
        )

    async def _closed(self) -> None:
        self._server.close()
        await self._server.wait_closed()


class _Door(asyncssh.SSHServer):
    def __init__(self, place: SftpPlace) -> None:
        self._place = place

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self._connection = conn

    def begin_auth(self, username: str) -> bool:
        return True

    def public_key_auth_supported(self) -> bool:
        return True

    def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        return key.export_public_key().decode() == self._place.welcome

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        self._place.log_ins += 1
        return (username, password) == (USER, PASSWORD)


class _Files(asyncssh.SFTPServer):
    def __init__(self, channel: Any, place: SftpPlace) -> None:
        super().__init__(channel, chroot=os.fsencode(place.folder))
        self._place, self._channel = place, channel

    async def read(self, file_obj: Any, offset: int, size: int) -> bytes:
        if self._place.silent:
            await asyncio.sleep(3)
        data = super().read(file_obj, offset, size)
        self._place.bytes_read += len(data)
        if 0 <= self._place.cut_at < self._place.bytes_read:
            self._channel.get_connection().abort()
            raise asyncssh.SFTPFailure("cut")
        return data

    def rename(self, oldpath: bytes, newpath: bytes) -> None:
        if self._place.no_renames:
            raise asyncssh.SFTPPermissionDenied("no renames here")
        super().rename(oldpath, newpath)
