"""Assign a scenario by hand."""

import msgspec

from relance.core.collection.actions import may_follow
from relance.core.kernel.identifiers import CustomerId
from relance.core.tenancy.users import Actor, require_right
from relance.ports.clock import Clock
from relance.ports.work import Unit, Work

REASON = "scenario-changed"


class ScenarioChoice(msgspec.Struct, frozen=True, kw_only=True):
    """Which scenario chases this customer; empty: the tenant's default."""

    actor: Actor
    code: str
    scenario: str


class AssignScenario:
    """A person's choice with its author (A5); what the old scenario had proposed is withdrawn at once (B4)."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock

    def __call__(self, request: ScenarioChoice) -> int:
        """Keep the choice and return how many actions were withdrawn; raises NotFound, NotAllowed."""
        require_right(request.actor, "assign")
        own, by = request.actor.user if request.actor.own_only else None, request.actor.name
        with self._work(request.actor.tenant) as unit:
            card = unit.customer_file.card(request.code, own)
            if request.scenario:
                unit.collection.scenario(request.scenario)
            if request.scenario == card.scenario:
                return 0
            unit.customer_file.assign(card.customer, "scenario", request.scenario or None, by, self._clock.now())
            withdrawn = self._withdraw(unit, card.customer)
            detail = {"before": card.scenario, "after": request.scenario, "withdrawn": withdrawn}
            unit.audit.record(by, "scenario-assigned", f"customer:{card.customer}", detail)
        return withdrawn

    def _withdraw(self, unit: Unit, customer: CustomerId) -> int:
        waiting = [a for a in unit.collection.open_actions(customer) if may_follow(a.state, "cancelled")]
        proposed = [a for a in waiting if a.state in {"planned", "to-confirm", "confirmed", "held"}]
        for action in proposed:
            unit.collection.save_action(action, msgspec.structs.replace(action, state="cancelled", reason=REASON))
        return len(proposed)
