"""`relance bench day`: decide a generated ledger, beside one bare scan that sums it by account."""

import gc
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

import msgspec
from sqlalchemy import Engine

from relance.adapters.calendars import HolidayCalendars
from relance.adapters.clock import SystemClock
from relance.adapters.store.engine import engine_for
from relance.adapters.store.schema import metadata
from relance.adapters.store.tenancy import SqlTenantDirectory
from relance.adapters.store.work import SqlWork
from relance.adapters.supplied.files import SuppliedFiles
from relance.core.kernel.days import day_number
from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import TenantId
from relance.core.tenancy.tenants import Tenant
from relance.core.tenancy.users import Actor
from relance.main.bench.day_ledger import load, monday
from relance.usecases.collection.run_day import NewDay, RunDay

_ROUNDS = 3
Result = TypeVar("Result")


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """One measurement; `ratio` is `seconds` / `limit_seconds`."""

    seconds: float
    per_second: int
    peak_mb: int
    limit_seconds: float
    ratio: float


class DayFigures(msgspec.Struct, frozen=True, kw_only=True):
    """The first day of a ledger, and the same day once more."""

    bench: str = "day"
    database: str
    items: int
    accounts: int
    created: int
    kept: int
    skipped: dict[str, int]
    first: Figures
    repeat: Figures
    repeat_to_first: float


def run(items: int = 1_000_000, database: str | None = None) -> DayFigures:
    """Measure on an empty database (a temporary SQLite file without one); what was made is dropped afterwards."""
    if database:
        return _measured_on(engine_for(database), items)
    with tempfile.TemporaryDirectory(prefix="relance-bench-") as folder:
        return _measured_on(engine_for(f"sqlite:///{Path(folder)}/day.db"), items)


def _measured_on(engine: Engine, items: int) -> DayFigures:
    metadata.create_all(engine)
    try:
        _refuse_used(engine)
        return _measured(engine, items)
    finally:
        engine.dispose()


def _refuse_used(engine: Engine) -> None:
    with engine.connect() as connection:
        if connection.exec_driver_sql("select 1 from tenants").first():
            raise BadInput("the bench needs an empty database of its own: it fills it")


def _measured(engine: Engine, items: int) -> DayFigures:
    today = monday(datetime.now(UTC).date())
    tenant = _founded(engine, today)
    load(engine, tenant, items, today)
    limit = min(_timed(lambda: _scan(engine, tenant, today))[0] for _ in range(_ROUNDS))
    day = RunDay(SqlWork(engine), SystemClock(), HolidayCalendars(), b"bench", any_day=True)
    wanted = NewDay(actor=Actor(tenant=tenant, user=None, name="bench"), on=today)
    first, decided = _timed(lambda: day(wanted))
    repeat, again = _timed(lambda: day(wanted))
    figures = [_figures(seconds, items, limit) for seconds in (first, repeat)]
    return DayFigures(
        database=engine.dialect.name,
        items=items,
        accounts=decided.created + sum(decided.skipped.values()),
        created=decided.created,
        kept=again.kept,
        skipped=decided.skipped,
        first=figures[0],
        repeat=figures[1],
        repeat_to_first=round(repeat / first, 2),
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
    tenant = SqlTenantDirectory(engine).found(draft, "B01")
    with SqlWork(engine)(tenant) as unit:
        for scenario in SuppliedFiles().scenarios():
            unit.collection.save_scenario(scenario)
    return tenant


def _scan(engine: Engine, tenant: TenantId, today: date) -> int:
    """The raw limit: one scan of the open items joined to their accounts, summed by account (performance goals)."""
    statement = f"""
        select c.customer_id, i.currency, count(*), sum(i.open_amount), min(i.due_on),
          sum(case when i.due_on < {day_number(today)} then i.open_amount else 0 end)
        from items i join customers c on c.tenant_id = i.tenant_id and c.customer_id = i.customer_id
        where i.tenant_id = {tenant} and i.open_amount <> 0 group by c.customer_id, i.currency"""
    with engine.connect() as connection:
        return len(connection.exec_driver_sql(statement).fetchall())


def _timed(deed: Callable[[], Result]) -> tuple[float, Result]:
    gc.collect()
    start = time.perf_counter()
    result = deed()
    return time.perf_counter() - start, result


def _figures(seconds: float, items: int, limit: float) -> Figures:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return Figures(
        seconds=round(seconds, 2),
        per_second=round(items / seconds),
        peak_mb=peak,
        limit_seconds=round(limit, 2),
        ratio=round(seconds / limit, 2),
    )
