"""What an importer is: it recognises a sample and reads a file into a table of text. It never sees the ledger."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar, Protocol, runtime_checkable

import msgspec

from relance.core.intake.reports import Note
from relance.core.intake.understanding import Guess


class Recognised(msgspec.Struct, frozen=True, kw_only=True):
    """What an importer believes of a sample. `confidence` is 0 to 100; 0 declines. `options` are as read.

    `guesses` says of each option how sure it is and why; an option without a guess is certain. `kinds` are the kinds
    of import that such a file can be: empty where the importer cannot tell. `fields` says that the columns bear fields'
    names already and mean them; `mapping` is field to column where the file itself leaves no doubt. `refusal` is the
    public code of a file that this importer knows and that can never be imported, with `message` in words.
    """

    confidence: int
    why: str
    options: dict[str, str] = {}
    header_line: int = 1
    columns: tuple[str, ...] = ()
    guesses: tuple[Guess, ...] = ()
    kinds: tuple[str, ...] = ()
    fields: bool = False
    mapping: dict[str, str] = {}
    refusal: str = ""
    message: str = ""


class Rejected(msgspec.Struct, frozen=True, kw_only=True):
    """A row that cannot be used: line (from 1, the header included), column, value, public code, and words."""

    line: int
    column: str
    value: str
    code: str
    message: str


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """A batch of rows as text.

    `columns` is anything with `__arrow_c_stream__`, all of text type, beside a whole-number column `line` with each
    row's line in the file. `rejected` are the rows that could not even be split into cells. `notes` tell what was left
    out, such as totals and footers, and what a person should know of the file.
    """

    columns: Any
    rejected: tuple[Rejected, ...] = ()
    notes: tuple[Note, ...] = ()


class Importer(Protocol):
    """A plugin that reads one kind of file."""

    name: ClassVar[str]
    label: ClassVar[str]

    def recognises(self, sample: bytes, file_name: str) -> Recognised:
        """Look at the first bytes (64 KiB at most) and say whether this file is mine, and how I would read it."""
        ...

    def read(self, file: Path, options: Mapping[str, str]) -> Iterator[Table]:
        """Read the whole file in batches, lazily. Raises BadInput for a file that is torn, empty or no table."""
        ...


@runtime_checkable
class ReadsTop(Protocol):
    """An importer of files that take long to be read, of which a look needs only the first rows."""

    def top(self, file: Path, options: Mapping[str, str]) -> "Table | None":
        """The first rows as `read` would give them, of a file that was just looked into; None where `read` shall."""
        ...


@runtime_checkable
class LooksInside(Protocol):
    """An importer of files whose first bytes do not say how they are laid out, such as workbooks and archives."""

    def looks(self, file: Path, options: Mapping[str, str]) -> Recognised:
        """Open the file and say what `recognises` says of a sample; raises BadInput for a file that cannot be read."""
        ...
