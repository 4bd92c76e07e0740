"""What the last look into a workbook found, so that reading it next neither checks nor searches it again."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from relance.plugins.importers.workbooks.choice import Choice


class LastLook:
    """One file as it was, and the table that was chosen in it."""

    def __init__(self) -> None:
        self._kept: tuple[Any, Choice] | None = None

    def keep(self, file: Path, choice: Choice) -> None:
        """Remember this file instead of the one before."""
        self._kept = (_state(file), choice)

    def of(self, file: Path, options: Mapping[str, str]) -> Choice | None:
        """The choice, if the file has not changed since and the options name the same table."""
        kept = self._kept
        if kept is None or kept[0] != _state(file):
            return None
        told = (options.get("sheet"), options.get("header-line"))
        return kept[1] if told == (kept[1].sheet, str(kept[1].shape.header_line)) else None


def _state(file: Path) -> tuple[Any, ...]:
    found = file.stat()
    return (str(file.absolute()), found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
