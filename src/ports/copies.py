"""What adding copies of invoices needs of the outside."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

import msgspec

from relance.core.intake.copies import Left


class Arrived(msgspec.Struct, frozen=True, kw_only=True):
    """A file that was found; `file` is only there until the next one is asked for, and None where it cannot be used."""

    name: str
    file: Path | None
    size: int = 0
    reason: Left | None = None


class CopyFiles(Protocol):
    """Looks into files, folders and zips."""

    def arrivals(self, paths: Sequence[Path]) -> Iterator[Arrived]:
        """Every file in them, within the limits; raises BadInput for a path that is not there."""
        ...
