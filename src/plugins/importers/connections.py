"""What the fetchers share: settings as numbers, the words of a broken connection, and files that arrive whole."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO

from relance.plugins import LARGEST_FILE, BadInput, FetcherSetting, TooLarge, Unreachable

SECONDS_TO_CONNECT = 20
SECONDS_OF_SILENCE = 60
_HOST = re.compile(r"(?=.{1,253}\Z)[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?\Z|\A[0-9A-Fa-f:]{2,45}\Z")
HOST = FetcherSetting(name="host", label="Host", required=True, endpoint=True, help="A name or an address.")
USER = FetcherSetting(name="user", label="User", required=True, endpoint=True)
DONE_MARKER = FetcherSetting(
    name="done-marker",
    label="Done marker",
    help="An ending such as .done: a file is taken once a file of that ending lies beside it.",
)


def port_setting(usual: int) -> FetcherSetting:
    """The setting of a port, with the usual one."""
    return FetcherSetting(name="port", label="Port", default=str(usual), endpoint=True)


def host_of(settings: Mapping[str, str]) -> str:
    """The host; raises BadInput for anything but a name or an address."""
    host = settings.get("host", "").strip()
    if not _HOST.match(host):
        raise BadInput(f"host {host[:60]!r}: a name like sftp.example.com, or an address")
    return host


def port_of(settings: Mapping[str, str], usual: int) -> int:
    """The port; raises BadInput."""
    text = settings.get("port", "") or str(usual)
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise BadInput(f"port {text!r}: a number from 1 to 65535")
    return int(text)


class Arriving:
    """Counts what arrives in a file, and refuses what is too much."""

    def __init__(self, file: IO[bytes], name: str) -> None:
        self._file, self._name, self.bytes = file, name, 0

    def write(self, block: bytes) -> None:
        """One more block; raises TooLarge."""
        self.bytes += len(block)
        if self.bytes > LARGEST_FILE:
            raise TooLarge(f"{self._name} is larger than {LARGEST_FILE:,} bytes")
        self._file.write(block)


@contextmanager
def telling(host: str, *also: type[Exception]) -> Iterator[None]:
    """What broke on the way to the host becomes Unreachable; words of ours travel on."""
    expected: tuple[type[Exception], ...] = (OSError, EOFError, *also)
    try:
        yield
    except TimeoutError as late:
        raise Unreachable(f"{host} does not answer in time") from late
    except expected as broken:
        words = " ".join(str(broken).split())[:200]
        raise Unreachable(f"{host}: {words or type(broken).__name__}") from broken


def beside(folder: str, name: str) -> str:
    """The path of a file in a folder of the place; an empty folder is the one that the login leads to."""
    return f"{folder.rstrip('/')}/{name}" if folder.strip("/") else f"{'/' if folder else ''}{name}"


def other_names(name: str) -> Iterator[str]:
    """The name itself, then names for when an archive has it already."""
    stem, dot, ending = name.rpartition(".")
    yield name
    for again in range(2, 100):
        yield f"{stem}-{again}{dot}{ending}" if stem else f"{name}-{again}"
