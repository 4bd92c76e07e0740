"""What the last look into a workbook found, so that reading it next neither checks nor searches it again."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from relance.plugins.importers.workbooks.choice import Choice
from relance.plugins.importers.workbooks.grids import Grid


class Looked(msgspec.Struct, frozen=True, kw_only=True):
    """The table that was chosen. `top` are the first rows of a sheet that goes on, of which no more was read."""

    choice: Choice
    top: Grid | None = None

    @property
    def checked(self) -> bool:
        """Whether the whole content was looked through."""
        return self.top is None


class LastLook:
    """One file as it was, and what was found in it."""

    def __init__(self) -> None:
        self._kept: tuple[Any, Looked] | None = None

    def keep(self, file: Path, looked: Looked) -> None:
        """Remember this file instead of the one before."""
        self._kept = (_state(file), looked)

    def of(self, file: Path, options: Mapping[str, str]) -> Looked | None:
        """What was found, if the file has not changed since and the options name the same table."""
        kept = self._kept
        if kept is None or kept[0] != _state(file):
            return None
        choice, told = kept[1].choice, (options.get("sheet"), options.get("header-line"))
        return kept[1] if told == (choice.sheet, str(choice.shape.header_line)) else None


def _state(file: Path) -> tuple[Any, ...]:
    found = file.stat()
    return (str(file.absolute()), found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
