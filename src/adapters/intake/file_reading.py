"""The rows of one file as they are read: batch by batch, then together."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import polars as pl

from relance.adapters.intake.batch import Batch
from relance.adapters.intake.findings import any_twice, ask_signs, notes, repeated_sums, sums, twin
from relance.adapters.intake.items import STATED, base_of, both_signs, item_columns, settled_note, signed
from relance.adapters.intake.options import Options
from relance.adapters.intake.others import IDENTITY, other_columns
from relance.adapters.intake.repeats import Parted, Repeats, first_of_each
from relance.adapters.intake.unnumbered import numbered
from relance.core.intake.mapping import Question, questions_of, resolved
from relance.core.intake.reports import MOST_REJECTS, Note, merged
from relance.ports.importers import Rejected, Table
from relance.ports.intake import Checked, OpenRows, Plan, TellPassedOver

_WORTH_READING = 50_000
"""Rows for which a batch of their own is worth what it costs."""
_NAMED = ("unique_key", "customer_code", "number")


class Unread(NamedTuple):
    """Rows of one batch that nobody knows, with the numbers of their cells."""

    frame: pl.DataFrame
    digests: pl.Series


class Piece(NamedTuple):
    """What became of one batch."""

    rows: int
    records: pl.DataFrame | None
    rejected: list[Rejected]
    rejected_rows: int
    named: pl.DataFrame | None
    unreadable: int
    parted: Parted | None = None
    notes: tuple[Note, ...] = ()
    unread: Unread | None = None


class FileReading:
    """What has been read so far of one file."""

    def __init__(self, plan: Plan, opened: Callable[[], OpenRows | None]) -> None:
        self._plan, self._options, self._opened = plan, Options(plan), opened
        self._repeats: Repeats | None = None
        self._places: list[pl.Series] = []
        self._coded: list[pl.DataFrame] = []
        self._mapping: dict[str, str] = {}
        self._questions: tuple[Question, ...] = ()
        self._frames: list[pl.DataFrame] = []
        self._named: list[pl.DataFrame] = []
        self._rejected: list[Rejected] = []
        self._notes: list[Note] = []
        self._rows = self._rejected_rows = self._unreadable = 0
        self._unread: list[Unread] = []

    def begin(self, table: Table) -> None:
        """Settle the mapping with the columns of the first batch."""
        self._notes += table.notes
        if not self._mapping and not self._questions:
            columns = [name for name in frame_of(table).columns if name != "line"]
            self._mapping = resolved(self._plan.kind, columns, self._plan.mapping, own=not self._plan.exact)
            self._questions = questions_of(self._plan.kind, columns, self._mapping, self._options.due)
            if self._plan.kind == "items" and not self._questions:
                self._repeats = Repeats(self._plan, self._mapping, self._opened)

    def checked(self, table: Table) -> "Piece":
        """Check one batch; batches know nothing of each other, so several may be checked at once.

        Where few of its rows are unknown, these wait for those of the next batches.
        """
        frame, lost = frame_of(table), len(table.rejected)
        piece = Piece(frame.height + lost, None, list(table.rejected), lost, None, lost)
        if self._questions:
            return piece
        parted = self._repeats.parted(frame) if self._repeats else None
        if parted is None:
            return self._read(piece, Unread(frame, pl.Series([], dtype=pl.Int64)))
        piece, unread = piece._replace(parted=parted), Unread(parted.others, parted.digests)
        return piece._replace(unread=unread) if unread.frame.height < _WORTH_READING else self._read(piece, unread)

    def _read(self, piece: Piece, unread: Unread) -> Piece:
        """The piece with the records of the rows that had to be read, and what is wrong in them."""
        batch = Batch(unread.frame, self._mapping, self._options)
        records = self._records_of(batch, unread.digests)
        good, piece = batch.good(), piece._replace(notes=tuple(batch.notes))
        bad = int((~good).sum())
        if not bad:
            return piece._replace(records=records)
        named, unreadable = self._named_by(batch, ~good)
        return piece._replace(
            records=records.filter(good),
            rejected=[*piece.rejected, *batch.rejected(MOST_REJECTS)],
            rejected_rows=piece.rejected_rows + bad,
            named=named,
            unreadable=piece.unreadable + unreadable,
        )

    def _records_of(self, batch: Batch, digests: pl.Series) -> pl.DataFrame:
        plan, entity = self._plan, self._plan.known.get("entity", {}).get("", 1)
        if plan.kind != "items":
            return other_columns(batch, plan.kind, self._mapping, plan.currency, entity)
        records = item_columns(batch, self._mapping, self._options, plan.currency, entity)
        return self._repeats.kept(records, digests) if self._repeats else records

    def take(self, piece: Piece) -> None:
        """Add a checked batch, in the order of the file."""
        if piece.unread is None:
            self._read_waiting()
        self._add(piece)
        if piece.unread is not None:
            self._wait(piece.unread)

    def _wait(self, unread: Unread) -> None:
        if self._unread and self._unread[0].frame.schema != unread.frame.schema:
            self._read_waiting()
        self._unread.append(unread)
        if sum(one.frame.height for one in self._unread) >= _WORTH_READING:
            self._read_waiting()

    def _read_waiting(self) -> None:
        """Read the rows that waited, as one batch: what a batch costs beside its rows is then paid once."""
        waiting, self._unread = self._unread, []
        if waiting:
            together = Unread(pl.concat([one.frame for one in waiting]), pl.concat([one.digests for one in waiting]))
            self._add(self._read(Piece(0, None, [], 0, None, 0), together))

    def _add(self, piece: Piece) -> None:
        self._rows += piece.rows
        self._unreadable += piece.unreadable
        self._refuse(piece.rejected, piece.rejected_rows)
        self._notes = merged((*self._notes, *piece.notes)) if piece.notes else self._notes
        if piece.records is not None:
            self._frames.append(piece.records)
        if piece.named is not None:
            self._named.append(piece.named)
        if piece.parted is not None:
            self._places.append(piece.parted.places)
            self._coded.append(piece.parted.coded)

    def done(self, tell: TellPassedOver | None = None) -> Checked:
        """Everything that was read, duplicates within the file rejected; what was passed over is told first."""
        with ThreadPoolExecutor(1) as beside:
            waiting = beside.submit(self._read_waiting)
            passed_over = self._repeats.passed_over(self._places) if self._repeats else None
            if passed_over and tell:
                tell(passed_over, self._mapping)
            codes, repeated = self._known_codes(), repeated_sums(passed_over)
            waiting.result()
        plan, records = self._plan, self._records()
        if plan.kind == "items" and not self._questions:
            records = self._items(records)
        elif plan.kind in IDENTITY and not self._questions:
            records = self._without_twins(records, IDENTITY[plan.kind])
        elif plan.kind == "payments" and not self._questions:
            records = records.with_columns(pl.col("amount").abs())
        return Checked(
            rows=self._rows,
            records=records.drop(STATED, strict=False),
            rejected=tuple(sorted(self._rejected, key=lambda row: row.line)[:MOST_REJECTS]),
            rejected_rows=self._rejected_rows,
            named=pl.concat(self._named) if self._named else pl.DataFrame(schema=dict.fromkeys(_NAMED, pl.String)),
            unreadable=self._unreadable,
            mapping=self._mapping,
            questions=self._questions,
            notes=(*self._notes, *notes(records, codes), *settled_note(records)),
            rounded=int(records["rounded"].sum()) if "rounded" in records.columns else 0,
            sums=sums(records, repeated),
            options=plan.options,
            trusted=plan.trusted,
            passed_over=passed_over,
        )

    def _known_codes(self) -> pl.Series:
        """The customer codes of the rows that were passed over, each once."""
        if not self._coded:
            return pl.Series([], dtype=pl.String)
        coded, name = pl.concat(self._coded, how="diagonal"), self._mapping["customer_code"]
        if name in coded.columns:
            coded = coded.filter(first_of_each(coded[name]))
        return Batch(coded, self._mapping, self._options).text("customer_code")

    def _named_by(self, batch: Batch, bad: pl.Series) -> tuple[pl.DataFrame, int]:
        """What rejected rows still say of their item, which stays as it was (A6), and how many say nothing."""
        texts = pl.DataFrame([batch.text(name).alias(name) for name in _NAMED]).filter(bad)
        readable = (pl.col("unique_key") != "") | ((pl.col("customer_code") != "") & (pl.col("number") != ""))
        if "unique_key" in self._mapping:
            readable = pl.col("unique_key") != ""
        named = texts.filter(readable)
        return named, texts.height - named.height

    def _refuse(self, rejected: list[Rejected], count: int) -> None:
        self._rejected_rows += count
        room = MOST_REJECTS - len(self._rejected)
        self._rejected.extend(rejected[:room])

    def _records(self) -> pl.DataFrame:
        frames, self._frames = self._frames, []
        return pl.concat(frames) if frames else pl.DataFrame()

    def _items(self, records: pl.DataFrame) -> pl.DataFrame:
        if not records.width:
            return records
        mixed = both_signs(records) if not self._options.signs and "type" in self._mapping else []
        if mixed:
            self._questions = (ask_signs(mixed),)
        records, made = numbered(records, base_of("unique_key" in records.columns))
        self._notes += made
        records = signed(records, self._options.signs)
        if not any_twice(records, ("entity_id", "base")):
            return records.with_columns(pl.lit(False).alias("several"))
        records = self._without_twins(records, ("entity_id", "base", "due_on"))
        return records.with_columns((pl.len().over("entity_id", "base") > 1).alias("several"))

    def _without_twins(self, records: pl.DataFrame, key: tuple[str, ...]) -> pl.DataFrame:
        """The first row of each identity; the others are errors that cite it (A13)."""
        if not records.width or not any_twice(records, key):
            return records
        first = pl.col("line").first().over(key)
        twins = records.with_columns(first.alias("other")).filter(pl.col("line") != pl.col("other"))
        shown = key[1] if key[1] in records.columns else key[0]
        column = self._mapping.get("number", self._mapping.get("code", self._mapping.get("name", shown)))
        rows = twins.head(MOST_REJECTS).iter_rows(named=True)
        self._refuse([twin(row, column) for row in rows], twins.height)
        if "digest" in records.columns:  # next time, all of them must be there to be compared
            alone = pl.len().over(key) == 1
            records = records.with_columns(pl.when(alone).then("digest").alias("digest"))
        return records.filter(pl.col("line") == first)


def frame_of(table: Table) -> pl.DataFrame:
    """The columns of a table as text."""
    return table.columns if isinstance(table.columns, pl.DataFrame) else pl.DataFrame(table.columns)
