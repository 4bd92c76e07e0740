"""French statements in fixed width (CFONB 120): old balance, movements with their details, new balance."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import ClassVar

from relance.plugins import Importer, Recognised, Table, hookimpl
from relance.plugins.importers.statements.cfonb_records import WIDTH, records_of, told_of
from relance.plugins.importers.statements.entries import recognised, tables_of
from relance.plugins.importers.statements.text_lines import lines_of, text_of

api = 1


class CfonbStatements:
    """Reads the credits; option `encoding`."""

    name: ClassVar[str] = "cfonb"
    label: ClassVar[str] = "Bank statement (CFONB 120)"

    def recognises(self, sample: bytes, file_name: str) -> Recognised:
        """A record 01 of 120 characters with a day and an amount where they must stand."""
        first = text_of(sample[:1024]).lstrip("\r\n")[:WIDTH]
        begins = len(first) == WIDTH and first.startswith("01") and first[16:19].isalpha() and "\n" not in first
        if not begins or not first[34:40].isdecimal() or not first[90:103].isdecimal():
            return Recognised(confidence=0, why="does not begin with the old balance of an account (01)")
        return recognised("a bank statement in CFONB 120")

    def read(self, file: Path, options: Mapping[str, str]) -> Iterator[Table]:
        """The credits of all accounts of the file."""
        yield from tables_of(told_of(records_of(lines_of(file, options.get("encoding", "")))))


@hookimpl
def provide_importers() -> list[Importer]:
    """The one importer of this module."""
    return [CfonbStatements()]
