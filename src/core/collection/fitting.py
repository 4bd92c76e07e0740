"""Each account's scenario with the steps passed over whose condition it does not meet."""

from collections.abc import Collection, Iterable, Mapping

import msgspec

from relance.core.collection.accounts import Account
from relance.core.collection.scenarios import Scenario
from relance.core.kernel.identifiers import CustomerId


class Fitting:
    """Scenarios by code, and who matches each condition: a search's words to the customers that it finds."""

    def __init__(self, scenarios: Mapping[str, Scenario], matching: Mapping[str, Collection[CustomerId]]) -> None:
        self._scenarios, self._matching = scenarios, matching
        self._asking = {code for code, one in scenarios.items() if any(step.only_if for step in one.steps)}
        self._fitted: dict[tuple[str, tuple[int, ...]], Scenario] = {}

    def of(self, account: Account) -> Scenario | None:
        """The account's scenario as it counts for it today; None where it has none."""
        if account.scenario not in self._asking:
            return self._scenarios.get(account.scenario)
        return self.sure(account)

    def sure(self, account: Account) -> Scenario:
        """The same for an account that has one; raises KeyError."""
        scenario = self._scenarios[account.scenario]
        if account.scenario not in self._asking:
            return scenario
        passed = tuple(
            number
            for number, step in enumerate(scenario.steps, 1)
            if step.only_if and account.customer not in self._matching[step.only_if]
        )
        key = scenario.code, passed
        if key not in self._fitted:
            self._fitted[key] = msgspec.structs.replace(scenario, passed_over=passed)
        return self._fitted[key]


def conditions(scenarios: Iterable[Scenario]) -> list[str]:
    """Every condition of these scenarios, once."""
    return sorted({step.only_if for one in scenarios for step in one.steps if step.only_if})
