"""Whether a file is the one that its source imported last, and nothing else changed its items since (A21)."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from relance.core.intake.fields import Kind
from relance.core.intake.reports import ImportReport, Reject
from relance.ports.work import Unit

_WITH_SHORTCUT = ("items", "payments")
_MAY_BE_KNOWN_NOW = "unknown-customer"
"""A reason that another file may have taken away since."""


class FilePrint:
    """A file and everything that a person said of how to read it, as one text.

    What an importer finds in the file follows from these, so that a workbook need not be opened to be known again. The
    text begins with the file's size: most files differ in it from the one before, and are then not read for it.
    """

    def __init__(self, file: Path, how: Sequence[Any]) -> None:
        self._file, self._how = file, how

    def text(self, content: str) -> str:
        """The whole of it, where the SHA-256 of the file's content is known."""
        return self._size + hashlib.sha256(content.encode() + msgspec.json.encode(self._how)).hexdigest()

    def is_of(self, known: str) -> bool:
        """Whether it is the one that is kept; reads the file only where it may be."""
        if not known.startswith(self._size):
            return False
        with self._file.open("rb") as opened:
            return known == self.text(hashlib.file_digest(opened, "sha256").hexdigest())

    @property
    def _size(self) -> str:
        return f"{self._file.stat().st_size}-"


def report_of_same_file(unit: Unit, kind: Kind, source: str, file: FilePrint) -> ImportReport | None:
    """What the source's last import said, if it was of the same file."""
    known = unit.intake.source(source) if kind in _WITH_SHORTCUT else None
    if known is None or known.last_import is None or not file.is_of(known.fingerprint):
        return None
    rejected = tuple(msgspec.convert(row, Reject) for row in unit.intake.rejects(known.last_import))
    if any(row.code == _MAY_BE_KNOWN_NOW for row in rejected):
        return None
    return msgspec.structs.replace(unit.intake.one(known.last_import).report, rejected=rejected)
