"""Run Search & Assign now."""

from collections.abc import Sequence

import msgspec

from relance.core.customers.assignment import SINGLE, Attribute, Problem
from relance.core.kernel.identifiers import CustomerId
from relance.core.tenancy.users import Actor, require_all, require_right
from relance.ports.assigners import Assigner
from relance.ports.calendars import Calendars
from relance.ports.clock import Clock
from relance.ports.work import Unit, Work
from relance.usecases.collection.following import follow
from relance.usecases.collection.replanning import Planner
from relance.usecases.customers.assigning import AssignedRow, Assigning, rows


class TasksToRun(msgspec.Struct, frozen=True, kw_only=True):
    """All tasks of the tenant; a dry run writes nothing."""

    actor: Actor
    dry_run: bool = False


class Unassigned(msgspec.Struct, frozen=True, kw_only=True):
    """A customer that still has no value."""

    attribute: Attribute
    customer: str


class TasksRun(msgspec.Struct, frozen=True, kw_only=True):
    """What was given, taken away, or kept out by a person's choice; who still has nothing, and what went wrong."""

    assigned: list[AssignedRow]
    removed: list[AssignedRow]
    kept: list[AssignedRow]
    unassigned: list[Unassigned]
    problems: list[Problem]
    passed: list["PassedOver"]


class PassedOver(msgspec.Struct, frozen=True):
    """A task that found customers whom an earlier task serves, and how many."""

    task: int
    customers: int


class RunTasks:
    """Every task in its order, then the assigners of plugins; agendas follow at once (B15, S2.15)."""

    def __init__(
        self, work: Work, clock: Clock, assigners: Sequence[Assigner], calendars: Calendars, key: bytes
    ) -> None:
        self._work, self._clock, self._assigners = work, clock, assigners
        self._calendars, self._key = calendars, key

    def __call__(self, request: TasksToRun) -> TasksRun:
        """Run; raises NotAllowed. A task that cannot do its work is named, and the others run."""
        require_right(request.actor, "assign")
        require_all(request.actor)
        open_unit = self._work.reading if request.dry_run else self._work
        with open_unit(request.actor.tenant) as unit:
            if not request.dry_run:
                unit.day.lock()
            today = self._clock.today(unit.tenancy.tenant().timezone)
            assigning = Assigning(unit, self._assigners, today, self._clock.now())
            decided = assigning.decide()
            if not request.dry_run:
                moved = assigning.write(decided)
                follow(unit, moved, request.actor.name, Planner(unit, today, self._calendars, self._key))
            given = [one for found in decided.values() for one in found.assigned]
            served = {(one.attribute, one.customer) for one in given}
            return TasksRun(
                assigned=rows(unit, given),
                removed=rows(unit, [one for found in decided.values() for one in found.removed]),
                kept=rows(unit, [one for found in decided.values() for one in found.kept]),
                unassigned=_unassigned(unit, served),
                passed=[PassedOver(*one) for found in decided.values() for one in found.passed.items()],
                problems=[one for found in decided.values() for one in found.problems],
            )


def _unassigned(unit: Unit, served: set[tuple[Attribute, CustomerId]]) -> list[Unassigned]:
    default = unit.tenancy.settings().text("scenario")
    wanted: list[Attribute] = [name for name in sorted(SINGLE) if name != "scenario" or not default]
    return [
        Unassigned(attribute=attribute, customer=code)
        for attribute in wanted
        for customer, code in unit.assignment.without(attribute).items()
        if (attribute, customer) not in served
    ]
