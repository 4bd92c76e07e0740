"""What was understood of a file before it is read whole: every guess with its confidence and its reason."""

import msgspec

from relance.core.intake.fields import Kind
from relance.core.intake.mapping import Question


class Guess(msgspec.Struct, frozen=True, kw_only=True):
    """One option of the import, as it seems to be: `name` and `value` are those of `--option`.

    `confidence` is 0 to 100; `code` is a public code of the reason, `why` says it in English for logs and the command
    line.
    """

    name: str
    value: str
    confidence: int
    code: str = ""
    why: str = ""


class ColumnGuess(msgspec.Struct, frozen=True, kw_only=True):
    """Which column seems to fill a field, how sure that is (0 to 100), and why; `others` are columns that might too."""

    field: str
    column: str
    confidence: int
    code: str = ""
    why: str = ""
    others: tuple[str, ...] = ()


class Understanding(msgspec.Struct, frozen=True, kw_only=True):
    """A file as it seems to be meant.

    `refusal` is the public code of why it can be no import of this kind, with `message` in words: then nothing is
    asked. `questions` are what only a person can say; while there is one, nothing is written.
    """

    kind: Kind | None
    guesses: tuple[Guess, ...] = ()
    columns: tuple[ColumnGuess, ...] = ()
    questions: tuple[Question, ...] = ()
    refusal: str = ""
    message: str = ""

    @property
    def mapping(self) -> dict[str, str]:
        """Field to column."""
        return {guess.field: guess.column for guess in self.columns}

    @property
    def options(self) -> dict[str, str]:
        """Option to value."""
        return {guess.name: guess.value for guess in self.guesses}
