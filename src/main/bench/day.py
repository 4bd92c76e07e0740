"""`relance bench day`: decide a generated ledger, beside one bare scan that sums it by account."""

import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click
import msgspec

from relance.adapters.calendars import HolidayCalendars
from relance.adapters.clock import SystemClock
from relance.adapters.store.engine import engine_for
from relance.adapters.store.tenancy import SqlTenantDirectory
from relance.adapters.store.work import SqlWork
from relance.adapters.supplied.files import SuppliedFiles
from relance.core.kernel.days import day_number
from relance.core.kernel.identifiers import TenantId
from relance.core.tenancy.tenants import Tenant
from relance.core.tenancy.users import Actor
from relance.main.bench.day_ledger import load, many, monday
from relance.main.bench.emptiness import prepare_empty
from relance.main.bench.measuring import Measured, Taken, beside, in_child
from relance.main.cli.common import answer, json_option
from relance.usecases.collection.run_day import NewDay, RunDay

_ROUNDS = 3
_ZONE = "Europe/Paris"


class DayFigures(msgspec.Struct, frozen=True, kw_only=True):
    """The first day of a ledger, and the same day once more; the best of some rounds each, and so is the limit."""

    bench: str = "day"
    database: str
    items: int
    scenarios: int
    """Of eight steps each; none: the supplied ones."""
    accounts: int
    created: int
    kept: int
    skipped: dict[str, int]
    first: Measured
    repeat: Measured
    repeat_to_first: float
    index_seconds: float
    """The limit's sum where the database may answer it as it likes: SQLite then reads an index that searches need, and
    that holds too little to decide with."""


@click.command("day")
@click.option("--items", default=1_000_000, show_default=True, type=click.IntRange(1000), help="Open items to make.")
@click.option("--database", metavar="URL", help="An empty database; without it a temporary SQLite file.")
@click.option("--scenarios", default=0, type=click.IntRange(0, 200), help="Make so many, of eight steps each.")
@json_option
def command(items: int, database: str | None, scenarios: int, as_json: bool) -> None:
    """The day's decision over generated accounts, twice.

    Without --scenarios, the supplied ones decide.

    Example: relance bench day --items 1000000
    """
    figures = run(items, database, scenarios)
    words = (
        f"{figures.accounts} accounts, {figures.created} actions: first {figures.first.seconds} s, "
        f"repeat {figures.repeat.seconds} s, bare scan {figures.first.limit_seconds} s, ratio {figures.first.ratio} "
        f"(sum of an index {figures.index_seconds} s)"
    )
    answer(figures, as_json, lambda: [words])


def run(items: int = 1_000_000, database: str | None = None, scenarios: int = 0) -> DayFigures:
    """Measure on an empty database (a temporary SQLite file without one)."""
    if database:
        return _measured(database, items, scenarios)
    with tempfile.TemporaryDirectory(prefix="relance-bench-") as folder:
        return _measured(f"sqlite:///{Path(folder)}/day.db", items, scenarios)


def _measured(url: str, items: int, scenarios: int) -> DayFigures:
    today = monday(SystemClock().today(_ZONE))
    in_child(_prepare, url, items, today, scenarios)
    limits, indexed, firsts, repeats = [], [], [], []
    for _ in range(_ROUNDS):
        limits.append(in_child(_scan, url, today, True))
        indexed.append(in_child(_scan, url, today, False))
        firsts.append(in_child(_decide, url, today, True))
        repeats.append(in_child(_decide, url, today, False))
    limit, index, first, repeat = (min(taken, key=_seconds) for taken in (limits, indexed, firsts, repeats))
    return DayFigures(
        database=url.partition(":")[0],
        items=items,
        scenarios=scenarios,
        accounts=limit.answer,
        created=first.answer["created"],
        kept=repeat.answer["kept"],
        skipped=first.answer["skipped"],
        first=beside(first, limit, items),
        repeat=beside(repeat, limit, items),
        repeat_to_first=round(repeat.seconds / first.seconds, 2),
        index_seconds=round(index.seconds, 3),
    )


def _seconds(taken: Taken) -> float:
    return taken.seconds


def _prepare(url: str, items: int, today: date, scenarios: int) -> Iterator[Any]:
    """Tables, a tenant with the supplied scenarios or so many others, and its ledger."""
    engine = engine_for(url)
    prepare_empty(engine)
    yield
    draft = Tenant(
        tenant=TenantId(0),
        code="bench",
        name="Bench",
        currency="EUR",
        country="FR",
        language="en",
        timezone=_ZONE,
        created_on=today,
    )
    tenant = SqlTenantDirectory(engine).found(draft, "B01")
    with SqlWork(engine)(tenant) as unit:
        for scenario in (*SuppliedFiles().scenarios(), *many(scenarios)):
            unit.collection.save_scenario(scenario)
    load(engine, tenant, items, today, many(scenarios))
    engine.dispose()


def _scan(url: str, today: date, table: bool) -> Iterator[Any]:
    """The raw limit: one scan of the open items joined to their accounts, summed by account (performance goals).

    Of the `table` of items, as PostgreSQL reads it anyway, with as many processes as it likes; the day's own decisions
    are made in one.
    """
    engine = engine_for(url)
    read = "not indexed" if table and engine.dialect.name == "sqlite" else ""
    statement = f"""
        select c.customer_id, i.currency, count(*), sum(i.open_amount), min(i.due_on),
          sum(case when i.due_on < {day_number(today)} then i.open_amount else 0 end)
        from items i {read} join customers c on c.tenant_id = i.tenant_id and c.customer_id = i.customer_id
        where i.tenant_id = 1 and i.open_amount <> 0 group by c.customer_id, i.currency"""
    with engine.connect() as connection:
        yield
        yield len(connection.exec_driver_sql(statement).fetchall())


def _decide(url: str, today: date, first: bool) -> Iterator[Any]:
    """The verb, as every caller runs it; the first of a round finds no actions."""
    engine = engine_for(url)
    if first:
        with engine.begin() as connection:
            connection.exec_driver_sql("delete from actions")
            connection.exec_driver_sql("delete from decided_days")
        _vacuum(url)
    calendars = HolidayCalendars()
    calendars.of("FR")  # its modules are loaded once a process, as all the others are
    day = RunDay(SqlWork(engine), SystemClock(), calendars, b"bench", any_day=True)
    wanted = NewDay(actor=Actor(tenant=TenantId(1), user=None, name="bench"), on=today)
    yield
    yield msgspec.to_builtins(day(wanted))


def _vacuum(url: str) -> None:
    """Rows that an earlier round deleted are no part of a first day."""
    if url.startswith("postgresql"):
        with engine_for(url).connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("vacuum analyze actions")
