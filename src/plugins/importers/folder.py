"""A folder of the server itself, below the one folder that the operator opened for it: INBOX/TENANT/..."""

import os
import shutil
import stat
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

import msgspec

from relance.plugins import (
    LARGEST_FILE,
    MOST_ENTRIES,
    BadInput,
    Fetcher,
    FetcherSetting,
    Identity,
    Place,
    RemoteFile,
    TooLarge,
    TornDownload,
    Unreachable,
    hookimpl,
)
from relance.plugins.importers.connections import DONE_MARKER, other_names

api = 1


class FolderSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`root` is the inbox; without one no tenant can read any folder of the server."""

    root: str = ""


settings_type = FolderSettings


class FolderSession:
    """One tenant's part of the inbox."""

    identity: Identity | None = None

    def __init__(self, root: Path, place: Place) -> None:
        self._root, self._place = root, place
        self._folder = self._inside(place.folder)

    async def files(self, wanted: Callable[[str], bool]) -> list[RemoteFile]:
        """Plain files of the folder; links are left alone."""
        found: list[RemoteFile] = []
        try:
            with os.scandir(self._folder) as entries:
                for seen, entry in enumerate(entries, 1):
                    if seen > MOST_ENTRIES:
                        raise TooLarge(f"the folder has more than {MOST_ENTRIES:,} entries; archive what was imported")
                    if wanted(entry.name) and entry.is_file(follow_symlinks=False):
                        found.append(_file(entry.name, entry.stat(follow_symlinks=False)))
        except OSError as gone:
            raise Unreachable(f"folder {self._place.folder!r}: {gone.strerror}") from gone
        return found

    async def fetch(self, name: str, to: Path) -> None:
        """Copy the file; opened without following a link, whatever was put in its place meanwhile."""
        try:
            handle = os.open(self._folder / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError as gone:
            raise Unreachable(f"{name}: {gone.strerror}") from gone
        with os.fdopen(handle, "rb") as source, to.open("wb") as copy:
            before = os.fstat(handle)
            if not stat.S_ISREG(before.st_mode) or before.st_size > LARGEST_FILE:
                raise TooLarge(f"{name} is no plain file of at most {LARGEST_FILE:,} bytes")
            shutil.copyfileobj(source, copy, 1 << 20)
            if not os.fstat(handle).st_size == before.st_size == copy.tell():
                raise TornDownload(f"{name} changed while it was read")

    async def put_away(self, name: str) -> None:
        """Rename into the archive folder, never over another file."""
        if not self._place.archive_folder:
            return
        archive = self._inside(self._place.archive_folder)
        try:
            archive.mkdir(parents=True, exist_ok=True)
            free = next((other for other in other_names(name) if not os.path.lexists(archive / other)), name)
            os.link(self._folder / name, archive / free, follow_symlinks=False)
            (self._folder / name).unlink()
        except OSError as refused:
            raise Unreachable(f"{name}: {refused.strerror}") from refused

    def _inside(self, folder: str) -> Path:
        """Below the tenant's folder, also after every link was followed."""
        mine = self._root / self._place.tenant
        path = (mine / folder.strip("/")).resolve()
        if not path.is_relative_to(mine.resolve()):
            raise BadInput(f"folder {folder!r} leads out of the tenant's inbox")
        return path


class Folder:
    """Fetches from the tenant's part of the inbox."""

    name: ClassVar[str] = "folder"
    label: ClassVar[str] = "Folder of this server"
    asks_for: ClassVar[str] = ""
    folders: ClassVar[bool] = True
    settings: ClassVar[tuple[FetcherSetting, ...]] = (DONE_MARKER,)

    def __init__(self, root: str) -> None:
        self._root = root

    @asynccontextmanager
    async def open(self, place: Place) -> AsyncIterator[FolderSession]:
        """Nothing to connect to."""
        if not self._root:
            raise BadInput("this server has no inbox: its operator names one with RELANCE_INBOX")
        yield FolderSession(Path(self._root), place)


@hookimpl
def provide_fetchers(settings: dict[str, Any]) -> list[Fetcher]:
    """The inbox."""
    return [Folder(settings.get("root", ""))]


def _file(name: str, seen: os.stat_result) -> RemoteFile:
    return RemoteFile(name=name, size=seen.st_size, modified_at=datetime.fromtimestamp(int(seen.st_mtime), UTC))
