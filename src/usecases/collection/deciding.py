"""Decides accounts from what the store summed, and gathers what is to be written."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType

import msgspec

from relance.core.collection.accounts import AccountFacts, are_enough, facts_of, horizon, rows_of
from relance.core.collection.actions import Action
from relance.core.collection.decide import decide, gate, redecide
from relance.core.collection.decisions import QUIET, Decision, Path, Plan
from relance.core.collection.fitting import Fitting
from relance.core.collection.listing import Listing, listing
from relance.core.collection.planning import Listed, listed_items, listed_lines, rules_digest
from relance.core.collection.rules import DayRules
from relance.core.collection.scenarios import Scenario
from relance.core.collection.thresholds import lowest, rules_under, sifted
from relance.core.kernel.identifiers import ActionId, CustomerId, ItemId
from relance.core.ledger.items import Item
from relance.ports.store.day import AccountDay, Change, DayStore, OpenAction

_CHUNK = 1000
ListedBefore = Mapping[tuple[CustomerId, str, str], frozenset[ItemId]]


class Creation(msgspec.Struct, frozen=True):
    """An action to create, before it has a number."""

    customer: CustomerId
    code: str
    plan: Plan
    listed: Listed
    mark: str


class Decided(msgspec.Struct):
    """What the day came to."""

    path: Path
    created: list[Creation] = []
    changed: list[Change] = []
    cancelled: list[tuple[ActionId, int, str]] = []
    kept: int = 0
    skipped: Counter[str] = msgspec.field(default_factory=Counter)
    who: dict[str, list[CustomerId]] | None = None
    """Which accounts each reason is given to, where somebody asks."""

    def skip(self, reason: str, day: AccountDay) -> None:
        """Count an account that gets no new action; `action-open` is counted as kept (D14)."""
        if self.who is not None:
            kept = f"open-{day.open_action.state}" if day.open_action and reason == "action-open" else reason
            self.who.setdefault(kept, []).append(day.account.customer)
        if reason == "action-open":
            self.kept += 1
            return
        self.skipped[reason] += 1


def furthest(scenarios: Iterable[Scenario], today: date) -> date:
    """The last due date that any note sent today may list."""
    return max((horizon(scenario, today) for scenario in scenarios), default=today - timedelta(days=1))


class Deciding:
    """Most accounts are decided by their sums alone; of the others the items are read, many accounts a query."""

    def __init__(
        self,
        store: DayStore,
        scenarios: Mapping[str, Scenario],
        on: DayRules,
        explain: str = "",
        matching: Mapping[str, Collection[CustomerId]] = MappingProxyType({}),
    ) -> None:
        self._store, self._on, self._explain = store, on, explain
        self._until = furthest(scenarios.values(), on.today)
        self._fitting = Fitting(scenarios, matching)
        self._under = {code: rules_under(scenario, on) for code, scenario in scenarios.items()}
        self._sifts = lowest(scenarios.values(), on) is not on
        self._digests: dict[tuple[str, tuple[int, ...]], str] = {}
        self._calm: dict[tuple[str, tuple[int, ...], str, int], str] = {}

    def decide(self, accounts: Iterable[AccountDay], naming: bool = False) -> Decided:
        """One outcome for each account; `naming` keeps whom each reason is given to."""
        decided = Decided(path=Path(loud=bool(self._explain)), who={} if naming else None)
        closer = [day for day in accounts if not self._at_once(day, decided)]
        for start in range(0, len(closer), _CHUNK):
            self._by_items(closer[start : start + _CHUNK], decided)
        return decided

    def _at_once(self, day: AccountDay, decided: Decided) -> bool:
        """Decide by the sums; False when they are not enough."""
        scenario = self._fitting.of(day.account)
        if day.open_action:
            return self._open_at_once(day, day.open_action, scenario, decided)
        stop, path = self._gate(day, scenario), self._path(day, decided)
        if stop or scenario is None:
            if path.loud:
                path.saw("account", open_items=day.open_items, scenario=day.account.scenario, stop=stop)
            decided.skip(stop, day)
            return True
        on = self._under[scenario.code]
        calm = self._calm_of(day, scenario, on)
        if calm in self._calm and not path.loud:
            decided.skip(self._calm[calm], day)
            return True
        rows = sifted(day.rows(), on) if self._sifts else day.rows()
        if not are_enough(rows, scenario, on, self._until):
            return False
        found = decide(day.account, facts_of(rows, scenario, on), scenario, on, day.blocked, path)
        if calm and found.skip == "not-due":
            self._calm[calm] = found.skip
        listed = listed_lines(rows, found.plan, on) if found.plan else None
        if found.plan and listed is None:
            path.traces.clear()
            return False
        self._take(day, found, listed, decided)
        return True

    def _open_at_once(self, day: AccountDay, opened: OpenAction, scenario: Scenario | None, decided: Decided) -> bool:
        """An open action stays untouched while nothing that it depends on has changed (D10)."""
        stop = self._gate(day, scenario)
        untouched = opened.frozen or opened.state == "sending"
        if stop and not untouched:
            decided.cancelled.append((opened.action, opened.fence, "settled" if stop == "nothing-open" else stop))
        if not stop and not untouched and opened.mark != self._mark(day):
            return False
        path = self._path(day, decided)
        if path.loud:
            path.saw("open-action", action=opened.action, state=opened.state, stop=stop)
        decided.skip(stop or "action-open", day)
        return True

    def _by_items(self, days: Sequence[AccountDay], decided: Decided) -> None:
        wanted = [day.account.customer for day in days]
        items, actions = self._store.items_of(wanted), self._store.actions_of(wanted)
        listed = self._store.listed_of(wanted)
        for day in days:
            customer = day.account.customer
            own = items.get(customer, [])
            self._one_by_items(day, own, actions.get(customer) if day.open_action else None, listed, decided)

    def _one_by_items(
        self, day: AccountDay, items: list[Item], action: Action | None, before: ListedBefore, decided: Decided
    ) -> None:
        scenario = self._fitting.sure(day.account)
        on = self._under[scenario.code]
        facts = facts_of(rows_of(items, on), scenario, on)
        found = self._found(day, facts, scenario, action, self._listing_of(action, items, scenario, before), decided)
        if action and found.cancel:
            decided.cancelled.append((action.action, action.fence, found.cancel))
        if action and found.listing:
            self._change(day, action, listed_items(found.listing), decided)
        listed = None
        if found.plan:
            shown = self._listing(found.plan, day.account.customer, items, before)
            if shown.reason:
                found = Decision(skip=shown.reason)
            listed = listed_items(shown)
        self._take(day, found, listed, decided)

    def _found(
        self,
        day: AccountDay,
        facts: AccountFacts,
        scenario: Scenario,
        action: Action | None,
        listed: Listing | None,
        decided: Decided,
    ) -> Decision:
        path, on = self._path(day, decided), self._under[scenario.code]
        if action is None:
            return decide(day.account, facts, scenario, on, day.blocked, path)
        return redecide(day.account, facts, scenario, on, action, listed, day.blocked, path)

    def _take(self, day: AccountDay, found: Decision, listed: Listed | None, decided: Decided) -> None:
        path = self._path(day, decided)
        if found.plan and listed:
            if path.loud:
                path.saw("planned", step=found.plan.step.code, due_on=found.plan.due_on, items=len(listed.items))
            account = day.account
            decided.created.append(Creation(account.customer, account.code, found.plan, listed, self._mark(day)))
            return
        until = {"until": found.until} if found.until else {}
        path.saw("skipped", reason=found.skip, **until)
        decided.skip(found.skip, day)

    def _change(self, day: AccountDay, action: Action, listed: Listed, decided: Decided) -> None:
        amount = listed.amounts.get(action.currency, 0)
        decided.changed.append(Change(action.action, action.fence, listed, amount, self._mark(day)))

    def _listing_of(
        self, action: Action | None, items: list[Item], scenario: Scenario, before: ListedBefore
    ) -> Listing | None:
        """What the open action's step lists now; None where the scenario has no such step any more."""
        if action is None or action.scenario != scenario.code or scenario.number_of(action.step) != action.step_number:
            return None
        limit = scenario.step(action.step_number).listed_by or ""
        shown = before.get((action.customer, scenario.code, limit), frozenset())
        return listing(items, scenario, action.step_number, action.leader, self._under[scenario.code], shown)

    def _listing(self, plan: Plan, customer: CustomerId, items: list[Item], before: ListedBefore) -> Listing:
        shown = before.get((customer, plan.scenario.code, plan.step.listed_by or ""), frozenset())
        on = self._under[plan.scenario.code]
        return listing(items, plan.scenario, plan.step_number, plan.leader.item, on, shown)

    def _gate(self, day: AccountDay, scenario: Scenario | None) -> str:
        return gate(day.account, day.open_items, scenario, self._on.today)

    def _calm_of(
        self, day: AccountDay, scenario: Scenario, on: DayRules
    ) -> tuple[str, tuple[int, ...], str, int] | None:
        """What decides an account that has nothing due for long: all accounts alike in it have the same outcome."""
        ahead = None if day.blocked else day.ahead
        if ahead is None or ahead[0] in on.rules.minimum or (self._sifts and ahead[0] in on.rules.ignore):
            return None
        return scenario.code, scenario.passed_over, *ahead

    def _mark(self, day: AccountDay) -> str:
        scenario = self._fitting.of(day.account)
        if scenario is None:
            return f"|{day.mark}"
        key = scenario.code, scenario.passed_over
        if key not in self._digests:
            self._digests[key] = rules_digest(scenario, self._on)
        return f"{self._digests[key]}|{day.mark}"

    def _path(self, day: AccountDay, decided: Decided) -> Path:
        return decided.path if self._explain and day.account.code == self._explain else QUIET
