"""Deciding accounts within a verb's transaction: the whole day does it, and whatever changes single accounts."""

from collections.abc import Collection, Iterable, Sequence
from contextlib import closing
from datetime import date
from typing import Any

import msgspec

from relance.core.collection.actions import Action
from relance.core.collection.fitting import conditions
from relance.core.collection.planning import new_action
from relance.core.collection.references import domain_of, message_id
from relance.core.collection.rules import DayRules, rules_of, rules_on
from relance.core.collection.scenarios import Scenario
from relance.core.collection.thresholds import lowest
from relance.core.customers.search_language import parse
from relance.core.kernel.days import day_to_decide
from relance.core.kernel.identifiers import ActionId, CustomerId, UserId
from relance.ports.calendars import Calendars
from relance.ports.failpoints import failpoint
from relance.ports.work import Unit
from relance.usecases.collection.deciding import Creation, Decided, Deciding, furthest


class Planner:
    """Decides accounts of one tenant on one day, and writes what was decided."""

    def __init__(self, unit: Unit, today: date, calendars: Calendars, key: bytes) -> None:
        self._unit, self._today, self._key = unit, day_to_decide(today), key
        self._settings = unit.tenancy.settings()
        self._tenant = unit.tenancy.tenant()
        self._on = rules_on(rules_of(self._settings), today, calendars.of(self._tenant.country))

    @property
    def on(self) -> DayRules:
        """The day's rules."""
        return self._on

    def decide(self, only: Collection[CustomerId] | None = None, explain: str = "", naming: bool = False) -> Decided:
        """One outcome for each account, nothing written; `naming` keeps whom each is given to."""
        scenarios = {scenario.code: scenario for scenario in self._unit.collection.scenarios()}
        until = furthest(scenarios.values(), self._today)
        on = lowest(scenarios.values(), self._on)
        store, default = self._unit.day, self._settings.text("scenario")
        deciding = Deciding(store, scenarios, self._on, explain, self.matching(scenarios.values()))
        if only is not None:
            return deciding.decide(store.accounts(on, until, default, only), naming)
        with closing(store.one_by_one(on, until, default)) as accounts:
            return deciding.decide(accounts, naming)

    def matching(self, scenarios: Iterable[Scenario]) -> dict[str, frozenset[CustomerId]]:
        """Who matches each condition of their steps."""
        return {one: self._unit.scenarios.matching(parse(one), self._today) for one in conditions(scenarios)}

    def write(self, decided: Decided, author: str) -> None:
        """Keep new, changed and cancelled actions; what a person moved meanwhile stays, and nothing replaces it."""
        day = self._unit.day
        day.cancel_actions(decided.cancelled)
        day.change_actions(decided.changed)
        failpoint("plan.mid")
        taken = day.with_open_action() if decided.cancelled and decided.created else ()
        decided.created = [one for one in decided.created if one.customer not in taken]
        day.add_actions(self._numbered(decided.created), [one.mark for one in decided.created])
        cancelled = [(f"action:{action}", {"reason": reason}) for action, _, reason in decided.cancelled]
        self._unit.audit.record_many(author, "action-cancelled", cancelled)

    def replan(self, customers: Collection[CustomerId], author: str) -> Decided:
        """Decide and write some accounts at once, because something about them has changed (B4, D10).

        The verb holds the day's lock since before it read anything: two decisions at a time would plan a step twice.
        """
        decided = self.decide(customers)
        self.write(decided, author)
        return decided

    def _numbered(self, created: Sequence[Creation]) -> list[Action]:
        """The new actions with their numbers, occurrences and Message-IDs."""
        if not created:
            return []
        domain = domain_of(self._settings.text("sender"))
        number = self._unit.tenancy.next_numbers("actions", len(created))
        before = self._unit.day.occurrences(one.customer for one in created)
        helpers = self._helpers(created)
        actions = []
        for count, one in enumerate(created):
            reference = message_id(self._tenant.code, number + count, 1, domain, self._key)
            action = new_action(ActionId(number + count), one.customer, one.plan, one.listed, self._today, reference)
            times = before.get((one.customer, action.scenario, action.step, action.leader), 0)
            if times:
                action = msgspec.structs.replace(action, occurrence=times + 1)
            if one.customer in helpers:
                action = msgspec.structs.replace(action, assignee=helpers[one.customer])
            actions.append(action)
        return actions

    def _helpers(self, created: Sequence[Creation]) -> dict[CustomerId, UserId]:
        """Who does a call or task that is not the collector's: the account's first colleague of the role (S3.15)."""
        asked = {one.customer: one.plan.step.done_by for one in created if one.plan.step.done_by != "collector"}
        people = self._unit.scenarios.colleagues(asked) if asked else {}
        found = {}
        for customer, role in asked.items():
            fitting = [user for held, user in people.get(customer, ()) if role in {held, "colleagues"}]
            if fitting:
                found[customer] = fitting[0]
        return found


def counts(decided: Decided) -> dict[str, Any]:
    """What the day came to, in numbers."""
    return {
        "created": len(decided.created),
        "kept": decided.kept,
        "cancelled": len(decided.cancelled),
        "skipped": dict(sorted(decided.skipped.items())),
    }
