"""Assign a collector by hand."""

import msgspec

from relance.core.kernel.identifiers import UserId
from relance.core.tenancy.users import Actor, require_right
from relance.ports.clock import Clock
from relance.ports.work import Work


class CollectorChoice(msgspec.Struct, frozen=True, kw_only=True):
    """Who collects from this customer; None takes the collector away."""

    actor: Actor
    code: str
    collector: UserId | None


class AssignCollector:
    """A person's choice, kept against rules and imports with its author (A5); actions follow the account (S2.15)."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock

    def __call__(self, request: CollectorChoice) -> None:
        """Keep the choice; raises NotFound, NotAllowed."""
        require_right(request.actor, "assign")
        own, by = request.actor.user if request.actor.own_only else None, request.actor.name
        with self._work(request.actor.tenant) as unit:
            card = unit.customer_file.card(request.code, own)
            if request.collector is not None:
                unit.tenancy.user(request.collector)
            if request.collector == card.collector:
                return
            unit.customer_file.assign(card.customer, "collector", request.collector, by, self._clock.now())
            detail = {"before": card.collector, "after": request.collector}
            unit.audit.record(by, "collector-assigned", f"customer:{card.customer}", detail)
