"""Look at a file before it is imported."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path

import msgspec

from relance.core.intake.fields import FEED, KINDS, Kind
from relance.core.intake.seen import ColumnSeen
from relance.core.intake.understand import Said, best_kind, understood
from relance.core.intake.understanding import Understanding
from relance.core.kernel.errors import BadInput
from relance.core.tenancy.users import Actor, require_right
from relance.ports.archive import Archive
from relance.ports.importers import Importer, ReadsTop, Recognised, Table
from relance.ports.intake import Importers, Plan, TableReader
from relance.ports.work import Work
from relance.usecases.intake.feeding import kind_told
from relance.usecases.intake.recognising import recognised_by
from relance.usecases.intake.understanding import Understood, first_of, refused_by_importer, understand_tables

_SAMPLE = 65_536


class LookWanted(msgspec.Struct, frozen=True, kw_only=True):
    """A kept file, or one that lies in a folder, and what it shall be imported as; None: what it seems to hold."""

    actor: Actor
    reference: str = ""
    file_name: str
    kind: Kind | None = None
    file: Path | None = None
    importer: str = ""
    entity: str | None = None
    mapping: dict[str, str] = {}
    options: dict[str, str] = {}


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
    """The columns, their first values, and what they seem to be; nothing is written."""

    def __init__(self, importers: Importers, archive: Archive, reader: TableReader, work: Work) -> None:
        self._importers, self._archive, self._reader, self._work = importers, archive, reader, work

    def __call__(self, request: LookWanted) -> FileLook:
        """What the file says of itself; raises BadInput where it cannot be read, NotFound, NotAllowed."""
        require_right(request.actor, "import")
        file = request.file or self._archive.open(request.actor.tenant, request.reference)
        if not file.is_file():
            raise BadInput(f"there is no file {request.file_name!r}")
        importer, seen = self._recognised(request, file)
        if seen.refusal:
            refusal = refused_by_importer(self._kind(request, seen, ()), seen)
            assert refusal is not None
            return FileLook(importer=importer.name, columns=seen.columns, samples=(), understanding=refusal)
        read = partial(importer.read, file, seen.options | request.options)
        first, tables = self._first(importer, file, seen.options | request.options, read)
        columns = self._reader.look(first) if first is not None else ()
        kind = self._kind(request, seen, columns)
        found = self._understood(request, seen, kind, columns, tables, read)
        understanding = refused_by_importer(kind, seen) or found.understanding
        guesses = tuple(guess for guess in (*seen.guesses, *understanding.guesses) if guess.name not in request.options)
        return FileLook(
            importer=importer.name,
            columns=tuple(column.name for column in found.columns),
            samples=tuple(column.first for column in found.columns),
            understanding=msgspec.structs.replace(understanding, guesses=guesses),
        )

    def _first(
        self, importer: Importer, file: Path, options: dict[str, str], read: Callable[[], Iterator[Table]]
    ) -> tuple[Table | None, Iterator[Table]]:
        """The first rows, and all of them for what these leave open; a long file is only read for that."""
        top = importer.top(file, options) if isinstance(importer, ReadsTop) else None
        return first_of(read()) if top is None else (top, chain((top,), (table for table in read())))

    def _recognised(self, request: LookWanted, file: Path) -> tuple[Importer, Recognised]:
        with file.open("rb") as opened:
            sample = opened.read(_SAMPLE)
        named = request.importer
        importer = self._importers.named(named) if named else self._importers.best_for(sample, request.file_name)
        return importer, recognised_by(importer, file, request.file_name, sample, request.options)

    def _kind(self, request: LookWanted, seen: Recognised, columns: tuple[ColumnSeen, ...]) -> Kind:
        """What was asked for, else what the importer knows of such files, else what the columns plainly are."""
        if request.kind is not None:
            return kind_told(request.kind, seen) if request.kind == FEED else request.kind
        if seen.refusal or seen.kinds:
            return next((kind for kind in KINDS if kind in seen.kinds), KINDS[0])
        said = Said(options=request.options, plain=seen.fields)
        if not understood(KINDS[0], columns, said).refusal:
            return KINDS[0]
        return best_kind(columns, said) or KINDS[0]

    def _understood(
        self,
        request: LookWanted,
        seen: Recognised,
        kind: Kind,
        columns: tuple[ColumnSeen, ...],
        tables: Iterator[Table],
        read: Callable[[], Iterator[Table]],
    ) -> Understood:
        with self._work.reading(request.actor.tenant) as unit:
            plan = Plan(
                kind=kind,
                mapping=(seen.mapping if kind in seen.kinds else {}) | request.mapping,
                options=request.options,
                currency=unit.tenancy.tenant().currency,
                known=unit.intake.known_words(kind, request.entity),
            )
            if not columns:
                return Understood(Understanding(kind=kind), plan.known, (), tables)
            terms = partial(unit.intake.customer_terms, plan.known["entity"][""])
            return understand_tables(columns, tables, read, self._reader, plan, seen, terms)
