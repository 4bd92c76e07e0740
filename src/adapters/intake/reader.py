"""Tables of text into checked records, batch by batch: what was understood stays typed and small, the text goes."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import NamedTuple

import polars as pl

from relance.adapters.intake.batch import Batch
from relance.adapters.intake.items import STATED, base_of, both_signs, item_columns, settled_note, signed
from relance.adapters.intake.looking import column_seen
from relance.adapters.intake.options import Options
from relance.adapters.intake.others import IDENTITY, other_columns
from relance.adapters.intake.repeats import Parted, Repeats
from relance.adapters.intake.unnumbered import numbered
from relance.adapters.intake.words import words_for
from relance.core.intake.mapping import Question, questions_of, resolved
from relance.core.intake.reports import MOST_REJECTS, Note, merged
from relance.core.intake.seen import ColumnSeen
from relance.ports.importers import Rejected, Table
from relance.ports.intake import Checked, OpenRows, PassedOver, Plan

_THREADS = 2
"""Batches checked at once: polars lets go of the interpreter's lock, and more threads than this only cost memory."""
_AHEAD = 8
"""Batches read while what is open is not known yet."""
_WORTH_READING = 50_000
"""Rows for which a batch of their own is worth what it costs."""
_NAMED = ("unique_key", "customer_code", "number")


class ColumnarReader:
    """Checks with polars."""

    def look(self, table: Table) -> tuple[ColumnSeen, ...]:
        """What the columns of a batch show."""
        frame = _frame(table)
        return tuple(column_seen(frame[name]) for name in frame.columns if name != "line")

    def names_of(self, table: Table) -> tuple[str, ...]:
        """The names of the columns, without the one of line numbers."""
        return tuple(name for name in _frame(table).columns if name != "line")

    def rows_of(self, table: Table) -> int:
        """How many rows a batch has."""
        return _frame(table).height + len(table.rejected)

    def check(
        self, tables: Iterator[Table], plan: Plan, opened: Callable[[], OpenRows | None] | None = None
    ) -> Checked:
        """Read all tables; raises BadInput for a mapping or an option that does not fit the file."""
        reading = _Reading(plan, opened or _nothing)
        with ThreadPoolExecutor(_THREADS) as pool:
            running: deque[Future[_Piece]] = deque()
            for table in tables:
                reading.begin(table)
                running.append(pool.submit(reading.checked, table))
                if len(running) > _AHEAD:
                    reading.take(running.popleft().result())
            while running:
                reading.take(running.popleft().result())
        return reading.done()


class _Unread(NamedTuple):
    """Rows of one batch that nobody knows, with the numbers of their cells."""

    frame: pl.DataFrame
    digests: pl.Series


class _Piece(NamedTuple):
    """What became of one batch."""

    rows: int
    records: pl.DataFrame | None
    rejected: list[Rejected]
    rejected_rows: int
    named: pl.DataFrame | None
    unreadable: int
    parted: Parted | None = None
    notes: tuple[Note, ...] = ()
    unread: _Unread | None = None


