"""`relance bench search`: every criterion, its first page with the count; then what is asked of many customers."""

import math
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import msgspec
from sqlalchemy import Engine

from relance.adapters.clock import SystemClock
from relance.adapters.store.engine import engine_for
from relance.adapters.store.work import SqlWork
from relance.core.customers.search import Clause
from relance.core.customers.search_language import written
from relance.core.kernel.memory import settle
from relance.core.tenancy.users import Actor
from relance.main.bench.clauses import clauses_of, measured_criteria
from relance.main.bench.mass_deeds import DeedFigures, measured_deeds
from relance.main.bench.people_ledger import ITEMS_A_CUSTOMER, found_or_known
from relance.main.cli.common import answer, json_option
from relance.usecases.insight.browse_customers import BrowseCustomers, CustomersWanted
from relance.usecases.insight.browse_items import BrowseItems, ItemsWanted

_GOAL_MS = 200
_ZONE = "Europe/Paris"


class CriterionFigures(msgspec.Struct, frozen=True, kw_only=True):
    """All searches by one criterion; `slowest` is the one that took longest, in the search language."""

    criterion: str
    searches: int
    p50_ms: float
    p99_ms: float
    slowest: str


class SearchFigures(msgspec.Struct, frozen=True, kw_only=True):
    """Server time of first pages with their counts; `met` says whether every criterion keeps within the goal."""

    bench: str = "search"
    database: str
    customers: int
    items: int
    found: str
    searches: int
    p50_ms: float
    p99_ms: float
    worst: CriterionFigures
    over_goal: list[str]
    goal_p99_ms: int = _GOAL_MS
    met: bool
    deeds: list[DeedFigures]
    criteria: list[CriterionFigures]


@click.command("search")
@click.option("--items", default=1_000_000, show_default=True, type=click.IntRange(1000), help="Items, 20 a customer.")
@click.option("--find", type=click.Choice(["customers", "items"]), default="customers", show_default=True)
@click.option("--repeat", default=3, show_default=True, type=click.IntRange(1), help="How often each search is asked.")
@click.option("--only", default="", help="Only criteria whose name holds this.")
@click.option("--database", metavar="URL", help="An empty database or the bench's own; without it a temporary file.")
@json_option
def command(items: int, find: str, repeat: int, only: str, database: str | None, as_json: bool) -> None:
    """Search customers by every criterion of the language, and change them all.

    Each search answers its first page and its count; of items, those that are open. The ledger stays in the
    database, for the same day's next run.

    Example: relance bench search --items 1000000
    """
    figures = run(items, find, repeat, only, database)
    answer(figures, as_json, lambda: _told(figures))


def run(
    items: int, find: str = "customers", repeat: int = 3, only: str = "", database: str | None = None
) -> SearchFigures:
    """Measure on this database, or on a temporary SQLite file."""
    if database:
        return _measured_on(engine_for(database), items, find, repeat, only)
    with tempfile.TemporaryDirectory(prefix="relance-bench-") as folder:
        return _measured_on(engine_for(f"sqlite:///{Path(folder)}/search.db"), items, find, repeat, only)


def _measured_on(engine: Engine, items: int, find: str, repeat: int, only: str) -> SearchFigures:
    try:
        tenant = found_or_known(engine, items, SystemClock().today(_ZONE))
        actor = Actor(tenant=tenant, user=None, name="bench")
        ask = _question(SqlWork(engine), actor, find)
        settle()
        taken = {
            criterion.name: _times(ask, list(clauses_of(criterion)), repeat)
            for criterion in measured_criteria()
            if only in criterion.name
        }
        deeds = [] if only else list(measured_deeds(engine, actor, max(1, items // ITEMS_A_CUSTOMER)))
        return _figures(engine.dialect.name, items, find, taken, deeds)
    finally:
        engine.dispose()


def _question(work: SqlWork, actor: Actor, find: str) -> Callable[[Clause], object]:
    clock = SystemClock()
    customers, items = BrowseCustomers(work, clock), BrowseItems(work, clock)
    if find == "customers":
        return lambda clause: customers(CustomersWanted(actor=actor, criteria=clause))
    return lambda clause: items(ItemsWanted(actor=actor, criteria=clause))


def _times(ask: Callable[[Clause], object], clauses: list[Clause], repeat: int) -> list[tuple[float, str]]:
    """Milliseconds of each answer, and what was asked; the first answer of each warms up and does not count."""
    ask(clauses[0])
    return [(_milliseconds(ask, clause), written(clause)) for _ in range(repeat) for clause in clauses]


def _milliseconds(ask: Callable[[Clause], object], clause: Clause) -> float:
    start = time.perf_counter()
    ask(clause)
    return (time.perf_counter() - start) * 1000


def _figures(
    database: str, items: int, find: str, taken: dict[str, list[tuple[float, str]]], deeds: list[DeedFigures]
) -> SearchFigures:
    criteria = [_of_criterion(name, times) for name, times in taken.items()]
    every = [milliseconds for times in taken.values() for milliseconds, _ in times]
    over = [one.criterion for one in criteria if one.p99_ms > _GOAL_MS]
    return SearchFigures(
        database=database,
        customers=max(1, items // ITEMS_A_CUSTOMER),
        items=items,
        found=find,
        searches=len(every),
        p50_ms=_quantile(every, 0.5),
        p99_ms=_quantile(every, 0.99),
        worst=max(criteria, key=lambda one: one.p99_ms),
        over_goal=over,
        met=not over and all(deed.met for deed in deeds),
        deeds=deeds,
        criteria=criteria,
    )


def _of_criterion(name: str, times: list[tuple[float, str]]) -> CriterionFigures:
    each = [milliseconds for milliseconds, _ in times]
    return CriterionFigures(
        criterion=name,
        searches=len(each),
        p50_ms=_quantile(each, 0.5),
        p99_ms=_quantile(each, 0.99),
        slowest=max(times)[1],
    )


def _quantile(values: list[float], share: float) -> float:
    """The smallest value that so many are not above."""
    return round(sorted(values)[math.ceil(len(values) * share) - 1], 1)


def _told(figures: SearchFigures) -> Iterator[str]:
    for one in figures.criteria:
        yield f"{one.criterion}: p50 {one.p50_ms} ms, p99 {one.p99_ms} ms ({one.slowest})"
    for deed in figures.deeds:
        yield f"{deed.deed}: {deed.seconds} s, goal {deed.goal_seconds} s"
    yield f"all: p50 {figures.p50_ms} ms, p99 {figures.p99_ms} ms, goal {figures.goal_p99_ms} ms for each criterion"
    yield "met" if figures.met else f"not met: {', '.join(figures.over_goal) or 'a deed'}"
