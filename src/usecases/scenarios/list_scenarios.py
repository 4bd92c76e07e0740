"""List the scenarios."""

import msgspec

from relance.core.collection.designing import Draft
from relance.core.collection.scenarios import Scenario
from relance.core.tenancy.users import Actor, require_right
from relance.ports.work import Work


class ScenarioLine(msgspec.Struct, frozen=True, kw_only=True):
    """One scenario: as it chases now, as it is drafted, or both."""

    code: str
    live: Scenario | None
    draft: Draft | None
    accounts: int
    is_default: bool

    @property
    def scenario(self) -> Scenario:
        """What there is of it, the published version first."""
        if self.live:
            return self.live
        if self.draft is None:
            raise ValueError("a scenario is published or drafted")
        return self.draft.scenario


class ListScenarios:
    """Every scenario by code, with how many accounts it chases."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, actor: Actor) -> list[ScenarioLine]:
        """The scenarios; raises NotAllowed."""
        require_right(actor, "scenarios")
        with self._work.reading(actor.tenant) as unit:
            published = {one.code: one for one in unit.collection.scenarios()}
            drafts, accounts = unit.scenarios.drafts(), unit.scenarios.accounts()
            default = unit.tenancy.settings().text("scenario")
        return [
            ScenarioLine(
                code=code,
                live=published.get(code),
                draft=drafts.get(code),
                accounts=accounts.get(code, 0),
                is_default=code == default,
            )
            for code in sorted(published.keys() | drafts.keys())
        ]