class _Reading:
    """What has been read so far of one file."""

    def __init__(self, plan: Plan, opened: Callable[[], OpenRows | None]) -> None:
        self._plan, self._options, self._opened = plan, Options(plan), opened
        self._repeats: Repeats | None = None
        self._places: list[pl.Series] = []
        self._codes: list[pl.Series] = []
        self._mapping: dict[str, str] = {}
        self._questions: tuple[Question, ...] = ()
        self._frames: list[pl.DataFrame] = []
        self._named: list[pl.DataFrame] = []
        self._rejected: list[Rejected] = []
        self._notes: list[Note] = []
        self._rows = self._rejected_rows = self._unreadable = 0
        self._unread: list[_Unread] = []

    def begin(self, table: Table) -> None:
        """Settle the mapping with the columns of the first batch."""
        self._notes += table.notes
        if not self._mapping and not self._questions:
            columns = [name for name in _frame(table).columns if name != "line"]
            self._mapping = resolved(self._plan.kind, columns, self._plan.mapping, own=not self._plan.exact)
            self._questions = questions_of(self._plan.kind, columns, self._mapping, self._options.due)
            if self._plan.kind == "items" and not self._questions:
                self._repeats = Repeats(self._plan, self._mapping, self._opened)

    def checked(self, table: Table) -> "_Piece":
        """Check one batch; batches know nothing of each other, so several may be checked at once.

        Where few of its rows are unknown, these wait for those of the next batches.
        """
        frame, lost = _frame(table), len(table.rejected)
        piece = _Piece(frame.height + lost, None, list(table.rejected), lost, None, lost)
        if self._questions:
            return piece
        parted = self._repeats.parted(frame) if self._repeats else None
        if parted is None:
            return self._read(piece, _Unread(frame, pl.Series([], dtype=pl.Int64)))
        piece, unread = piece._replace(parted=parted), _Unread(parted.others, parted.digests)
        return piece._replace(unread=unread) if unread.frame.height < _WORTH_READING else self._read(piece, unread)

    def _read(self, piece: _Piece, unread: _Unread) -> _Piece:
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

    def take(self, piece: _Piece) -> None:
        """Add a checked batch, in the order of the file."""
        if piece.unread is None:
            self._read_waiting()
        self._add(piece)
        if piece.unread is not None:
            self._wait(piece.unread)

    def _wait(self, unread: _Unread) -> None:
        if self._unread and self._unread[0].frame.schema != unread.frame.schema:
            self._read_waiting()
        self._unread.append(unread)
        if sum(one.frame.height for one in self._unread) >= _WORTH_READING:
            self._read_waiting()

    def _read_waiting(self) -> None:
        """Read the rows that waited, as one batch: what a batch costs beside its rows is then paid once."""
        waiting, self._unread = self._unread, []
        if waiting:
            together = _Unread(pl.concat([one.frame for one in waiting]), pl.concat([one.digests for one in waiting]))
            self._add(self._read(_Piece(0, None, [], 0, None, 0), together))

    def _add(self, piece: _Piece) -> None:
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
            self._codes.append(Batch(piece.parted.coded, self._mapping, self._options).text("customer_code"))

    def done(self) -> Checked:
        """Everything that was read, duplicates within the file rejected."""
        self._read_waiting()
        plan, records = self._plan, self._records()
        if plan.kind == "items" and not self._questions:
            records = self._items(records)
        elif plan.kind in IDENTITY and not self._questions:
            records = self._without_twins(records, IDENTITY[plan.kind])
        elif plan.kind == "payments" and not self._questions:
            records = records.with_columns(pl.col("amount").abs())
        passed_over = self._repeats.passed_over(self._places) if self._repeats else None
        return Checked(
            rows=self._rows,
            records=records.drop(STATED, strict=False),
            rejected=tuple(sorted(self._rejected, key=lambda row: row.line)[:MOST_REJECTS]),
            rejected_rows=self._rejected_rows,
            named=pl.concat(self._named) if self._named else pl.DataFrame(schema=dict.fromkeys(_NAMED, pl.String)),
            unreadable=self._unreadable,
            mapping=self._mapping,
            questions=self._questions,
            notes=(*self._notes, *_notes(records, self._codes), *settled_note(records)),
            rounded=int(records["rounded"].sum()) if "rounded" in records.columns else 0,
            sums=_sums(records, passed_over),
            options=plan.options,
            trusted=plan.trusted,
            passed_over=passed_over,
        )

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
            self._questions = (_ask_signs(mixed),)
        records, made = numbered(records, base_of("unique_key" in records.columns))
        self._notes += made
        records = signed(records, self._options.signs)
        if not _any_twice(records, ("entity_id", "base")):
            return records.with_columns(pl.lit(False).alias("several"))
        records = self._without_twins(records, ("entity_id", "base", "due_on"))
        return records.with_columns((pl.len().over("entity_id", "base") > 1).alias("several"))

    def _without_twins(self, records: pl.DataFrame, key: tuple[str, ...]) -> pl.DataFrame:
        """The first row of each identity; the others are errors that cite it (A13)."""
        if not records.width or not _any_twice(records, key):
            return records
        first = pl.col("line").first().over(key)
        twins = records.with_columns(first.alias("other")).filter(pl.col("line") != pl.col("other"))
        shown = key[1] if key[1] in records.columns else key[0]
        column = self._mapping.get("number", self._mapping.get("code", self._mapping.get("name", shown)))
        rows = twins.head(MOST_REJECTS).iter_rows(named=True)
        self._refuse([_twin(row, column) for row in rows], twins.height)
        if "digest" in records.columns:  # next time, all of them must be there to be compared
            alone = pl.len().over(key) == 1
            records = records.with_columns(pl.when(alone).then("digest").alias("digest"))
        return records.filter(pl.col("line") == first)


