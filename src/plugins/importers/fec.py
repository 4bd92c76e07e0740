"""The French FEC (fichier des écritures comptables): the lines of customers' accounts as items, open and settled."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import ClassVar

import msgspec

from relance.plugins import BadInput, Guess, Importer, Recognised, Table, hookimpl
from relance.plugins.importers.books.fec_entries import COLUMNS, surveyed, tables_of
from relance.plugins.importers.books.fec_lines import header_of, lines_of
from relance.plugins.importers.encodings import encoding_of, odd_lines

api = 1
_BLOCK = 1 << 22
_SAMPLE = 65_536


class FecJournal:
    """Reads accounts that begin with 411; a due date is not in a FEC; option `encoding`."""

    name: ClassVar[str] = "fec"
    label: ClassVar[str] = "French accounting file (FEC)"

    def recognises(self, sample: bytes, file_name: str) -> Recognised:
        """By the names that the law gives to its columns."""
        header = header_of(sample.decode("latin-1").removeprefix("ï»¿").partition("\n")[0])
        if header is None:
            return Recognised(confidence=0, why="the columns of a FEC are not there")
        return Recognised(
            confidence=97,
            why="has the columns of a FEC",
            options={"date": "iso", "decimal": "."},
            columns=COLUMNS,
            kinds=("items",),
            fields=True,
        )

    def looks(self, file: Path, options: Mapping[str, str]) -> Recognised:
        """The encoding, which often shows far below the first bytes only."""
        with file.open("rb") as opened:
            seen = self.recognises(opened.read(_SAMPLE), file.name)
        guess = _guessed(file)
        found = seen.options | {"encoding": guess.value}
        return msgspec.structs.replace(seen, options=found, guesses=(guess,)) if seen.confidence else seen

    def read(self, file: Path, options: Mapping[str, str]) -> Iterator[Table]:
        """Twice through the file: what the journals are for and which letterings are whole, then the lines."""
        with file.open("rb") as opened:
            start = opened.read(_SAMPLE)
        if not start.strip():
            raise BadInput("the file is empty")
        encoding = _stated(options.get("encoding", "")) or _guessed(file).value
        with file.open(encoding=encoding, newline=None) as opened:
            survey = surveyed(lines_of(opened))
        with file.open(encoding=encoding, newline=None) as opened:
            yield from tables_of(lines_of(opened), survey)


@hookimpl
def provide_importers() -> list[Importer]:
    """The one importer of this module."""
    return [FecJournal()]


def _guessed(file: Path) -> Guess:
    """The encoding by all lines that tell it."""
    telling = b""
    with file.open("rb") as opened:
        while (block := opened.read(_BLOCK)) and len(telling) < _SAMPLE:
            telling += odd_lines(block, _SAMPLE - len(telling))
    guess = encoding_of(telling, True)
    if not _known(guess.value):
        raise BadInput("the file is no text in any encoding that is known; name it with --option encoding=cp1252")
    return msgspec.structs.replace(guess, value="utf-8-sig") if guess.value in ("ascii", "utf-8") else guess


def _stated(encoding: str) -> str:
    if encoding and not _known(encoding):
        raise BadInput(f"encoding={encoding!r} is unknown; use utf-8, cp1252, latin-1, cp850 ...")
    return encoding


def _known(encoding: str) -> bool:
    try:
        "".encode(encoding)
    except LookupError:
        return False
    return True
