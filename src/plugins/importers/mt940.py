"""SWIFT MT940 statements, as banks really write them."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import ClassVar

from relance.plugins import Importer, Recognised, Table, hookimpl
from relance.plugins.importers.statements.entries import recognised, tables_of
from relance.plugins.importers.statements.mt940_fields import told_of
from relance.plugins.importers.statements.text_lines import lines_of, text_of

api = 1
_BEGINS = re.compile(r"^(?:\{\d:.*)?:20:", re.M)
_BALANCE = re.compile(r"^:60[FM]:", re.M)
_ACCOUNT = re.compile(r"^:25[A-Z]?:", re.M)


class Mt940Statements:
    """Reads the credits; option `encoding`."""

    name: ClassVar[str] = "mt940"
    label: ClassVar[str] = "Bank statement (MT940)"

    def recognises(self, sample: bytes, file_name: str) -> Recognised:
        """By the tags that every statement begins with."""
        text = text_of(sample).replace("\r", "\n")
        if not all(tag.search(text) for tag in (_BEGINS, _ACCOUNT, _BALANCE)):
            return Recognised(confidence=0, why="no statement begins with :20:, :25: and :60F:")
        return recognised("a bank statement in MT940")

    def read(self, file: Path, options: Mapping[str, str]) -> Iterator[Table]:
        """The credits of all statements of the file."""
        yield from tables_of(told_of(lines_of(file, options.get("encoding", ""))))


@hookimpl
def provide_importers() -> list[Importer]:
    """The one importer of this module."""
    return [Mt940Statements()]
