"""Search & Assign within a verb's transaction: a run by hand, after an import, or with the day."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import msgspec

from relance.core.customers.assignment import (
    ATTRIBUTES,
    SINGLE,
    Assignment,
    Attribute,
    Given,
    Task,
    Wish,
    several,
    single,
)
from relance.core.kernel.identifiers import CustomerId
from relance.ports.assigners import Assigner
from relance.ports.store.collection import ScenarioChange
from relance.ports.work import Unit
from relance.usecases.customers.asking import Asking

AUTHOR = "Search & Assign"


class Assigning:
    """Decides what every task gives, and writes it; assigners that need no task come last, for who has nothing."""

    def __init__(self, unit: Unit, assigners: Sequence[Assigner], today: date, now: datetime) -> None:
        self._unit, self._assigners, self._today, self._now = unit, assigners, today, now
        self._settings = unit.tenancy.settings()
        self._last: dict[int, str] = {}

    def decide(self) -> dict[Attribute, Given]:
        """What the tasks and then the assigners would give, nothing written."""
        tasks = self._unit.assignment.tasks()
        return {
            attribute: self._given(attribute, [t for t in tasks if t.attribute == attribute])
            for attribute in ATTRIBUTES
        }

    def write(self, decided: dict[Attribute, Given]) -> list[ScenarioChange]:
        """Keep it, and return which accounts another scenario chases now; who calls carries their steps over.

        A task that could not do all of its work looks at the same new customers again.
        """
        store = self._unit.assignment
        tasks = {task.task: task.author for task in store.tasks()}
        for attribute, given in decided.items():
            store.give(attribute, given.assigned, tasks, self._now)
            store.take_away(attribute, given.removed, self._now)
        if tasks:
            failed = {one.task for given in decided.values() for one in given.problems}
            store.seen(tasks.keys() - failed, store.newest_customer())
            store.remember(self._last)
        self._record(decided)
        default = self._settings.text("scenario")
        return [ScenarioChange(one.customer, one.before or default, one.value) for one in decided["scenario"].assigned]

    def _record(self, decided: dict[Attribute, Given]) -> None:
        counts = {attribute: len(given.assigned) for attribute, given in decided.items() if given.assigned}
        removed = sum(len(given.removed) for given in decided.values())
        problems = [f"task {one.task}: {one.words}" for given in decided.values() for one in given.problems]
        if counts or removed or problems:
            detail = counts | {"removed": removed} | ({"problems": problems} if problems else {})
            self._unit.audit.record(AUTHOR, "assigned", "customers", detail)

    def _given(self, attribute: Attribute, tasks: Sequence[Task]) -> Given:
        if not tasks and attribute not in {one.attribute for one in self._assigners if one.fallback}:
            return Given()
        asking = Asking(self._unit, attribute, self._assigners)
        given = self._single(attribute, tasks, asking) if attribute in SINGLE else self._several(tasks, asking)
        given.problems += asking.problems
        self._last |= asking.last
        return given

    def _single(self, attribute: Attribute, tasks: Sequence[Task], asking: Asking) -> Given:
        store, override = self._unit.assignment, attribute in self._settings.several("rules-override")
        found = [(task, store.found_by(task, self._today)) for task in tasks]
        given = single(found, store.current(attribute) if found else {}, override, asking.wishes)
        if not asking.has_fallback:
            return given
        served = {one.customer for one in given.assigned}
        left = [customer for customer in store.without(attribute) if customer not in served]
        for customer, wish in self._fallback(attribute, left, asking).items():
            given.assigned.append(
                Assignment(attribute=attribute, customer=customer, value=wish.value, task=0, reason=wish.reason)
            )
        return given

    def _fallback(self, attribute: Attribute, left: list[CustomerId], asking: Asking) -> dict[CustomerId, Wish]:
        """Who still has nothing gets what an assigner proposes (S2.12); the default scenario needs no assigning."""
        defaults = {name: self._settings.text(name) for name in ("collector", "scenario")}
        wishes = asking.fallback(left, defaults)
        unneeded = defaults["scenario"] if attribute == "scenario" else None
        return {customer: wish for customer, wish in wishes.items() if wish.value != unneeded}

    def _several(self, tasks: Sequence[Task], asking: Asking) -> Given:
        whole, begun = Given(), set[tuple[CustomerId, str]]()
        for task in tasks:
            wishes = asking.wishes(task, self._unit.assignment.found_by(task, self._today), trial=False)
            removes = task.remove and not asking.failed(task)
            for value in self._values(task, wishes):
                given = self._links(msgspec.structs.replace(task, value=value, remove=removes), wishes)
                new = [one for one in given.assigned if (one.customer, value.lower()) not in begun]
                begun.update((one.customer, value.lower()) for one in new)
                whole.assigned += new
                whole.removed += given.removed
                whole.kept += given.kept
        return whole

    def _values(self, task: Task, wishes: Mapping[CustomerId, Wish]) -> list[str]:
        """What the task gives now, and what it gave before where it is to take that away again."""
        if not task.assigner:
            return [task.value]
        before = self._unit.assigner_facts.given_by(task.attribute, task.task) if task.remove else []
        return list({value.lower(): value for value in (*before, *(wish.value for wish in wishes.values()))}.values())

    def _links(self, task: Task, wishes: Mapping[CustomerId, Wish]) -> Given:
        live, ended = self._unit.assignment.links(task.attribute, task.value)
        wanted = {customer: wish for customer, wish in wishes.items() if wish.value.lower() == task.value.lower()}
        return several(task, wanted, live, ended)


class AssignedRow(msgspec.Struct, frozen=True, kw_only=True):
    """One value given, as people read it."""

    attribute: Attribute
    customer: str
    value: str
    task: int
    reason: str
    detail: str = ""
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
            detail=one.detail,
            before=one.before,
        )
        for one in assignments
    ]
