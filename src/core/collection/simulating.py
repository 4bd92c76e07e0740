"""One account's coming weeks under a scenario: today's ledger, with nothing coming in, and the days moving on.

Every message leaves on the first open day after its step has come on which the account's budget and the tenant's day
have room for it, every call and task is done that day; nobody pays, and what is held today stays held. The decisions
are the day's own.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import msgspec

from relance.core.collection.accounts import Account, CurrencyRow, Line, facts_of
from relance.core.collection.cycles import reached
from relance.core.collection.decide import decide, gate
from relance.core.collection.decisions import Plan
from relance.core.collection.kinds import is_message
from relance.core.collection.pacing import Pace
from relance.core.collection.rules import DayRules
from relance.core.collection.scenarios import Scenario
from relance.core.kernel.days import day_number, day_of


class Happening(msgspec.Struct, frozen=True):
    """One action of the weeks: its day, its step, and the steps that were left out before it though never had."""

    on: date
    number: int
    kind: str
    after: int
    missed: tuple[int, ...] = ()
    waited: bool = False
    """There was no room for it on the day on which it could have left."""


class Weeks(msgspec.Struct, frozen=True):
    """The days looked at: the rules of each, and by kind of action the first day from it on which it may leave."""

    rules: Mapping[date, DayRules]
    opens: Mapping[str, Mapping[date, date]]
    last: date


def foretell(
    account: Account,
    rows: Sequence[CurrencyRow],
    scenario: Scenario,
    weeks: Weeks,
    first: date,
    pace: Pace,
    had: Sequence[date] = (),
) -> tuple[list[Happening], str]:
    """What happens to the account from a day on, and why nothing does where nothing does.

    `had` are the days of its messages of the last month, which count in its budget.
    """
    happenings: list[Happening] = []
    told = list(had)
    lines, contacted, today = list(rows), account.last_contact_on, first
    said = gate(account, sum(row.open_items for row in rows), scenario, first)
    if said == "paused" and account.paused_until:
        today, said = account.paused_until + timedelta(days=1), ""
    if said or today > weeks.last:
        return [], said or "paused"
    while today <= weeks.last:
        on = weeks.rules[today]
        now = [_on_day(row, on) for row in lines]
        as_of = msgspec.structs.replace(account, last_contact_on=contacted)
        found = decide(as_of, facts_of(now, scenario, on), scenario, on)
        if found.plan is None:
            said = said if happenings else found.skip
            today = found.until or _next_change(lines, today)
            continue
        kind = found.plan.step.kind
        possible = weeks.opens[kind][today]
        done_on = pace.take(possible, weeks.opens[kind], told, weeks.last) if is_message(kind) else possible
        if done_on is None or done_on > weeks.last:
            said = "capped" if possible <= weeks.last else said
            break
        told += [done_on] * is_message(kind)
        happenings.append(_happening(found.plan, done_on, done_on > possible))
        lines = [_after(row, found.plan, weeks.rules[done_on]) for row in lines]
        contacted = done_on if found.plan.step.kind != "task" else contacted
        today = done_on + timedelta(days=1)
    return happenings, "" if happenings else said or "not-due"


def as_carried(rows: Sequence[CurrencyRow], numbers: Sequence[int]) -> list[CurrencyRow]:
    """The rows with the steps done numbered as the new version numbers them."""
    if list(numbers) == list(range(1, len(numbers) + 1)):
        return list(rows)
    becomes = dict(enumerate(numbers, 1))
    return [msgspec.structs.replace(row, lines=tuple(_carried(line, becomes) for line in row.lines)) for row in rows]


def _carried(line: Line, becomes: Mapping[int, int]) -> Line:
    if not line.step_done:
        return line
    number = becomes.get(line.step_done, line.step_done)
    return msgspec.structs.replace(line, step_done=number, step_on=line.step_on if number else None)


def _on_day(row: CurrencyRow, on: DayRules) -> CurrencyRow:
    late = sum(1 for line in row.lines if line.amount > 0 and line.due < on.day)
    return msgspec.structs.replace(row, overdue=late + row.overdue_held)


def _next_change(rows: Sequence[CurrencyRow], today: date) -> date:
    """The first day on which another line is overdue; without one, none within these weeks."""
    number = day_number(today)
    coming = [line.due for row in rows for line in row.lines if line.amount > 0 and line.due >= number]
    return day_of(min(coming) + 1) if coming else date.max


def _happening(plan: Plan, on: date, waited: bool) -> Happening:
    scenario, number = plan.scenario, plan.step_number
    before = plan.leader.step_done
    between = range(before + 1, number) if before or scenario.jump else ()
    missed = tuple(n for n in between if scenario.step(n).day >= 0 and n not in scenario.passed_over)
    return Happening(on, number, plan.step.kind, before, missed, waited)


def _after(row: CurrencyRow, plan: Plan, on: DayRules) -> CurrencyRow:
    """The lines after the step is done: the leader has had it, the others as far as they had reached (D7)."""
    return msgspec.structs.replace(row, lines=tuple(_stepped(line, row.currency, plan, on) for line in row.lines))


def _stepped(line: Line, currency: str, plan: Plan, on: DayRules) -> Line:
    scenario, number = plan.scenario, plan.step_number
    if number <= line.step_done:
        return line
    if line.item != plan.leader.item:
        if line.amount <= 0 or scenario.per_invoice or not _is_listed(line, currency, plan, on):
            return line
        number = min(number, reached(scenario, day_of(line.due), on.today))
    if number <= line.step_done:
        return line
    return msgspec.structs.replace(line, step_done=number, step_on=on.day)


def _is_listed(line: Line, currency: str, plan: Plan, on: DayRules) -> bool:
    if plan.step.day < 0:
        return on.day <= line.due <= on.day + max(plan.step.days_ahead, -plan.step.day)
    return line.due < on.day and currency in plan.nets
