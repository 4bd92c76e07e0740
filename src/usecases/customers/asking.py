"""Ask the tasks of one attribute what they give: a value of their own, or whatever their assigner proposes."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from relance.core.customers.assigner_settings import checked_settings
from relance.core.customers.assignment import Attribute, Problem, Task, Wish, fixed
from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import CustomerId
from relance.ports.assigners import AccountToAssign, Assigner, Batch, Candidate
from relance.ports.work import Unit

_WORDS: dict[Attribute, str] = {
    "collector": "no active user is called {}",
    "colleague": "no user is called {}",
    "scenario": "there is no scenario {}",
}


class Asking:
    """One run's questions about one attribute; what goes wrong is kept in `problems`, and the other tasks run.

    Candidates are read once, and what a task gives counts as load for the next one.
    """

    def __init__(self, unit: Unit, attribute: Attribute, assigners: Sequence[Assigner]) -> None:
        self._unit, self._attribute = unit, attribute
        self._assigners = {one.name: one for one in assigners if one.attribute == attribute}
        self._known = {one.value.lower(): one for one in unit.assigner_facts.candidates(attribute)}
        self.problems: list[Problem] = []
        self.last: dict[int, str] = {}

    def wishes(self, task: Task, customers: Sequence[CustomerId], *, trial: bool) -> Mapping[CustomerId, Wish]:
        """A wish for each customer of whom the task has something to say."""
        if not task.assigner:
            value = self._there(task.task, task.value)
            return fixed(msgspec.structs.replace(task, value=value), customers, trial=trial) if value else {}
        assigner = self._assigner(task)
        if assigner is None or not customers:
            return {}
        wishes, accounts = self._proposed(assigner, task, customers)
        if not trial:
            self._count(task, wishes, accounts)
        return wishes

    @property
    def has_fallback(self) -> bool:
        """Whether an assigner is asked without a task."""
        return any(one.fallback for one in self._assigners.values())

    def failed(self, task: Task) -> bool:
        """Whether something went wrong with this task: what it does not say now means nothing."""
        return any(one.task == task.task for one in self.problems)

    def troubles(self, task: Task) -> list[str]:
        """What keeps the task from doing all of its work now, before any customer is looked at."""
        if not task.assigner:
            self._there(task.task, task.value)
        elif assigner := self._assigner(task):
            settings = self._settings(assigner, task)
            for value in assigner.gives(settings) if settings else ():
                self._there(task.task, value)
        return [one.words for one in self.problems if one.task == task.task]

    def fallback(self, customers: Sequence[CustomerId], defaults: Mapping[str, str]) -> dict[CustomerId, Wish]:
        """What the assigners that need no task have for those who still have nothing (S2.12)."""
        wishes: dict[CustomerId, Wish] = {}
        for assigner in self._assigners.values():
            left = [customer for customer in customers if customer not in wishes] if assigner.fallback else []
            accounts = self._unit.assigner_facts.accounts(self._attribute, left) if left else {}
            batch = Batch(accounts=list(accounts.values()), candidates=list(self._known.values()), defaults=defaults)
            wishes |= self._answers(assigner, 0, accounts, batch) if accounts else {}
        return wishes

    def _proposed(
        self, assigner: Assigner, task: Task, customers: Sequence[CustomerId]
    ) -> tuple[dict[CustomerId, Wish], dict[CustomerId, AccountToAssign]]:
        settings = self._settings(assigner, task)
        if settings is None:
            return {}, {}
        for value in assigner.gives(settings):
            self._there(task.task, value)
        candidates = self._candidates(assigner, settings)
        accounts = self._unit.assigner_facts.accounts(self._attribute, customers)
        batch = Batch(accounts=list(accounts.values()), candidates=candidates, settings=settings, last=task.last)
        return self._answers(assigner, task.task, accounts, batch), accounts

    def _assigner(self, task: Task) -> Assigner | None:
        found = self._assigners.get(task.assigner)
        if found is None:
            self._problem(task.task, f"no assigner {task.assigner!r} is loaded for a {self._attribute}")
        return found

    def _settings(self, assigner: Assigner, task: Task) -> Any:
        try:
            settings = checked_settings(assigner.settings_type, task.settings)
            assigner.gives(settings)
        except BadInput as changed:  # another version of the plugin wants other settings
            self._problem(task.task, changed.detail)
            return None
        except Exception as broken:  # a plugin's own fault: it must not keep the day or an import from running
            self._problem(task.task, f"{assigner.name}: {type(broken).__name__}: {broken}")
            return None
        return settings

    def _candidates(self, assigner: Assigner, settings: Any) -> list[Candidate]:
        """What is there, and groups that will be made when they are given."""
        named = assigner.gives(settings) if self._attribute == "group" else ()
        new = [Candidate(value=value) for value in named if value.lower() not in self._known]
        return [*self._known.values(), *new]

    def _answers(
        self, assigner: Assigner, task: int, accounts: Mapping[CustomerId, AccountToAssign], batch: Batch
    ) -> dict[CustomerId, Wish]:
        try:
            proposals = list(assigner.propose(batch))
            pairs = list(zip(accounts, proposals, strict=True))
            values = {value: self._there(task, value) for value in {one.value for _, one in pairs if one}}
            wanted = ((customer, one, values[one.value]) for customer, one in pairs if one)
            return {customer: Wish(value, one.reason, one.detail) for customer, one, value in wanted if value}
        except Exception as broken:  # a plugin's own fault: it must not keep the day or an import from running
            self._problem(task, f"{assigner.name}: {type(broken).__name__}: {broken}")
            return {}

    def _there(self, task: int, value: str) -> str:
        """What can be given as it is written here, empty where it is not there; groups are made where missing."""
        known = self._known.get(value.lower())
        if known is not None or self._attribute == "group":
            return known.value if known else value.strip()
        self._problem(task, _WORDS[self._attribute].format(value))
        return ""

    def _problem(self, task: int, words: str) -> None:
        found = Problem(task, words)
        if found not in self.problems:
            self.problems.append(found)

    def _count(
        self, task: Task, wishes: Mapping[CustomerId, Wish], accounts: Mapping[CustomerId, AccountToAssign]
    ) -> None:
        """What is given now is load for the next task, and where the next run of this one goes on."""
        for customer, wish in wishes.items():
            account, key = accounts[customer], wish.value.lower()
            if key in {value.lower() for value in account.current}:
                continue
            self.last[task.task] = wish.value
            now = self._known.get(key, Candidate(value=wish.value))
            more = {"customers": now.customers + 1, "open_amount": now.open_amount + account.open_amount}
            self._known[key] = msgspec.structs.replace(now, **more)
