"""Many rows at once: COPY on PostgreSQL, executemany on SQLite, and columns back into frames."""

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import polars as pl
from sqlalchemy import Connection

from relance.adapters.store.engine import is_sqlite, refusal_of
from relance.ports.failpoints import armed, failpoint

_SLICE = 50_000
_CELL, _ROW = "\x1e", "\n"
_SQL_TYPES: dict[Any, str] = {pl.String: "text", pl.Boolean: "boolean"}


def load(
    connection: Connection,
    table: str,
    frame: pl.DataFrame,
    same: Mapping[str, int] | None = None,
    counted: str = "",
) -> None:
    """Insert a frame whose columns bear the table's column names; `same` are columns of one number in all rows.

    `counted` names the failpoint of each row: `import.row` is passed as `import.row_1` and so on.
    """
    size, before, same = 100 if armed() and counted else _SLICE, 0, same or {}
    for piece in frame.iter_slices(size):
        if is_sqlite(connection):
            _insert(connection, table, piece, same)
        else:
            numbers = (pl.lit(number).alias(name) for name, number in same.items())
            _copy_in(connection, table, piece.with_columns(*numbers))
        if armed() and counted:
            _count(counted, before, piece.height)
            before += piece.height


def stage(connection: Connection, name: str, frame: pl.DataFrame, plain: bool = False) -> None:
    """A temporary table of a frame, gone with the transaction or its connection.

    Of a `plain` one PostgreSQL needs to know no more than its size, which it sees: each row is looked up by its key.
    """
    kinds = (f"{column} {_SQL_TYPES.get(dtype.base_type(), 'bigint')}" for column, dtype in frame.schema.items())
    if is_sqlite(connection):
        connection.exec_driver_sql(f"drop table if exists temp.{name}")
        connection.exec_driver_sql(f"create temp table {name} ({', '.join(kinds)})")
    else:
        connection.exec_driver_sql(f"drop table if exists {name}")
        connection.exec_driver_sql(f"create temp table {name} ({', '.join(kinds)}) on commit drop")
    if is_sqlite(connection) and frame.dtypes == [pl.Int64] and not frame.to_series().null_count():
        _insert_listed(connection, name, frame.to_series())
        return
    load(connection, name, frame)
    if not is_sqlite(connection) and not plain:
        connection.exec_driver_sql(f"analyze {name}")


def fetch(
    connection: Connection,
    columns: Mapping[str, Any],
    rest: str,
    renamed: Mapping[str, str] = {},
    narrow: bool = False,
) -> pl.DataFrame:
    """Columns (name to polars type) of `from ...` as a frame. Text of these columns holds no control characters.

    `renamed` gives the SQL of a column whose name in the frame is another. Rows that are `narrow` come as one value, or
    one for each column, which is twice as fast as COPY and takes memory of the server; none of their cells is null.
    """
    terms = [renamed.get(name, name) for name in columns]
    quote: str | None = None
    if is_sqlite(connection) and narrow:
        return _listed_columns(connection, columns, terms, rest)
    if is_sqlite(connection):
        pieces = list(_joined_rows(connection, terms, rest))
        separator = _CELL
    elif narrow:
        pieces, separator = [_one_value(connection, terms, rest)], _CELL
    else:
        pieces = [_copied_out(connection, terms, rest)]
        separator, quote = ",", '"'
    frames = [
        pl.read_csv(io.BytesIO(piece), has_header=False, schema=dict(columns), separator=separator, quote_char=quote)
        for piece in pieces
        if piece
    ]
    if not frames:
        return pl.DataFrame(schema=dict(columns))
    whole = pl.concat(frames)
    texts = [name for name, dtype in columns.items() if dtype == pl.String]
    return whole.with_columns(pl.col(texts).fill_null("")) if texts else whole


def fetch_numbers(connection: Connection, terms: Mapping[str, str], rest: str, small: str = "") -> pl.DataFrame:
    """Whole numbers (name to SQL, never null) of `from ...`: each column comes as one value that the database makes.

    Those of the `small` one are integers of the database, half as long.
    """
    if is_sqlite(connection):
        listed = ", ".join(f"json_group_array({term})" for term in terms.values())
        texts = connection.exec_driver_sql(f"select {listed} {rest}").one()
        columns = [_listed_numbers(text[1:-1]) for text in texts]
    else:
        # One process alone: several would copy what they have joined once more, which takes longer than the reading.
        connection.exec_driver_sql("set local max_parallel_workers_per_gather = 0")
        kinds = {name: pl.Int32 if name == small else pl.Int64 for name in terms}
        sent = (f"{'int4send' if name == small else 'int8send'}({term})" for name, term in terms.items())
        joined = ", ".join(f"string_agg({term}, '')" for term in sent)
        with driven(connection, binary=True) as cursor:
            packed = cursor.execute(f"select {joined} {rest}").fetchone()
        columns = [_packed_numbers(some or b"", kind) for some, kind in zip(packed, kinds.values(), strict=True)]
    return pl.DataFrame(dict(zip(terms, columns, strict=True)))


