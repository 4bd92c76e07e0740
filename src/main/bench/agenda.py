"""`relance bench agenda`: a collector's first page under every filter, and a thousand messages confirmed at once."""

import math
import tempfile
import time
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import click
import msgspec
from sqlalchemy import Engine, select

from relance.adapters.calendars import HolidayCalendars
from relance.adapters.clock import SystemClock
from relance.adapters.render.renderer import JinjaRenderer
from relance.adapters.store.engine import engine_for
from relance.adapters.store.tables.collection import actions
from relance.adapters.store.tables.customers import customers
from relance.adapters.store.work import SqlWork
from relance.core.kernel.identifiers import ActionId, TenantId, UserId
from relance.core.kernel.memory import settle
from relance.core.tenancy.users import Actor
from relance.main.bench.people_ledger import found_or_known
from relance.main.cli.common import answer, json_option
from relance.ports.store.agenda import SORTS, VIEWS
from relance.usecases.collection.confirm_actions import ConfirmActions, Confirmation
from relance.usecases.collection.recall_action import Recall, RecallAction
from relance.usecases.collection.show_agenda import AgendaAsked, ShowAgenda

_GOAL_MS, _GOAL_SECONDS = 50, 2.0
_ZONE = "Europe/Paris"
_CONFIRMED = 1000


class AgendaFigures(msgspec.Struct, frozen=True, kw_only=True):
    """Server time of first pages; `slowest` is the view, filter and order that took longest."""

    bench: str = "agenda"
    database: str
    items: int
    open_actions: int
    pages: int
    p50_ms: float
    p99_ms: float
    goal_p99_ms: int = _GOAL_MS
    slowest: str
    confirmed: int
    confirm_seconds: float
    goal_confirm_seconds: float = _GOAL_SECONDS
    met: bool


@click.command("agenda")
@click.option("--items", default=1_000_000, show_default=True, type=click.IntRange(1000), help="Items, 20 a customer.")
@click.option("--repeat", default=10, show_default=True, type=click.IntRange(1), help="How often each page is asked.")
@click.option("--database", metavar="URL", help="An empty database or the bench's own; without it a temporary file.")
@json_option
def command(items: int, repeat: int, database: str | None, as_json: bool) -> None:
    """Show a collector's agenda in every view, filter and order, then confirm a thousand messages at once.

    A tenth of the customers, each with an open action, is the collector's. What is confirmed is taken back.

    Example: relance bench agenda --items 1000000
    """
    figures = run(items, repeat, database)
    words = (
        f"{figures.open_actions} open actions: p50 {figures.p50_ms} ms, p99 {figures.p99_ms} ms (goal {_GOAL_MS} ms), "
        f"slowest {figures.slowest}; {figures.confirmed} confirmed in {figures.confirm_seconds} s: "
        f"{'met' if figures.met else 'not met'}"
    )
    answer(figures, as_json, lambda: [words])


def run(items: int, repeat: int = 10, database: str | None = None) -> AgendaFigures:
    """Measure on this database, or on a temporary SQLite file."""
    if database:
        return _measured_on(engine_for(database), items, repeat)
    with tempfile.TemporaryDirectory(prefix="relance-bench-") as folder:
        return _measured_on(engine_for(f"sqlite:///{Path(folder)}/agenda.db"), items, repeat)


def _measured_on(engine: Engine, items: int, repeat: int) -> AgendaFigures:
    try:
        tenant = found_or_known(engine, items, SystemClock().today(_ZONE))
        actor = Actor(tenant=tenant, user=UserId(1), name="User 1", role="collector")
        settle()
        times = _pages(ShowAgenda(SqlWork(engine), SystemClock(), HolidayCalendars()), actor, repeat)
        mine, waiting = _open_actions(engine, tenant)
        confirmed, seconds = _confirm(SqlWork(engine), actor, waiting[:_CONFIRMED])
        p99 = _quantile([milliseconds for milliseconds, _ in times], 0.99)
        return AgendaFigures(
            database=engine.dialect.name,
            items=items,
            open_actions=mine,
            pages=len(times),
            p50_ms=_quantile([milliseconds for milliseconds, _ in times], 0.5),
            p99_ms=p99,
            slowest=max(times)[1],
            confirmed=confirmed,
            confirm_seconds=round(seconds, 3),
            met=p99 < _GOAL_MS and seconds < _GOAL_SECONDS,
        )
    finally:
        engine.dispose()


def _pages(show: ShowAgenda, actor: Actor, repeat: int) -> list[tuple[float, str]]:
    """Milliseconds of each first page, and which it was; the first of each warms up and does not count."""
    taken = []
    for name, asked in _questions(actor):
        show(asked)
        for _ in range(repeat):
            start = time.perf_counter()
            show(asked)
            taken.append(((time.perf_counter() - start) * 1000, name))
    return taken


def _questions(actor: Actor) -> Iterator[tuple[str, AgendaAsked]]:
    """The collector's own actions: each view in each order, unfiltered and under each filter."""
    change = msgspec.structs.replace
    for view, sort in product(VIEWS, SORTS):
        asked = AgendaAsked(actor=actor, zone=_ZONE, view=view, sort=sort, mine=True)
        yield f"{view} by {sort}", asked
        yield f"{view} by {sort}, one step", change(asked, step="second-reminder")
        yield f"{view} by {sort}, one group", change(asked, group=1)
        yield f"{view} by {sort}, overdue from 1,000", change(asked, overdue_from=1000)


def _open_actions(engine: Engine, tenant: TenantId) -> tuple[int, list[ActionId]]:
    """How many the collector has, and those of them that wait to be confirmed and have something to ask for."""
    query = (
        select(actions.c.action_id, actions.c.state, actions.c.kind, actions.c.leader_item_id)
        .join(customers, (customers.c.tenant_id == tenant) & (customers.c.customer_id == actions.c.customer_id))
        .where(actions.c.tenant_id == tenant, customers.c.collector_id == 1, actions.c.done_on.is_(None))
    )
    with engine.connect() as connection:
        rows = connection.execute(query).fetchall()
    return len(rows), [ActionId(row[0]) for row in rows if row[1:3] == ("to-confirm", "email") and row[3]]


def _confirm(work: SqlWork, actor: Actor, chosen: list[ActionId]) -> tuple[int, float]:
    """Confirm these, and take them back for the next run."""
    confirm = ConfirmActions(work, SystemClock(), HolidayCalendars(), JinjaRenderer())
    start = time.perf_counter()
    confirmed = confirm(Confirmation(actor=actor, actions=tuple(chosen), hold_minutes=60))
    seconds = time.perf_counter() - start
    recall, refused = RecallAction(work), {one.action for one in confirmed.refused}
    for action in chosen:
        if action not in refused:
            recall(Recall(actor=actor, action=action))
    return confirmed.changed, seconds


def _quantile(values: list[float], share: float) -> float:
    """The smallest value that so many are not above."""
    return round(sorted(values)[math.ceil(len(values) * share) - 1], 1)
