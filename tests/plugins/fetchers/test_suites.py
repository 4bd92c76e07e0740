"""The published suite on every built-in fetcher."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest

from relance.core.kernel.errors import BadInput
from relance.plugins import Fetcher, Place, UnknownHost, Unreachable
from relance.plugins.importers.folder import Folder
from relance.plugins.importers.ftps import Ftp, Ftps
from relance.plugins.importers.sftp import Sftp
from relance.plugins.testing import fetcher_suite
from tests.servers.ftp import FtpPlace
from tests.servers.sftp import PASSWORD, SftpPlace


def trusted(fetcher: Fetcher, place: Place) -> Place:
    """The place after a person accepted its key."""

    async def look() -> None:
        async with fetcher.open(place):
            pass

    with pytest.raises(UnknownHost) as stranger:
        asyncio.run(look())
    return msgspec.structs.replace(place, trusted=stranger.value.identity.key)


@contextmanager
def over_sftp(folder: Path) -> Iterator[Place]:
    server = SftpPlace(folder)
    yield trusted(Sftp(), Place(tenant="acme", settings=server.settings, secret=PASSWORD))
    server.end()


@contextmanager
def over_ftps(folder: Path) -> Iterator[Place]:
    server = FtpPlace(folder, "asked")
    yield trusted(Ftps(), Place(tenant="acme", settings=server.settings, secret=PASSWORD))
    server.end()


@contextmanager
def over_ftp(folder: Path) -> Iterator[Place]:
    server = FtpPlace(folder)
    yield Place(tenant="acme", settings=server.settings, secret=PASSWORD)
    server.end()


@contextmanager
def in_a_folder(folder: Path) -> Iterator[Place]:
    (folder.parent / "inbox").mkdir()
    (folder.parent / "inbox/acme").symlink_to(folder, target_is_directory=True)
    INBOX.append(str(folder.parent / "inbox"))
    yield Place(tenant="acme", settings={})


INBOX = [""]
TestSftp = fetcher_suite(Sftp, at=over_sftp)
TestFtps = fetcher_suite(Ftps, at=over_ftps)
TestFtp = fetcher_suite(Ftp, at=over_ftp)
TestFolder = fetcher_suite(lambda: Folder(INBOX[-1]), at=in_a_folder)


def test_a_folder_of_another_tenant_is_out_of_reach(tmp_path: Path) -> None:
    (tmp_path / "globex").mkdir()
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme/way-out").symlink_to(tmp_path / "globex", target_is_directory=True)

    async def look(folder: str) -> None:
        async with Folder(str(tmp_path)).open(Place(tenant="acme", settings={}, folder=folder)):
            pass

    for folder in ("../globex", "way-out"):
        with pytest.raises(BadInput, match="out of"):
            asyncio.run(look(folder))


def test_without_an_inbox_there_is_no_folder_to_read() -> None:
    async def look() -> None:
        async with Folder("").open(Place(tenant="acme", settings={})):
            pass

    with pytest.raises(BadInput, match="RELANCE_INBOX"):
        asyncio.run(look())


def test_a_link_in_the_inbox_is_neither_listed_nor_followed(tmp_path: Path) -> None:
    (tmp_path / "acme").mkdir()
    (tmp_path / "secret").write_text("x")
    (tmp_path / "acme/items_1.csv").symlink_to(tmp_path / "secret")

    async def look() -> None:
        async with Folder(str(tmp_path)).open(Place(tenant="acme", settings={})) as session:
            assert await session.files(lambda name: True) == []
            with pytest.raises(Unreachable):
                await session.fetch("items_1.csv", tmp_path / "here")

    asyncio.run(look())
