"""What differs between two versions of a scenario, step by step."""

from typing import Any, Literal

import msgspec

from relance.core.collection.scenarios import Scenario, Step

_NOT_COMPARED = {"steps", "version", "passed_over", "code"}


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One field, before and after."""

    field: str
    before: Any
    after: Any


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a step, or with an empty code of the scenario itself."""

    step: str
    what: Literal["added", "removed", "changed"]
    changes: tuple[Change, ...] = ()


def differences(before: Scenario, after: Scenario) -> list[Difference]:
    """What differs, in the order of the steps; steps are known by their codes."""
    found = []
    own = _changes(before, after)
    if own:
        found.append(Difference(step="", what="changed", changes=own))
    old, new = ({step.code: step for step in one.steps} for one in (before, after))
    for step in sorted((old | new).values(), key=lambda one: one.day):
        found += _of_step(old.get(step.code), new.get(step.code))
    return found


def _of_step(before: Step | None, after: Step | None) -> list[Difference]:
    if after is None:
        return [Difference(step=before.code, what="removed")] if before else []
    if before is None:
        return [Difference(step=after.code, what="added", changes=(Change(field="day", before=None, after=after.day),))]
    changes = _changes(before, after)
    return [Difference(step=after.code, what="changed", changes=changes)] if changes else []


def _changes(before: Scenario | Step, after: Scenario | Step) -> tuple[Change, ...]:
    names = [name for name in before.__struct_fields__ if name not in _NOT_COMPARED]
    pairs = [(name, getattr(before, name), getattr(after, name)) for name in names]
    return tuple(Change(field=name, before=was, after=now) for name, was, now in pairs if was != now)
