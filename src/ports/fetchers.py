"""What a fetcher is: it lists the files of one place, brings them here, and puts them away once they are imported."""

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import ClassVar, Protocol

import msgspec

from relance.core.intake.arrivals import RemoteFile
from relance.core.kernel.errors import RelanceError

LARGEST_FILE = 2_000_000_000
"""Bytes that a source may bring in one file (T1)."""
MOST_ENTRIES = 50_000
"""Entries of a folder that are looked at; a folder with more is refused."""


class FetcherSetting(msgspec.Struct, frozen=True, kw_only=True):
    """One setting of a fetcher, for forms and checks. `endpoint`: whoever changes it gives the secret again."""

    name: str
    label: str
    default: str = ""
    required: bool = False
    endpoint: bool = False
    choices: tuple[str, ...] = ()
    help: str = ""


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where to fetch from. `tenant` is its code; `trusted` is the host's key or certificate that a person accepted."""

    tenant: str
    settings: Mapping[str, str]
    secret: str = ""
    trusted: str = ""
    folder: str = ""
    archive_folder: str = ""


class Identity(msgspec.Struct, frozen=True):
    """By what a host is known again: its key or certificate as text, and the fingerprint that people compare."""

    key: str
    fingerprint: str


class Unreachable(RelanceError):
    """Nobody answered, the connection broke, or the name or password was refused; it may be better next time."""

    code = "source-unreachable"


class TornDownload(RelanceError):
    """Fewer or more bytes arrived than the place said."""

    code = "torn-download"


class TooLarge(RelanceError):
    """More bytes, pages or entries than are read."""

    code = "source-too-large"


class UnknownHost(RelanceError):
    """Nobody has accepted this host's key yet; nothing was sent to it. `identity` is what it showed."""

    code = "unknown-host"

    def __init__(self, identity: Identity) -> None:
        super().__init__(f"nobody has accepted this host's key yet; it shows {identity.fingerprint}")
        self.identity = identity


class HostChanged(RelanceError):
    """The host shows another key than the one that was accepted; nothing was sent to it and nothing read (T3)."""

    code = "host-changed"

    def __init__(self, identity: Identity) -> None:
        super().__init__(
            f"the host shows another key than the accepted one: {identity.fingerprint}; nothing was read. Ask its "
            "owner whether the key was changed before you accept it"
        )
        self.identity = identity


class Session(Protocol):
    """One connection to one place."""

    @property
    def identity(self) -> Identity | None:
        """What the host showed; None where it shows nothing that could be kept."""
        ...

    async def files(self, wanted: Callable[[str], bool]) -> list[RemoteFile]:
        """Plain files whose name is wanted; no folders, no links. Raises TooLarge, Unreachable."""
        ...

    async def fetch(self, name: str, to: Path) -> None:
        """Bring a whole file, or raise and bring nothing that counts: TornDownload, TooLarge, Unreachable."""
        ...

    async def put_away(self, name: str) -> None:
        """Move a file to the archive folder; without one, leave it. Raises Unreachable. Never deletes."""
        ...


class Fetcher(Protocol):
    """A plugin that fetches files in one way. It may wait: it works in an event loop of its own."""

    name: ClassVar[str]
    label: ClassVar[str]
    settings: ClassVar[tuple[FetcherSetting, ...]]
    asks_for: ClassVar[str]
    """What its secret is called on a form, such as `Password`; empty where it has none."""
    folders: ClassVar[bool]
    """Whether it knows folders, names and an archive; an API knows none of them."""

    def open(self, place: Place) -> AbstractAsyncContextManager[Session]:
        """Connect. Raises UnknownHost, HostChanged, Unreachable, or BadInput for a setting."""
        ...


class Fetchers(Protocol):
    """The fetchers of the loaded plugins."""

    def named(self, name: str) -> Fetcher:
        """The fetcher of this name; raises BadInput that lists the names."""
        ...

    def all(self) -> tuple[Fetcher, ...]:
        """Every fetcher, in the order of plugins.toml."""
        ...
