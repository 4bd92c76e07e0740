"""Decide the actions of a day for a whole tenant."""

from collections.abc import Sequence
from datetime import date

import msgspec

from relance.core.collection.decisions import Trace
from relance.core.kernel.errors import BadInput
from relance.core.kernel.memory import uncollected
from relance.core.kernel.money import sums_text
from relance.core.tenancy.users import Actor, require_right
from relance.ports.assigners import Assigner
from relance.ports.calendars import Calendars
from relance.ports.clock import Clock
from relance.ports.work import Unit, Work
from relance.usecases.collection.deciding import Creation, Decided
from relance.usecases.collection.desk import Desk
from relance.usecases.collection.ending import end_settled
from relance.usecases.collection.replanning import Planner, counts
from relance.usecases.customers.assigning import Assigning
from relance.usecases.qualification.judging import Judge
from relance.usecases.tenancy.lapsing import end_invitations
from relance.usecases.tenancy.turning import turn_deputies


class NewDay(msgspec.Struct, frozen=True, kw_only=True):
    """Which day; None is the tenant's today. `explain` names a customer whose decision is told step by step."""

    actor: Actor
    on: date | None = None
    dry_run: bool = False
    explain: str = ""


class PlannedRow(msgspec.Struct, frozen=True):
    """An action that the day would create."""

    customer: str
    step: str
    due_on: date
    amounts: dict[str, str]
    state: str
    reason: str
    warnings: tuple[str, ...]


class DayDecided(msgspec.Struct, frozen=True, kw_only=True):
    """One outcome for every account: created, kept and skipped are all of them; `planned` is of dry runs."""

    date: date
    created: int
    kept: int
    cancelled: int
    skipped: dict[str, int]
    planned: list[PlannedRow] = []
    trace: list[Trace] = []


class RunDay:
    """The day decides every account of the tenant; running it again changes nothing unless facts changed (D10)."""

    def __init__(
        self,
        work: Work,
        clock: Clock,
        calendars: Calendars,
        key: bytes,
        any_day: bool = False,
        assigners: Sequence[Assigner] = (),
    ) -> None:
        self._work, self._clock, self._calendars = work, clock, calendars
        self._key, self._any_day, self._assigners = key, any_day, assigners

    @uncollected()
    def __call__(self, request: NewDay) -> DayDecided:
        """Decide; raises BadInput for another day than today unless it is a dry run.

        A dry run assigns nothing, judges no promise and ends no pause: it tells what the day would do with the ledger
        as it is.
        """
        require_right(request.actor, "confirm")
        if request.dry_run:
            with self._work.reading(request.actor.tenant) as unit:
                planner = self._planner(unit, request)
                return _answer(planner.decide(explain=request.explain), planner.on.today, with_rows=True)
        self._bring_up_to_date(request)
        with self._work(request.actor.tenant) as unit:
            unit.day.lock()
            seen = unit.day.newest_import()
            planner = self._planner(unit, request)
            today = planner.on.today
            decided = planner.decide(explain=request.explain)
            planner.write(decided, request.actor.name)
            unit.day.remember(today, self._clock.now(), seen)
            unit.audit.record(request.actor.name, "day-decided", f"day:{today.isoformat()}", counts(decided))
            return _answer(decided, today, with_rows=False)

    def _bring_up_to_date(self, request: NewDay) -> None:
        """What time alone has changed, in a transaction of its own: true by itself, and the day then reads what two
        readers see alike, which is faster. A day that fails after it finds it done when it runs again.
        """
        with self._work(request.actor.tenant) as unit:
            unit.day.lock()
            end_invitations(unit, self._clock.now())
            today = self._planner(unit, request).on.today
            turn_deputies(unit, self._clock.today(unit.tenancy.tenant().timezone))
            assigning = Assigning(unit, self._assigners, today, self._clock.now())
            if moved := assigning.write(assigning.decide()):
                unit.collection.change_scenarios(moved)
            Judge(unit, self._clock.now(), today, self._calendars).judge_all()
            end_settled(Desk(unit, self._clock.now(), self._calendars))

    def _planner(self, unit: Unit, request: NewDay) -> Planner:
        today = self._clock.today(unit.tenancy.tenant().timezone)
        if request.on is not None and request.on != today:
            if not request.dry_run and not self._any_day:
                raise BadInput(f"only {today.isoformat()} can be decided; another day only with a dry run")
            today = request.on
        return Planner(unit, today, self._calendars, self._key)


def _answer(decided: Decided, today: date, with_rows: bool) -> DayDecided:
    rows = [_row(one) for one in decided.created] if with_rows else []
    return DayDecided(date=today, **counts(decided), planned=rows, trace=decided.path.traces)


def _row(one: Creation) -> PlannedRow:
    plan = one.plan
    amounts = sums_text(one.listed.amounts)
    return PlannedRow(one.code, plan.step.code, plan.due_on, amounts, plan.state, plan.reason, plan.warnings)
