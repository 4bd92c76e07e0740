"""Files for a printer: many letters as one."""

from collections.abc import Iterable
from typing import Protocol


class PrintFiles(Protocol):
    """Puts finished PDFs together."""

    def pages(self, letter: bytes) -> int:
        """How many pages a PDF has."""
        ...

    def picture(self, letter: bytes) -> bytes:
        """The first page as a PNG, to be looked at on a screen."""
        ...

    def joined(self, letters: Iterable[bytes]) -> bytes:
        """One PDF of all pages in order; always the same bytes for the same letters."""
        ...

    def copy_of(self, file: bytes) -> bytes:
        """The same with COPY on every page, so that nobody takes it for what was handed over."""
        ...
