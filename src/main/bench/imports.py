"""`relance bench import`: a first and a repeated snapshot, beside the bare parse and the fastest load."""

import secrets
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click
import fastexcel
import polars as pl
from sqlalchemy import Connection, Engine, delete

from relance.adapters.archive import DiskArchive
from relance.adapters.calendars import HolidayCalendars
from relance.adapters.clock import SystemClock
from relance.adapters.intake.reader import ColumnarReader
from relance.adapters.intake.registry import ImporterShelf
from relance.adapters.store.bulk import load
from relance.adapters.store.engine import engine_for
from relance.adapters.store.schema import metadata
from relance.adapters.store.tables.tenancy import tenants
from relance.adapters.store.tenancy import SqlTenantDirectory
from relance.adapters.store.work import SqlWork
from relance.core.kernel.identifiers import TenantId
from relance.core.tenancy.tenants import Tenant
from relance.core.tenancy.users import Actor
from relance.main.bench.emptiness import prepare_empty
from relance.main.bench.exports import as_workbook, write_export, write_next_export
from relance.main.bench.measuring import beside, in_child
from relance.main.cli.common import answer, json_option
from relance.plugins.importers.csv import DelimitedText
from relance.plugins.importers.excel import Workbooks
from relance.usecases.intake.import_file import FileToImport, ImportFile

_TABLE = "bench_load"


@click.command("import")
@click.option("--items", default=100_000, show_default=True, help="Items of the generated export.")
@click.option("--format", "form", type=click.Choice(["csv", "excel"]), default="csv", show_default=True)
@click.option("--database", metavar="URL", help="An empty database; without it a temporary SQLite file.")
@json_option
def command(items: int, form: str, database: str | None, as_json: bool) -> None:
    """Import a generated export, then the next day's with 5 % changed, then the same file again.

    The limit of the first is a parse by columns and the fastest load into a table with our indexes. The limit of the
    second is the same parse and reading number, key and open amount of the tenant's open items with the bare driver.

    Example: relance bench import --items 1000000 --json
    """
    with tempfile.TemporaryDirectory(prefix="relance-bench-") as folder:
        found = _measured(items, form, database, Path(folder))
    answer(found, as_json, lambda: (f"{name}: {value}" for name, value in found.items()))


def _measured(items: int, form: str, database: str | None, folder: Path) -> dict[str, Any]:
    first, later = folder / "first.csv", folder / "next.csv"
    write_export(first, items)
    write_next_export(later, items)
    if form == "excel":
        first, later = (_workbook(file) for file in (first, later))
    url = database or f"sqlite:///{folder}/bench.db"
    limit_url = url if url.startswith("postgresql") else f"sqlite:///{folder}/limit.db"
    tenant = _found(url)
    try:
        bare_load = in_child(_bare_load, limit_url, first)
        first_taken = in_child(_import, url, tenant, first, folder)
        bare_compare = in_child(_bare_compare, url, tenant, later)
        repeat_taken = in_child(_import, url, tenant, later, folder)
        identical = in_child(_import, url, tenant, later, folder)
    finally:
        if database:
            _remove(engine_for(database), tenant)
    return {
        "items": items,
        "format": form,
        "database": "postgresql" if url.startswith("postgresql") else "sqlite",
        "first": beside(first_taken, bare_load, items),
        "repeat": beside(repeat_taken, bare_compare, items),
        "identical_seconds": round(identical.seconds, 3),
        "first_report": first_taken.answer,
        "repeat_report": repeat_taken.answer,
    }


def _import(url: str, tenant: int, file: Path, folder: Path) -> Iterator[Any]:
    """The verb itself, as every caller uses it."""
    verb = ImportFile(
        SqlWork(engine_for(url)),
        SystemClock(),
        ImporterShelf([DelimitedText(), Workbooks()]),
        ColumnarReader(),
        DiskArchive(folder / "archive"),
        HolidayCalendars(),
        b"bench",
    )
    actor = Actor(tenant=TenantId(tenant), user=None, name="bench")
    yield
    report = verb(FileToImport(actor=actor, kind="items", file=file, file_name=file.name))
    names = ("state", "new", "changed", "unchanged", "settled", "rejected_rows", "identical")
    yield {name: getattr(report, name) for name in names}


