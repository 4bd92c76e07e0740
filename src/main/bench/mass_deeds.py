"""What else is asked of many customers: a pasted list, alerts, groups, Search & Assign, a change and its undo."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
from sqlalchemy import Engine

from relance.adapters.calendars import HolidayCalendars
from relance.adapters.clock import SystemClock
from relance.adapters.store.work import SqlWork
from relance.core.customers.assignment import Attribute
from relance.core.customers.mass_changes import Changes, Selection
from relance.core.customers.search import MOST_VALUES, Clause
from relance.core.customers.search_language import parse
from relance.core.tenancy.users import Actor
from relance.usecases.customers.change_many import ChangeMany, ManyChanged, ManyChanges
from relance.usecases.customers.find_codes import CodesToFind, FindCodes
from relance.usecases.customers.list_groups import ListGroups
from relance.usecases.customers.run_tasks import RunTasks, TasksToRun
from relance.usecases.customers.save_task import NewTask, SaveTask
from relance.usecases.customers.show_alerts import ShowAlerts
from relance.usecases.customers.undo_changes import ChangeToUndo, UndoChanges
from relance.usecases.insight.browse_customers import BrowseCustomers, CustomersWanted

_KEY = b"bench"
_TASKS: tuple[tuple[Attribute, str, str], ...] = (
    ("group", "Group 1", "country = FR"),
    ("colleague", "user2@bench.example", "overdue > 1000"),
)


class DeedFigures(msgspec.Struct, frozen=True, kw_only=True):
    """What one deed took. `met`: within its goal."""

    deed: str
    seconds: float
    goal_seconds: float
    met: bool


def measured_deeds(engine: Engine, actor: Actor, customers: int) -> Iterator[DeedFigures]:
    """Each once; what is written is taken back."""
    work, clock, calendars = SqlWork(engine), SystemClock(), HolidayCalendars()
    codes = tuple(f"C{number * 7 % customers + 1:06}" for number in range(MOST_VALUES))
    find, browse = FindCodes(work, clock), BrowseCustomers(work, clock)
    listed = CustomersWanted(actor=actor, criteria=Clause("code", "in", tuple(dict.fromkeys(codes))), sort="listed")
    yield _deed("paste-5000-codes", 1.0, lambda: (find(CodesToFind(actor=actor, codes=codes)), browse(listed)))
    yield _deed("alerts", 1.0, lambda: ShowAlerts(work, clock)(actor))
    yield _deed("groups", 1.0, lambda: ListGroups(work, SystemClock())(actor))
    yield _deed("search-and-assign-dry-run", 5.0, _dry_run(work, clock, actor))
    change = ChangeMany(work, clock, calendars, _KEY)
    undo = UndoChanges(work, clock, calendars, _KEY)
    kept: list[ManyChanged] = []
    yield _deed("assign-collector-to-all", 5.0, lambda: kept.append(change(_wanted(actor))))
    yield _deed("undo-it", 5.0, lambda: undo(ChangeToUndo(actor=actor, change=kept[0].change or 0)))


def _wanted(actor: Actor) -> ManyChanges:
    return ManyChanges(actor=actor, selection=Selection(), wanted=Changes(collector="user3@bench.example"))


def _dry_run(work: SqlWork, clock: SystemClock, actor: Actor) -> Callable[[], Any]:
    """With a task of each kind, kept from an earlier run or made now."""
    save, run = SaveTask(work, clock), RunTasks(work, clock, (), HolidayCalendars(), _KEY)
    with work.reading(actor.tenant) as unit:
        known = bool(unit.assignment.tasks())
    for attribute, value, where in () if known else _TASKS:
        save(NewTask(actor=actor, attribute=attribute, value=value, search=parse(where), all_customers=True))
    return lambda: run(TasksToRun(actor=actor, dry_run=True))


def _deed(name: str, goal: float, deed: Callable[[], object]) -> DeedFigures:
    start = time.perf_counter()
    deed()
    seconds = time.perf_counter() - start
    return DeedFigures(deed=name, seconds=round(seconds, 3), goal_seconds=goal, met=seconds < goal)
