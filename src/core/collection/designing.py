"""A scenario in the making: steps added, changed, moved and taken away; always in the order of their days."""

from collections.abc import Iterable, Sequence

import msgspec

from relance.core.collection.scenarios import Scenario, Step


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A scenario that nobody is chased by yet. `based_on` is the version that it began from; 0: none.

    `revision` grows with every change; an older one can be had back while `can_undo`.
    """

    scenario: Scenario
    based_on: int
    revision: int
    can_undo: bool = False


class StepEdit(msgspec.Struct, frozen=True, kw_only=True, tag="step"):
    """Keep a step: a new one, or in place of the one of this number."""

    step: Step
    place: int | None = None


class StepRemoval(msgspec.Struct, frozen=True, tag="removal"):
    """Take the step of this number away."""

    place: int


class StepMove(msgspec.Struct, frozen=True, tag="move"):
    """Date the step of this number so many days later; negative: earlier."""

    place: int
    days: int


class Details(msgspec.Struct, frozen=True, kw_only=True, tag="details"):
    """What is said of the scenario as a whole."""

    name: dict[str, str]
    per_invoice: bool = False
    jump: bool = False
    customer_zone: bool = False
    minimum: str = ""
    ignore: str = ""


class Whole(msgspec.Struct, frozen=True, tag="whole"):
    """Another scenario altogether, from a text or a program."""

    scenario: Scenario


Edit = StepEdit | StepRemoval | StepMove | Details | Whole


def edited(scenario: Scenario, edit: Edit) -> Scenario:
    """The scenario after an edit; raises IndexError for a step that is not there."""
    match edit:
        case StepEdit(step=step, place=place):
            return with_step(scenario, step, place)
        case StepRemoval(place=place):
            return without_step(scenario, place)
        case StepMove(place=place, days=days):
            return moved(scenario, place, days)
        case Details():
            return msgspec.structs.replace(scenario, **msgspec.structs.asdict(edit))
        case Whole(scenario=other):
            return msgspec.structs.replace(other, code=scenario.code, version=1, steps=arranged(other.steps))


def arranged(steps: Iterable[Step]) -> tuple[Step, ...]:
    """The steps by day; one that is dated from the step before it stays behind that one and takes its day from it."""
    runs: list[list[Step]] = []
    for step in steps:
        if step.after_last is None or not runs:
            runs.append([step])
        else:
            runs[-1].append(step)
    runs.sort(key=lambda run: run[0].day)
    return tuple(step for run in runs for step in _dated(run))


def with_step(scenario: Scenario, step: Step, place: int | None = None) -> Scenario:
    """With a step more, or with another one in place of the one of this number."""
    steps = list(scenario.steps)
    if place is None:
        steps.insert(_seat(steps, step), step)
    else:
        steps[place - 1] = step
    return msgspec.structs.replace(scenario, steps=arranged(steps))


def without_step(scenario: Scenario, place: int) -> Scenario:
    """Without the step of this number; what was dated from it is dated from the one before."""
    steps = [step for number, step in enumerate(scenario.steps, 1) if number != place]
    return msgspec.structs.replace(scenario, steps=arranged(steps))


def moved(scenario: Scenario, place: int, days: int) -> Scenario:
    """With the step so many days later, or earlier."""
    step = scenario.step(place)
    after = None if step.after_last is None else max(1, step.after_last + days)
    return with_step(scenario, msgspec.structs.replace(step, day=step.day + days, after_last=after), place)


def free_code(scenario: Scenario, wanted: str) -> str:
    """The wanted code of a new step, with a number behind it where it is taken."""
    taken = {step.code for step in scenario.steps}
    return next(code for code in _numbered(wanted, len(taken)) if code not in taken)


def _numbered(wanted: str, most: int) -> list[str]:
    return [wanted, *(f"{wanted}-{number}" for number in range(2, most + 3))]


def _seat(steps: Sequence[Step], step: Step) -> int:
    if step.after_last is not None:
        return len(steps)
    return next((n for n, other in enumerate(steps) if other.after_last is None and other.day > step.day), len(steps))


def _dated(run: list[Step]) -> list[Step]:
    dated = run[:1]
    for step in run[1:]:
        dated.append(msgspec.structs.replace(step, day=dated[-1].day + (step.after_last or 0)))
    return dated
