"""What is open at a source as the last import of its items left it, kept in one piece for the next one to read.

Reading a million items column by column takes longer than most of what a repeated snapshot needs. The first import of a
source writes its book, and each later one adds a part with what it changed, in its own transaction. Whatever else
changes items of the source throws the book away, and the next import reads the items themselves.
"""

import io

import polars as pl
from polars.exceptions import PolarsError
from sqlalchemy import Connection, case, delete, func, insert, select

from relance.adapters.store.bulk import fetch_contents, stage
from relance.adapters.store.intake_opened import OPENED, in_order, opened_items
from relance.adapters.store.tables.intake import item_books
from relance.core.kernel.identifiers import SourceId, TenantId

_FEWEST = 10_000
"""Below so many open items they are read as fast as a book."""
_SHARE = 4
"""A book is written anew when its later parts have a row for every so many items."""


class ItemBook:
    """The book of one source."""

    def __init__(self, connection: Connection, tenant: TenantId, source: SourceId) -> None:
        self._connection, self._tenant, self._source = connection, tenant, source
        self._mine = (item_books.c.tenant_id == tenant, item_books.c.source_id == source)

    def opened(self) -> pl.DataFrame:
        """What is open at the source, as `opened_items` says it: from the book, where there is one."""
        where = f"from item_books where tenant_id = {self._tenant} and source_id = {self._source} order by part"
        try:
            parts = [_read(content) for content in fetch_contents(self._connection, "content", where)]
        except PolarsError:  # another version wrote it in its own way
            parts = []
        return in_order(_together(parts)) if parts else opened_items(self._connection, self._tenant, self._source)

    def keep(self, before: pl.DataFrame | None, new: pl.DataFrame, touched: pl.Series, settled: pl.Series) -> None:
        """Write what has changed since `before`: items of which `new` tells, that were `touched`, and `settled` ones.

        The touched are read again from the database. Nothing is kept where it is not known what was open before.
        """
        if before is None or before.height + new.height < _FEWEST:
            self._forget()
            return
        change = pl.concat(
            [new, self._again(touched.filter(~touched.is_in(settled.implode()))), _nothing_open(settled)]
        )
        parts, later = self._size()
        if not parts or later + change.height > before.height // _SHARE:
            self._forget()
            parts, change = 0, in_order(_together([before, change]))
        row = {"tenant_id": self._tenant, "source_id": self._source, "part": parts, "rows": change.height}
        self._connection.execute(insert(item_books), row | {"content": _written(change)})

    def _size(self) -> tuple[int, int]:
        """How many parts there are, and how many rows in those after the first."""
        later = case((item_books.c.part > 0, item_books.c.rows), else_=0)
        query = select(func.count(), func.coalesce(func.sum(later), 0)).where(*self._mine)
        parts, rows = self._connection.execute(query).one()
        return parts, rows

    def _again(self, touched: pl.Series) -> pl.DataFrame:
        """What is open now of these items; those that are not have nothing open."""
        if touched.is_empty():
            return pl.DataFrame(schema=OPENED)
        stage(self._connection, "touched_items", touched.alias("item_id").to_frame())
        only = "item_id in (select item_id from touched_items)"
        opened = opened_items(self._connection, self._tenant, self._source, only)
        gone = touched.filter(~touched.is_in(opened["item_id"].implode()))
        return pl.concat([opened, _nothing_open(gone)])

    def _forget(self) -> None:
        self._connection.execute(delete(item_books).where(*self._mine))


def forget_books(connection: Connection, tenant: TenantId, but: SourceId | None = None) -> None:
    """Throw away all books of a tenant, or those of all sources but one."""
    others = [item_books.c.source_id != but] if but is not None else []
    connection.execute(delete(item_books).where(item_books.c.tenant_id == tenant, *others))


def _nothing_open(items: pl.Series) -> pl.DataFrame:
    frame = items.alias("item_id").to_frame()
    zero = pl.lit(0, dtype=pl.Int64)
    others = (zero.alias("open_amount"), zero.alias("content_digest"), zero.alias("entity_id"))
    return frame.with_columns(*others, pl.lit("").alias("currency"))


def _together(parts: list[pl.DataFrame]) -> pl.DataFrame:
    """What the last part says of each item that is still open."""
    first, *more = parts
    for part in more:
        same = first.filter(~pl.col("item_id").is_in(part["item_id"].implode()))
        opened = part.filter(pl.col("open_amount") != 0).sort("content_digest")
        first = same.set_sorted("content_digest").merge_sorted(opened, "content_digest")
    return first


def _written(opened: pl.DataFrame) -> bytes:
    """Small integers where they are, and currencies by their number: a third of what it takes in memory."""
    names = opened["currency"].unique().sort().to_list()
    narrow = opened.with_columns(pl.col("currency").cast(pl.Enum(names)))
    piece = io.BytesIO()
    narrow.with_columns(column.shrink_dtype() for column in narrow if column.dtype == pl.Int64).write_ipc(piece)
    return piece.getvalue()


def _read(content: bytes) -> pl.DataFrame:
    return pl.read_ipc(io.BytesIO(content)).cast(pl.Schema(OPENED))
