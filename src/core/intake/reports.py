"""What an import answers: the public report, kept with the import and shown by screen, command line and API."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

import msgspec

from relance.core.intake.fields import Kind, Mode
from relance.core.intake.guard import Figures
from relance.core.intake.mapping import Question
from relance.core.intake.progress import Progress
from relance.core.intake.understanding import ColumnGuess, Guess
from relance.core.kernel.identifiers import ImportId, RunId

State = Literal["running", "done", "held", "refused", "failed", "undone", "dry-run"]
MOST_REJECTS = 10_000
"""Rejected rows that are kept and listed one by one; the report counts them all."""


_MOST_EXAMPLES = 6


class Reject(msgspec.Struct, frozen=True, kw_only=True):
    """A row that could not be used."""

    line: int
    column: str
    value: str
    code: str
    message: str


class Note(msgspec.Struct, frozen=True):
    """Something a person should know: a public code, how many, and in whose cases."""

    code: str
    count: int
    examples: tuple[str, ...] = ()


def merged(notes: Iterable[Note]) -> list[Note]:
    """One note a code, with all that were counted and the first cases."""
    found: dict[str, Note] = {}
    for note in notes:
        before = found.get(note.code, Note(note.code, 0))
        examples = (*before.examples, *note.examples)[:_MOST_EXAMPLES]
        found[note.code] = Note(note.code, before.count + note.count, examples)
    return list(found.values())


class Recognised(msgspec.Struct, frozen=True, kw_only=True):
    """How the file was read: with these and `--map`, `--option` it is read the same way again."""

    kind: str
    importer: str = ""
    encoding: str = ""
    delimiter: str = ""
    header_line: int = 1
    mapping: dict[str, str] = {}
    confidence: int = 100
    columns: tuple[ColumnGuess, ...] = ()
    """The mapping again, each column with how sure it is, and why."""
    options: dict[str, str] = {}
    """All options, given and guessed."""
    guesses: tuple[Guess, ...] = ()
    """The options that nobody gave."""


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the accepted rows, and of the items that the file does not name any more."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    settled: int = 0
    reopened: int = 0
    kept: int = 0
    new_customers: int = 0


class EffectCase(msgspec.Struct, frozen=True):
    """One of the largest items of a deed; amounts as decimal text."""

    customer: str
    number: str
    currency: str
    before: str
    after: str


class EffectTold(msgspec.Struct, frozen=True, kw_only=True):
    """What would become of items, by amount: open before and after, currency to decimal text."""

    count: int
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    largest: tuple[EffectCase, ...] = ()


class ImportReport(msgspec.Struct, frozen=True, kw_only=True, rename={"number": "import"}):
    """The answer of an import, with the contract's names. `number` is 0 for a dry run."""

    number: int
    state: State
    rows: int = 0
    accepted: int = 0
    rejected: tuple[Reject, ...] = ()
    rejected_rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    settled: int = 0
    reopened: int = 0
    kept: int = 0
    new_customers: int = 0
    rounded: int = 0
    sums: dict[str, str] = {}
    open_before: dict[str, str] = {}
    open_after: dict[str, str] = {}
    recognised: Recognised
    questions: tuple[Question, ...] = ()
    notes: tuple[Note, ...] = ()
    reason: str = ""
    message: str = ""
    effects: dict[str, EffectTold] = {}
    """By deed: `new`, `changed`, `settled`, `reopened`, `kept`; deeds that concern no item are left out."""
    guard: Figures | None = None
    """The thresholds of a snapshot, and what it came to beside them."""
    overridden: str = ""
    """What a guard would have held it for, where a person imported it all the same."""
    override_reason: str = ""
    identical: bool = False
    """The same file as the source's last import, and nothing changed since (A21)."""


class ImportLine(msgspec.Struct, frozen=True, kw_only=True, rename={"number": "import"}):
    """One import in the history."""

    number: ImportId
    kind: Kind
    mode: Mode
    source: str
    file_name: str
    state: State
    reason: str
    author: str
    started_at: datetime
    finished_at: datetime | None
    archive_ref: str
    report: ImportReport
    run: RunId | None = None
    progress: Progress | None = None
    """Of an import that is running: its run, and how far it has come."""
