"""Steps stay in the order of their days; what is dated from the step before follows it (B1)."""

from datetime import date, timedelta

import pytest

from relance.core.collection.comparing import differences
from relance.core.collection.cycles import Leader, next_step
from relance.core.collection.designing import StepEdit, StepMove, StepRemoval, edited, free_code
from relance.core.collection.scenario_checks import faults
from relance.core.collection.scenarios import Scenario, Step, carried_steps
from relance.core.kernel.identifiers import ItemId


def step(code: str, day: int, **more: object) -> Step:
    return Step(code=code, day=day, kind="email", template="t", **more)  # type: ignore[arg-type]  # any field


FIRST, LATER, LAST = step("first", 5), step("later", 15, after_last=10), step("last", 40)
PLAN = Scenario(code="s", name={"en": "S"}, steps=(FIRST, LATER, LAST))
DUE = date(2026, 3, 2)


def days(scenario: Scenario) -> list[tuple[str, int]]:
    return [(one.code, one.day) for one in scenario.steps]


def test_a_new_step_finds_its_place() -> None:
    assert days(edited(PLAN, StepEdit(step=step("note", -5))))[0] == ("note", -5)
    assert days(edited(PLAN, StepEdit(step=step("mid", 20))))[2] == ("mid", 20)


def test_what_is_dated_from_a_step_moves_with_it() -> None:
    assert days(edited(PLAN, StepMove(1, 4))) == [("first", 9), ("later", 19), ("last", 40)]
    assert days(edited(PLAN, StepMove(2, 4))) == [("first", 5), ("later", 19), ("last", 40)]
    assert days(edited(PLAN, StepMove(1, 60))) == [("last", 40), ("first", 65), ("later", 75)]


def test_a_step_goes_and_the_others_stay() -> None:
    assert days(edited(PLAN, StepRemoval(3))) == [("first", 5), ("later", 15)]
    assert free_code(PLAN, "first") == "first-2"


def leader(step_done: int, step_on: date | None) -> Leader:
    return Leader(DUE, DUE, "F1", ItemId(1), "EUR", step_done, step_on)


def test_a_step_from_the_last_action_waits_from_the_day_on_which_that_was_done() -> None:
    done_on = DUE + timedelta(days=30)
    following = next_step(PLAN, leader(1, done_on), DUE + timedelta(days=31))
    assert following and (following.due_on, following.not_before) == (done_on + timedelta(days=10),) * 2
    first = next_step(PLAN, leader(0, None), DUE + timedelta(days=31))
    assert first and first.due_on == DUE + timedelta(days=5)


def test_a_done_step_keeps_its_name_or_goes_by_its_day() -> None:
    after = Scenario(code="s", name={"en": "S"}, steps=(step("zero", 1), step("first", 20), step("last", 40)))
    assert carried_steps(PLAN, after, "keep") == [2, 1, 3]
    assert carried_steps(PLAN, after, "move") == [1, 1, 3]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (step("first", 20), "code-taken"),
        (step("x", 40), "same-day"),
        (step("x", 4000), "day-out-of-range"),
        (step("x", 50, listed_by="never"), "no-earlier-step"),
        (step("x", 50, automation="manual"), "not-for-this-channel"),
        (step("x", 50, cc=("boss",)), "no-such-copy"),
        (step("x", 50, days_ahead=5), "only-before-due"),
        (step("x", 50, only_if="nonsense = 3"), "no-search"),
        (step("x", 0, after_last=0), "nothing-before"),
    ],
)
def test_every_fault_names_its_step(wrong: Step, code: str) -> None:
    found = faults(edited(PLAN, StepEdit(step=wrong)), {"t"})
    assert code in {fault.code for fault in found}
    assert faults(PLAN, {"t"}) == []


def test_versions_are_compared_step_by_step() -> None:
    after = edited(edited(PLAN, StepMove(3, 5)), StepEdit(step=step("note", -5)))
    found = differences(PLAN, after)
    assert [(one.step, one.what) for one in found] == [("note", "added"), ("last", "changed")]
    assert (found[1].changes[0].before, found[1].changes[0].after) == (40, 45)
