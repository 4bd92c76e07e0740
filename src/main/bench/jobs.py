"""`relance bench jobs`: what a worker at rest costs, and how many jobs that do nothing it does in a second."""

import tempfile
import threading
import time
from datetime import date
from pathlib import Path

import click
import msgspec
from dependency_injector import providers

from relance.adapters.job_runner import JobRunner
from relance.core.kernel.identifiers import TenantId
from relance.core.tenancy.jobs import NewJob
from relance.core.tenancy.tenants import Tenant
from relance.main.bench.emptiness import prepare_empty
from relance.main.cli.common import answer, json_option
from relance.main.container import House
from relance.main.settings import from_environment
from relance.main.worker import start_embedded_worker

_SETTLING = 10.0
_CLOCK = "2026-03-02T09:00:00Z"


class JobFigures(msgspec.Struct, frozen=True, kw_only=True):
    """`idle_percent` of one core; `cpu_ms_per_job` is what a job costs this process beside the database."""

    bench: str = "jobs"
    database: str
    tenants: int
    seconds: float
    idle_percent: float
    jobs: int
    jobs_per_second: int
    cpu_ms_per_job: float


@click.command("jobs")
@click.option("--seconds", default=60, show_default=True, type=click.IntRange(5), help="How long the worker rests.")
@click.option("--tenants", default=10, show_default=True, type=click.IntRange(1), help="Tenants to look after.")
@click.option("--jobs", default=500, show_default=True, type=click.IntRange(10), help="Jobs that do nothing.")
@click.option("--database", metavar="URL", help="An empty database; without it a temporary SQLite file.")
@json_option
def command(seconds: int, tenants: int, jobs: int, database: str | None, as_json: bool) -> None:
    """A worker at rest over some tenants, then jobs that do nothing.

    Example: relance bench jobs --seconds 60
    """
    with tempfile.TemporaryDirectory(prefix="relance-bench-") as folder:
        figures = run(Path(folder), database or f"sqlite:///{folder}/jobs.db", seconds, tenants, jobs)
    words = (
        f"at rest {figures.idle_percent} % of a core; {figures.jobs_per_second} jobs a second, "
        f"{figures.cpu_ms_per_job} ms of processor each"
    )
    answer(figures, as_json, lambda: [words])


def run(
    folder: Path, database: str, seconds: float, tenants: int, jobs: int, settling: float = _SETTLING
) -> JobFigures:
    """Measure on an empty database, by the processor time of this process."""
    house = _house(folder, database)
    try:
        prepare_empty(house.engine())
        ours = [_founded(house, number) for number in range(tenants)]
        at_rest = _at_rest(house, seconds, settling)
        taken, cpu = _through(house, ours, jobs)
        return JobFigures(
            database=house.engine().dialect.name,
            tenants=tenants,
            seconds=seconds,
            idle_percent=round(at_rest / seconds * 100, 3),
            jobs=jobs,
            jobs_per_second=round(jobs / taken),
            cpu_ms_per_job=round(cpu / jobs * 1000, 2),
        )
    finally:
        house.engine().dispose()


def _house(folder: Path, database: str) -> House:
    settings = {"DATABASE": database, "ENV": "test", "NOW": _CLOCK, "STATE": str(folder), "SECRET": "bench" * 8}
    house = House()
    house.environment.override(
        providers.Object(from_environment({f"RELANCE_{name}": value for name, value in settings.items()}))
    )
    return house


def _founded(house: House, number: int) -> TenantId:
    tenant = Tenant(
        tenant=TenantId(0),
        code=f"bench-{number}",
        name="Bench",
        currency="EUR",
        country="FR",
        language="en",
        timezone="Europe/Paris",
        created_on=date(2026, 1, 5),
    )
    return house.directory().found(tenant, "FR01")


def _at_rest(house: House, seconds: float, settling: float) -> float:
    end = start_embedded_worker(house)
    try:
        time.sleep(settling)
        before = time.process_time()
        time.sleep(seconds)
        return time.process_time() - before
    finally:
        end()


def _through(house: House, tenants: list[TenantId], jobs: int) -> tuple[float, float]:
    """Seconds and processor seconds from the first claim to the last end."""
    left, done = iter(range(jobs - 1)), threading.Event()

    def nothing(_: object) -> None:
        if next(left, None) is None:
            done.set()

    runner = JobRunner(house.job_queue(), house.runners(), {"copies": nothing})
    for number in range(jobs):
        with house.work()(tenants[number % len(tenants)]) as unit:
            unit.jobs.add(NewJob(kind="copies", key=f"nothing {number}"))
    start, cpu = time.perf_counter(), time.process_time()
    runner.nudge()
    done.wait()
    runner.close()
    return time.perf_counter() - start, time.process_time() - cpu