def _nothing() -> OpenRows | None:
    return None


def _frame(table: Table) -> pl.DataFrame:
    return table.columns if isinstance(table.columns, pl.DataFrame) else pl.DataFrame(table.columns)


def _any_twice(records: pl.DataFrame, key: tuple[str, ...]) -> bool:
    """Whether two rows may have the same key, by their hashes: certain where the answer is no, which is usual."""
    hashes = pl.sum_horizontal(pl.col(name).hash(place) for place, name in enumerate(key))
    return int(records.select(hashes.n_unique()).item()) < records.height


def _twin(row: dict[str, object], column: str) -> Rejected:
    value = next((str(row[name]) for name in ("number", "code", "email", "name") if row.get(name)), "")
    words = words_for("duplicate-identity", other=row["other"])
    line = int(str(row["line"]))
    return Rejected(line=line, column=column, value=value, code="duplicate-identity", message=words)


def _ask_signs(types: list[str]) -> Question:
    return Question(
        code="both-signs",
        column="amount",
        choices=("signs=negative", "signs=file"),
        message=f"the file writes {' and '.join(types)} with both signs; --option signs=negative makes all of them "
        "credits, --option signs=file keeps each sign (a reversal adds to the balance)",
    )


def _sums(records: pl.DataFrame, passed_over: PassedOver | None) -> dict[str, int]:
    value = next((name for name in (STATED, "open_amount") if name in records.columns), "amount")
    if value not in records.columns or "currency" not in records.columns:
        return {}
    frames = [records.select("currency", pl.col(value).cast(pl.Int128))]
    if passed_over:  # open, so it is what is stated
        frames.append(passed_over.items.select("currency", pl.col("open_amount").cast(pl.Int128).alias(value)))
    sums = pl.concat([_by_currency(frame, value) for frame in frames]).group_by("currency").agg(pl.col(value).sum())
    return {currency: int(total) for currency, total in sums.sort("currency").iter_rows()}


def _by_currency(frame: pl.DataFrame, value: str) -> pl.DataFrame:
    """Most files have one currency: then nothing is grouped."""
    if frame.height and (frame["currency"] == frame["currency"][0]).all():
        return frame.select(pl.col("currency").first(), pl.col(value).sum())
    return frame.group_by("currency").agg(pl.col(value).sum())


def _notes(records: pl.DataFrame, more: list[pl.Series]) -> tuple[Note, ...]:
    """How many customer codes differ only in leading zeros: they are different accounts (A19)."""
    name = next((name for name in ("customer_code", "code") if name in records.columns), None)
    if name is None or records.schema[name] != pl.String:
        return ()
    every = pl.concat([records[name].alias("code"), *(codes.alias("code") for codes in more)])
    codes = every.unique().to_frame()
    alike = codes.with_columns(pl.col("code").str.strip_chars_start("0").alias("bare"))
    alike = alike.filter(pl.len().over("bare") > 1).sort("bare", "code")
    if alike.is_empty():
        return ()
    return (Note("leading-zeros", alike.height, tuple(alike["code"].head(6).to_list())),)
