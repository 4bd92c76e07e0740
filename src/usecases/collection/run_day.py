"""Decide the actions of a day for a whole tenant."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec

from relance.core.collection.actions import Action
from relance.core.collection.decisions import Trace
from relance.core.collection.planning import new_action
from relance.core.collection.references import domain_of, message_id
from relance.core.collection.rules import rules_of, rules_on
from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import ActionId
from relance.core.kernel.money import sums_text
from relance.core.tenancy.users import Actor, require_right
from relance.ports.calendars import Calendars
from relance.ports.clock import Clock
from relance.ports.failpoints import failpoint
from relance.ports.work import Unit, Work
from relance.usecases.collection.deciding import Creation, Decided, Deciding, furthest


class NewDay(msgspec.Struct, frozen=True, kw_only=True):
    """Which day; None is the tenant's today. `explain` names a customer whose decision is told step by step."""

    actor: Actor
    on: date | None = None
    dry_run: bool = False
    explain: str = ""


class PlannedRow(msgspec.Struct, frozen=True):
    """An action that the day created, or would create."""

    customer: str
    step: str
    due_on: date
    amounts: dict[str, str]
    state: str
    reason: str
    warnings: tuple[str, ...]


class DayDecided(msgspec.Struct, frozen=True, kw_only=True):
    """One outcome for every account: created + kept + the skipped are all of them."""

    date: date
    created: int
    kept: int
    cancelled: int
    skipped: dict[str, int]
    planned: list[PlannedRow] = []
    trace: list[Trace] = []


class RunDay:
    """The day decides every account of the tenant; running it again changes nothing unless facts changed (D10)."""

    def __init__(self, work: Work, clock: Clock, calendars: Calendars, key: bytes, any_day: bool = False) -> None:
        self._work, self._clock, self._calendars = work, clock, calendars
        self._key, self._any_day = key, any_day

    def __call__(self, request: NewDay) -> DayDecided:
        """Decide; raises BadInput for another day than today unless it is a dry run."""
        require_right(request.actor, "confirm")
        opened = self._work.reading if request.dry_run else self._work
        with opened(request.actor.tenant) as unit:
            today = self._day(unit, request)
            if not request.dry_run:
                unit.day.lock()
            decided = self._decide(unit, today, request.explain)
            if not request.dry_run:
                self._write(unit, decided, today, request.actor)
            return _answer(decided, today, with_rows=request.dry_run)

    def _day(self, unit: Unit, request: NewDay) -> date:
        today = self._clock.today(unit.tenancy.tenant().timezone)
        if request.on is None or request.on == today:
            return today
        if not request.dry_run and not self._any_day:
            raise BadInput(f"only {today.isoformat()} can be decided; another day only as a dry run")
        return request.on

    def _decide(self, unit: Unit, today: date, explain: str) -> Decided:
        settings = unit.tenancy.settings()
        holidays = self._calendars.of(unit.tenancy.tenant().country)
        on = rules_on(rules_of(settings), today, holidays)
        scenarios = {scenario.code: scenario for scenario in unit.collection.scenarios()}
        until = furthest(scenarios.values(), today)
        accounts = unit.day.accounts(on, until, settings.text("scenario"))
        return Deciding(unit.day, scenarios, on, explain).decide(accounts)

    def _write(self, unit: Unit, decided: Decided, today: date, actor: Actor) -> None:
        unit.day.cancel_actions(decided.cancelled)
        unit.day.change_actions(decided.changed)
        failpoint("plan.mid")
        unit.day.add_actions(self._numbered(unit, decided.created, today), [one.mark for one in decided.created])
        unit.day.remember(today, self._clock.now())
        cancelled = [(f"action:{action}", {"reason": reason}) for action, _, reason in decided.cancelled]
        unit.audit.record_many(actor.name, "action-cancelled", cancelled)
        unit.audit.record(actor.name, "day-decided", f"day:{today.isoformat()}", _counts(decided))

    def _numbered(self, unit: Unit, created: Sequence[Creation], today: date) -> list[Action]:
        """The new actions with their numbers, occurrences and Message-IDs."""
        if not created:
            return []
        tenant = unit.tenancy.tenant().code
        domain = domain_of(unit.tenancy.settings().text("sender"))
        number = unit.tenancy.next_numbers("actions", len(created))
        before = unit.day.occurrences(one.customer for one in created)
        actions = []
        for count, one in enumerate(created):
            reference = message_id(tenant, number + count, 1, domain, self._key)
            action = new_action(ActionId(number + count), one.customer, one.plan, one.listed, today, reference)
            times = before.get((one.customer, action.scenario, action.step, action.leader), 0)
            actions.append(msgspec.structs.replace(action, occurrence=times + 1) if times else action)
        return actions


def _counts(decided: Decided) -> dict[str, Any]:
    return {
        "created": len(decided.created),
        "kept": decided.kept,
        "cancelled": len(decided.cancelled),
        "skipped": dict(sorted(decided.skipped.items())),
    }


def _answer(decided: Decided, today: date, with_rows: bool) -> DayDecided:
    rows = [_row(one) for one in decided.created] if with_rows else []
    return DayDecided(date=today, **_counts(decided), planned=rows, trace=decided.path.traces)


def _row(one: Creation) -> PlannedRow:
    plan = one.plan
    amounts = sums_text(one.listed.amounts)
    return PlannedRow(one.code, plan.step.code, plan.due_on, amounts, plan.state, plan.reason, plan.warnings)
