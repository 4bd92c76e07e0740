"""Assign a scenario by hand."""

import msgspec

from relance.core.tenancy.users import Actor, require_right
from relance.ports.calendars import Calendars
from relance.ports.clock import Clock
from relance.ports.store.collection import ScenarioChange
from relance.ports.work import Work
from relance.usecases.collection.following import follow
from relance.usecases.collection.replanning import Planner


class ScenarioChoice(msgspec.Struct, frozen=True, kw_only=True):
    """Which scenario chases this customer; empty: the tenant's default."""

    actor: Actor
    code: str
    scenario: str


class AssignScenario:
    """A person's choice with its author (A5); what the old scenario had proposed is replaced at once (B4)."""

    def __init__(self, work: Work, clock: Clock, calendars: Calendars, key: bytes) -> None:
        self._work, self._clock, self._calendars, self._key = work, clock, calendars, key

    def __call__(self, request: ScenarioChoice) -> int:
        """Keep the choice and return how many actions were withdrawn; raises NotFound, NotAllowed."""
        require_right(request.actor, "assign")
        own, by = request.actor.user if request.actor.own_only else None, request.actor.name
        with self._work(request.actor.tenant) as unit:
            unit.day.lock()
            card = unit.customer_file.card(request.code, own)
            if request.scenario:
                unit.collection.scenario(request.scenario)
            if request.scenario == card.scenario:
                return 0
            unit.customer_file.assign(card.customer, "scenario", request.scenario or None, by, self._clock.now())
            default = unit.tenancy.settings().text("scenario")
            change = ScenarioChange(card.customer, card.scenario or default, request.scenario or default)
            today = self._clock.today(unit.tenancy.tenant().timezone)
            withdrawn = follow(unit, [change], by, Planner(unit, today, self._calendars, self._key))
            detail = {"before": card.scenario, "after": request.scenario, "withdrawn": withdrawn}
            unit.audit.record(by, "scenario-assigned", f"customer:{card.customer}", detail)
        return withdrawn