def fetch_contents(connection: Connection, term: str, rest: str) -> list[bytes]:
    """Large values as they are; by itself the driver asks PostgreSQL to write each byte as two letters."""
    if is_sqlite(connection):
        return list(connection.exec_driver_sql(f"select {term} {rest}").scalars())
    with driven(connection, binary=True) as cursor:
        return [row[0] for row in cursor.execute(f"select {term} {rest}")]


def plan_for_few(connection: Connection) -> None:
    """Let PostgreSQL look rows up by number until this transaction ends, rather than pass over all of a large table.

    As it comes, it plans for disks that turn: looking up one row in fifty then seems dearer than reading them all.
    """
    if not is_sqlite(connection):
        connection.exec_driver_sql("set local random_page_cost = 1.1")


def analyze(connection: Connection, *tables: str) -> None:
    """Tell the planner what a bulk load changed; one plan took fifty times as long without."""
    for table in tables:
        connection.exec_driver_sql(f"analyze {table}")


def _insert(connection: Connection, table: str, piece: pl.DataFrame, same: Mapping[str, int]) -> None:
    """Numbers that are the same in all rows stand in the statement: the driver binds a third less."""
    values = ",".join(["?"] * piece.width + [str(number) for number in same.values()])
    statement = f"insert into {table} ({','.join([*piece.columns, *same])}) values ({values})"
    connection.exec_driver_sql(statement, piece.rows())


def _insert_listed(connection: Connection, table: str, numbers: pl.Series) -> None:
    """One column of numbers as one text, a quarter of the time that the driver needs to bind each."""
    listed = numbers.cast(pl.String).str.join(",").item()
    connection.exec_driver_sql(f"insert into {table} select value from json_each(?)", (f"[{listed}]",))


def _copy_in(connection: Connection, table: str, piece: pl.DataFrame) -> None:
    text = piece.write_csv(include_header=False, quote_style="non_numeric").encode()
    with driven(connection) as cursor, cursor.copy(f"copy {table} ({','.join(piece.columns)}) from stdin csv") as copy:
        copy.write(text)


def _copied_out(connection: Connection, terms: list[str], rest: str) -> bytes:
    buffer = io.BytesIO()
    with driven(connection) as cursor, cursor.copy(f"copy (select {', '.join(terms)} {rest}) to stdout csv") as copy:
        for chunk in copy:
            buffer.write(chunk)
    return buffer.getvalue()


@contextmanager
def driven(connection: Connection, binary: bool = False) -> Iterator[Any]:
    """A cursor of the driver itself, whose errors are told as those of any statement are."""
    driver: Any = connection.connection.driver_connection
    try:
        with driver.cursor(binary=binary) as cursor:
            yield cursor
    except connection.dialect.loaded_dbapi.Error as error:
        refusal = refusal_of(error, lost=driver.broken or driver.closed)
        if refusal is None:
            raise
        raise refusal from error


def _one_value(connection: Connection, terms: list[str], rest: str) -> bytes:
    line = f" || '{_CELL}' || ".join(f"coalesce({term}::text, '')" for term in terms)
    text: str | None = connection.exec_driver_sql(f"select string_agg({line}, E'\\n') {rest}").scalar()
    return f"{text}\n".encode() if text is not None else b""


def _joined_rows(connection: Connection, terms: list[str], rest: str) -> Iterator[bytes]:
    """Rows as one text each, joined by the database: one Python object a row instead of one a cell."""
    line = f"printf('{_CELL.join(['%s'] * len(terms))}', {', '.join(terms)})"
    cursor = connection.exec_driver_sql(f"select {line} {rest}").cursor
    assert cursor is not None
    while rows := cursor.fetchmany(_SLICE):
        yield (_ROW.join(row[0] for row in rows) + _ROW).encode()


def _listed_columns(connection: Connection, columns: Mapping[str, Any], terms: list[str], rest: str) -> pl.DataFrame:
    """Each column as one text that the database makes: numbers between commas, other cells on a line each."""
    texts = [columns[name] == pl.String for name in columns]
    listed = (
        f"group_concat({term}, char(10))" if text else f"json_group_array({term})"
        for term, text in zip(terms, texts, strict=True)
    )
    found = connection.exec_driver_sql(f"select {', '.join(listed)} {rest}").one()
    if any(one is None for one in found):
        return pl.DataFrame(schema=dict(columns))
    read = [
        pl.Series([one]).str.split(_ROW).explode() if text else _listed_numbers(one[1:-1])
        for one, text in zip(found, texts, strict=True)
    ]
    return pl.DataFrame(dict(zip(columns, read, strict=True)))


def _listed_numbers(text: str) -> pl.Series:
    if not text:
        return pl.Series([], dtype=pl.Int64)
    piece = io.BytesIO(text.encode())
    return pl.read_csv(piece, has_header=False, schema={"n": pl.Int64}, eol_char=",")["n"]


def _packed_numbers(packed: bytes, kind: Any) -> pl.Series:
    if not packed:
        return pl.Series([], dtype=pl.Int64)
    row, size = pl.Series([packed], dtype=pl.Binary), 4 if kind == pl.Int32 else 8
    numbers = row.bin.reinterpret(dtype=pl.Array(kind, len(packed) // size), endianness="big").explode()
    return numbers.cast(pl.Int64)


def _count(name: str, before: int, rows: int) -> None:
    for row in range(before + 1, before + rows + 1):
        failpoint(f"{name}_{row}")
