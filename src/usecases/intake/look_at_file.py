"""Look at a file before it is imported."""

import msgspec

from relance.core.intake.fields import FIELDS, Kind
from relance.core.intake.mapping import questions_of
from relance.core.intake.suggestions import day_pattern, decimal_mark, first_rows, suggested
from relance.core.intake.understanding import ColumnGuess, Guess, Understanding
from relance.core.tenancy.users import Actor, require_right
from relance.ports.archive import Archive
from relance.ports.intake import Importers

_SAMPLE = 65_536
_ROWS = 50


class LookWanted(msgspec.Struct, frozen=True, kw_only=True):
    """A kept file, and what it shall be imported as."""

    actor: Actor
    reference: str
    file_name: str
    kind: Kind


class FileLook(msgspec.Struct, frozen=True, kw_only=True):
    """How the file would be read. `samples` are the first values of each column, in the order of `columns`."""

    importer: str
    columns: tuple[str, ...]
    samples: tuple[tuple[str, ...], ...]
    understanding: Understanding

    @property
    def suggested(self) -> dict[str, str]:
        """Field to column."""
        return self.understanding.mapping

    @property
    def options(self) -> dict[str, str]:
        """Option to value."""
        return self.understanding.options


class LookAtFile:
    """The header, the first rows, and which column seems to be what; nothing is written."""

    def __init__(self, importers: Importers, archive: Archive) -> None:
        self._importers, self._archive = importers, archive

    def __call__(self, request: LookWanted) -> FileLook:
        """What the file's first bytes say; raises BadInput where no importer knows it, NotFound, NotAllowed."""
        require_right(request.actor, "import")
        with self._archive.open(request.actor.tenant, request.reference).open("rb") as opened:
            sample = opened.read(_SAMPLE)
        importer = self._importers.best_for(sample, request.file_name)
        seen = importer.recognises(sample, request.file_name)
        rows = first_rows(sample, seen.options, _ROWS)
        samples = tuple(
            tuple(row[place] for row in rows if place < len(row) and row[place]) for place in range(len(seen.columns))
        )
        guess = suggested(request.kind, seen.columns)
        options = dict(seen.options) | _cells(request.kind, seen.columns, samples, guess)
        return FileLook(
            importer=importer.name,
            columns=seen.columns,
            samples=samples,
            understanding=Understanding(
                kind=request.kind,
                guesses=tuple(Guess(name=name, value=value, confidence=80) for name, value in options.items()),
                columns=tuple(ColumnGuess(field=field, column=name, confidence=80) for field, name in guess.items()),
                questions=questions_of(request.kind, seen.columns, guess),
            ),
        )


def _cells(
    kind: Kind, columns: tuple[str, ...], samples: tuple[tuple[str, ...], ...], guess: dict[str, str]
) -> dict[str, str]:
    """How days and amounts are written, seen from the columns that seem to hold them."""
    sorts = {field.name: field.sort for field in FIELDS[kind]}
    by_sort: dict[str, list[str]] = {"day": [], "amount": []}
    for field, column in guess.items():
        if sorts[field] in by_sort:
            by_sort[sorts[field]] += samples[columns.index(column)]
    return {"date": day_pattern(by_sort["day"]), "decimal": decimal_mark(by_sort["amount"])}