def _bare_load(url: str, file: Path) -> Iterator[Any]:
    """The limit of a first import: parse by columns, and the fastest load into a table with our own indexes."""
    engine = engine_for(url)
    table = _empty_table(engine)
    yield
    frame = _parsed(file).select(
        pl.lit(1).alias("tenant_id"),
        pl.int_range(1, pl.len() + 1).alias("item_id"),
        pl.lit(1).alias("entity_id"),
        (pl.int_range(pl.len()) // 20).alias("customer_id"),
        pl.lit(1).alias("source_id"),
        pl.concat_str("customer_code", pl.lit("/invoice/"), "number", pl.lit("/2026")).alias("unique_key"),
        pl.lit("invoice").alias("type"),
        "number",
        *("issued_on", "due_on", "currency", "amount"),
        pl.col("amount").alias("open_amount"),
        "reference",
        pl.lit(1).alias("created_import_id"),
        pl.lit(1).alias("changed_import_id"),
    )
    with engine.begin() as connection:
        load(connection, table, frame)
    yield


def _empty_table(engine: Engine) -> str:
    """A table with our own indexes and nothing in it: in a file of its own on SQLite, beside ours on PostgreSQL."""
    if engine.dialect.name == "sqlite":
        metadata.create_all(engine)
        return "items"
    with engine.begin() as connection:
        connection.exec_driver_sql(f"drop table if exists {_TABLE}")
        connection.exec_driver_sql(f"create table {_TABLE} (like items including all)")
    return _TABLE


def _bare_compare(url: str, tenant: int, file: Path) -> Iterator[Any]:
    """The limit of a repeated import: parse by columns, and read the tenant's open keys."""
    engine = engine_for(url)
    yield
    _parsed(file)
    with engine.connect().execution_options(relance_write=False) as connection:
        _open_keys(connection, tenant)
    yield


def _open_keys(connection: Connection, tenant: int) -> int:
    """Number, key and open amount of each open item, as the bare driver gives them."""
    query = f"select item_id, unique_key, open_amount from items where tenant_id = {tenant} and open_amount <> 0"
    cursor = connection.exec_driver_sql(query).cursor
    assert cursor is not None
    return len(cursor.fetchall())


def _parsed(file: Path) -> pl.DataFrame:
    """Columns with types and nothing checked: cents by the decimal type, days as numbers.

    Of a workbook what the reader beneath ours gives: it knows the types itself.
    """
    if file.suffix == ".xlsx":
        sheet = fastexcel.read_excel(file).load_sheet(0).to_polars()
        cents = (pl.col("amount") * 100).round().cast(pl.Int64).alias("amount")
        return sheet.with_columns(pl.col("issued_on", "due_on").cast(pl.Date).to_physical(), cents)
    day: dict[str, Any] = {"issued_on": pl.Date, "due_on": pl.Date, "amount": pl.Decimal(18, 2)}
    frame = pl.read_csv(file, schema_overrides=day)
    return frame.with_columns(
        pl.col("issued_on", "due_on").to_physical(), (pl.col("amount") * 100).cast(pl.Int64).alias("amount")
    )


def _workbook(export: Path) -> Path:
    file = export.with_suffix(".xlsx")
    as_workbook(export, file)
    return file


def _found(url: str) -> int:
    engine = engine_for(url)
    prepare_empty(engine)
    tenant = Tenant(
        tenant=TenantId(0),
        code=f"bench-{secrets.token_hex(4)}",
        name="Bench",
        currency="EUR",
        country="FR",
        language="en",
        timezone="Europe/Paris",
        created_on=date(2026, 1, 5),
    )
    number = SqlTenantDirectory(engine).found(tenant, "MAIN")
    engine.dispose()
    return number


def _remove(engine: Engine, tenant: int) -> None:
    with engine.begin() as connection:
        for table in metadata.sorted_tables:
            if "tenant_id" in table.c and table is not tenants:
                connection.execute(delete(table).where(table.c.tenant_id == tenant))
        connection.execute(delete(tenants).where(tenants.c.tenant_id == tenant))
        connection.exec_driver_sql(f"drop table if exists {_TABLE}")
    engine.dispose()
