"""What giving rejected rows back needs of the outside."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from relance.ports.export import Sheet
from relance.ports.importers import Table


class Returns(Protocol):
    """Makes files of the rejected rows of another file."""

    def as_text(self, file: Path, encoding: str, header_line: int, rejected: frozenset[int], quote: str) -> bytes:
        """The lines up to the header and the rejected ones, byte for byte where the encoding allows it."""
        ...

    def as_sheet(self, tables: Iterator[Table], rejected: frozenset[int], name: str) -> Sheet:
        """The file's columns with the rejected rows."""
        ...
