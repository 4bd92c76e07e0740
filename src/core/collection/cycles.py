"""A leader's way through the steps of a scenario: what is done, what comes next, and when (D7, D8)."""

from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from relance.core.collection.scenarios import Scenario, Step
from relance.core.kernel.identifiers import ItemId
from relance.core.ledger.items import Item


class Leader(msgspec.Struct, frozen=True, order=True):
    """The invoice whose due date drives the scenario; compares by due date, issue date and number (D6)."""

    due_on: date
    issued_on: date
    number: str
    item: ItemId
    currency: str
    step_done: int = 0
    step_on: date | None = None


class NextStep(msgspec.Struct, frozen=True):
    """The step that comes next for a leader: its own date, and the first day on which it may be taken (D8)."""

    number: int
    step: Step
    due_on: date
    not_before: date


def next_number(scenario: Scenario, step_done: int, overdue: bool) -> int | None:
    """The number after the furthest step done; steps before the due date lapse once it has passed. None: ended.

    What the account does not match today is passed over.
    """
    for number in range(max(step_done, 0) + 1, len(scenario.steps) + 1):
        if (not overdue or scenario.step(number).day >= 0) and number not in scenario.passed_over:
            return number
    return None


def ended_from(scenario: Scenario) -> int:
    """The `step_done` from which an overdue invoice leads no more: nothing after it is left to do (D7)."""
    for number in range(len(scenario.steps), 0, -1):
        if scenario.steps[number - 1].day >= 0 and number not in scenario.passed_over:
            return number
    return 0


def next_step(scenario: Scenario, leader: Leader, today: date) -> NextStep | None:
    """The leader's next step, or None when its cycle is ended.

    A step keeps its own date, however old; the one after a step done waits at least the distance between the two from
    the day on which it was really done (D8).
    """
    overdue = leader.due_on < today
    number = next_number(scenario, leader.step_done, overdue)
    if number is None:
        return None
    if scenario.jump:
        number = next_number(scenario, max(number, reached(scenario, leader.due_on, today)) - 1, overdue) or number
    step = scenario.step(number)
    due_on = leader.due_on + timedelta(days=step.day)
    if step.after_last is not None and leader.step_on is not None and leader.step_done == number - 1:
        due_on = leader.step_on + timedelta(days=step.after_last)
        return NextStep(number, step, due_on, due_on)
    not_before = due_on
    if leader.step_on is not None and 0 < leader.step_done < number:
        distance = step.day - scenario.step(leader.step_done).day
        not_before = max(due_on, leader.step_on + timedelta(days=distance))
    return NextStep(number, step, due_on, not_before)


def reached(scenario: Scenario, due_on: date, today: date) -> int:
    """The furthest step that an item of this due date had itself reached by today; 0 for none.

    Steps before the due date have lapsed once it has passed: they were not reached (D7).
    """
    first = 0 if due_on < today else min((step.day for step in scenario.steps), default=0)
    days = (today - due_on).days
    return max((n for n, step in enumerate(scenario.steps, 1) if first <= step.day <= days), default=0)


def steps_after(
    listed: Iterable[Item], leader: ItemId, scenario: Scenario, step_number: int, today: date
) -> dict[ItemId, int]:
    """The new `step_done` of the listed items for which a step done today moves it (D7).

    For the leader it is the step. For any other item it is the furthest step, up to this one, that it had itself
    reached: an earlier listing is a mention, not a step. Nothing is ever lowered.
    """
    moved = {}
    for item in listed:
        if item.open_amount <= 0:
            continue
        after = step_number if item.item == leader else min(step_number, reached(scenario, item.due_on, today))
        if after > item.step_done:
            moved[item.item] = after
    return moved
