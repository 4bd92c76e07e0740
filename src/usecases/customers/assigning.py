"""Search & Assign within a verb's transaction: a run by hand, after an import, or with the day."""

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from relance.core.customers.assignment import (
    ATTRIBUTES,
    SINGLE,
    Assignment,
    Attribute,
    Given,
    Task,
    several,
    single,
)
from relance.core.kernel.identifiers import CustomerId
from relance.ports.assigners import Assigner
from relance.ports.store.collection import ScenarioChange
from relance.ports.work import Unit

AUTHOR = "Search & Assign"


class Assigning:
    """Decides what every task gives, and writes it; the assigners of plugins come last, for who has nothing."""

    def __init__(self, unit: Unit, assigners: Sequence[Assigner], today: date, now: datetime) -> None:
        self._unit, self._assigners, self._today, self._now = unit, assigners, today, now
        self._settings = unit.tenancy.settings()

    def decide(self) -> dict[Attribute, Given]:
        """What the tasks and then the assigners would give, nothing written."""
        tasks = self._unit.assignment.tasks()
        return {
            attribute: self._given(attribute, [t for t in tasks if t.attribute == attribute])
            for attribute in ATTRIBUTES
        }

    def write(self, decided: dict[Attribute, Given]) -> list[ScenarioChange]:
        """Keep it, and return which accounts another scenario chases now; who calls carries their steps over."""
        store = self._unit.assignment
        tasks = {task.task: task.author for task in store.tasks()}
        for attribute, given in decided.items():
            store.give(attribute, given.assigned, tasks, self._now)
            store.take_away(attribute, given.removed, self._now)
        if tasks:
            store.seen(tasks, store.newest_customer())
        counts = {attribute: len(given.assigned) for attribute, given in decided.items() if given.assigned}
        removed = sum(len(given.removed) for given in decided.values())
        if counts or removed:
            self._unit.audit.record(AUTHOR, "assigned", "customers", counts | {"removed": removed})
        default = self._settings.text("scenario")
        return [ScenarioChange(one.customer, one.before or default, one.value) for one in decided["scenario"].assigned]

    def _given(self, attribute: Attribute, tasks: Sequence[Task]) -> Given:
        if attribute not in SINGLE:
            return self._several(attribute, tasks)
        store, override = self._unit.assignment, attribute in self._settings.several("rules-override")
        found = [(task, store.found_by(task, self._today)) for task in tasks]
        given = single(found, store.current(attribute) if found else {}, override)
        return self._with_defaults(attribute, given)

    def _several(self, attribute: Attribute, tasks: Sequence[Task]) -> Given:
        whole, begun = Given(), set[tuple[CustomerId, str]]()
        for task in tasks:
            live, ended = self._unit.assignment.links(attribute, task.value)
            given = several(task, self._unit.assignment.found_by(task, self._today), live, ended)
            new = [one for one in given.assigned if (one.customer, one.value.lower()) not in begun]
            begun.update((one.customer, one.value.lower()) for one in new)
            whole = Given(whole.assigned + new, whole.removed + given.removed, whole.kept + given.kept)
        return whole

    def _with_defaults(self, attribute: Attribute, given: Given) -> Given:
        """Who still has nothing gets what an assigner proposes (S2.12); the default scenario needs no assigning."""
        assigners = [one for one in self._assigners if one.attribute == attribute]
        if not assigners:
            return given
        settings = {name: self._settings.text(name) for name in ("collector", "scenario")}
        served = {one.customer for one in given.assigned}
        for customer, account in self._unit.assignment.without(attribute).items():
            proposals = (one.propose(account, settings) for one in assigners) if customer not in served else ()
            proposal = next(filter(None, proposals), None)
            if proposal and (attribute, proposal.value) != ("scenario", settings["scenario"]):
                given.assigned.append(
                    Assignment(
                        attribute=attribute, customer=customer, value=proposal.value, task=0, reason=proposal.reason
                    )
                )
        return given


class AssignedRow(msgspec.Struct, frozen=True, kw_only=True):
    """One value given, as people read it."""

    attribute: Attribute
    customer: str
    value: str
    task: int
    reason: str
    before: str = ""


def rows(unit: Unit, assignments: Sequence[Assignment]) -> list[AssignedRow]:
    """Assignments with the customers' codes."""
    codes = unit.assignment.codes({one.customer for one in assignments})
    return [
        AssignedRow(
            attribute=one.attribute,
            customer=codes[one.customer],
            value=one.value,
            task=one.task,
            reason=one.reason,
            before=one.before,
        )
        for one in assignments
    ]
