"""`relance bench aged-balance`: the verb by customer, beside the same GROUP BY in bare SQL."""

import gc
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import click
import msgspec
from sqlalchemy import Engine

from relance.adapters.clock import SystemClock
from relance.adapters.store.engine import engine_for
from relance.adapters.store.summaries import refresh_summaries
from relance.adapters.store.tenancy import SqlTenantDirectory
from relance.adapters.store.work import SqlWork
from relance.core.kernel.days import day_number
from relance.core.kernel.identifiers import TenantId
from relance.core.tenancy.tenants import Tenant
from relance.core.tenancy.users import Actor
from relance.main.bench.day_ledger import load
from relance.main.bench.emptiness import prepare_empty
from relance.main.cli.common import answer, json_option
from relance.usecases.insight.show_aged_balance import AgedBalanceWanted, ShowAgedBalance

_ROUNDS = 5


class AgedFigures(msgspec.Struct, frozen=True, kw_only=True):
    """The best of some rounds each; `ratio` is `seconds` / `limit_seconds`."""

    bench: str = "aged-balance"
    database: str
    items: int
    rows: int
    seconds: float
    per_second: int
    peak_mb: int
    limit_seconds: float
    ratio: float


@click.command("aged-balance")
@click.option("--items", default=1_000_000, show_default=True, type=click.IntRange(1000), help="Open items to make.")
@click.option("--database", metavar="URL", help="An empty database; without it a temporary SQLite file.")
@json_option
def command(items: int, database: str | None, as_json: bool) -> None:
    """The aged balance by customer over generated items, the morning after its accounts were brought up to date.

    Example: relance bench aged-balance --items 1000000
    """
    figures = run(items, database)
    words = f"{figures.rows} rows in {figures.seconds} s, bare SQL {figures.limit_seconds} s, ratio {figures.ratio}"
    answer(figures, as_json, lambda: [words])


def run(items: int = 1_000_000, database: str | None = None) -> AgedFigures:
    """Measure on an empty database (a temporary SQLite file without one)."""
    if database:
        return _measured_on(engine_for(database), items)
    with tempfile.TemporaryDirectory(prefix="relance-bench-") as folder:
        return _measured_on(engine_for(f"sqlite:///{Path(folder)}/aged.db"), items)


def _measured_on(engine: Engine, items: int) -> AgedFigures:
    try:
        prepare_empty(engine)
        return _measured(engine, items)
    finally:
        engine.dispose()


def _measured(engine: Engine, items: int) -> AgedFigures:
    clock = SystemClock()
    today = clock.today("Europe/Paris")
    tenant = _founded(engine, today)
    load(engine, tenant, items, today)
    with engine.begin() as connection:
        refresh_summaries(connection, tenant, today - timedelta(days=1), None)
    balance = ShowAgedBalance(SqlWork(engine), clock)
    wanted = AgedBalanceWanted(actor=Actor(tenant=tenant, user=None, name="bench"), as_of=today)
    taken, limits, rows = [], [], 0
    for _ in range(_ROUNDS):
        limits.append(_timed(lambda: len(_bare(engine, tenant, today)))[0])
        seconds, rows = _timed(lambda: len(balance(wanted).rows))
        taken.append(seconds)
    return AgedFigures(
        database=engine.dialect.name,
        items=items,
        rows=rows,
        seconds=round(min(taken), 3),
        per_second=round(items / min(taken)),
        peak_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        limit_seconds=round(min(limits), 3),
        ratio=round(min(taken) / min(limits), 2),
    )


def _founded(engine: Engine, today: date) -> TenantId:
    draft = Tenant(
        tenant=TenantId(0),
        code="bench",
        name="Bench",
        currency="EUR",
        country="FR",
        language="en",
        timezone="Europe/Paris",
        created_on=today,
    )
    return SqlTenantDirectory(engine).found(draft, "B01")


def _bare(engine: Engine, tenant: TenantId, today: date) -> list[object]:
    """The raw limit: the same sums by customer, fetched from the bare driver."""
    late = f"{day_number(today)} - i.due_on"
    debit = "i.open_amount > 0"
    buckets = [
        f"{debit} and {late} <= 0",
        f"{debit} and {late} between 1 and 30",
        f"{debit} and {late} between 31 and 60",
        f"{debit} and {late} between 61 and 90",
        f"{debit} and {late} > 90",
        "i.open_amount < 0",
    ]
    sums = ", ".join(f"cast(sum(case when {bucket} then i.open_amount else 0 end) as bigint)" for bucket in buckets)
    statement = f"""
        select c.code, c.name, s.* from (
          select i.customer_id, i.currency, {sums}, cast(sum(i.open_amount) as bigint) from items i
          where i.tenant_id = {tenant} and i.open_amount <> 0 and i.type <> 'down-payment-request'
          group by i.customer_id, i.currency) s
        join customers c on c.tenant_id = {tenant} and c.customer_id = s.customer_id
        order by c.code, s.currency"""
    with engine.connect() as connection:
        raw = connection.connection.cursor()
        raw.execute(statement)
        return list(raw.fetchall())


def _timed(deed: Callable[[], int]) -> tuple[float, int]:
    gc.collect()
    start = time.perf_counter()
    result = deed()
    return time.perf_counter() - start, result
