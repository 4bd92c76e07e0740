"""End a deputy's days before their last."""

from datetime import timedelta

import msgspec

from relance.core.tenancy.deputies import Deputy
from relance.core.tenancy.users import Actor, require_right
from relance.ports.clock import Clock
from relance.ports.work import Work
from relance.usecases.tenancy.turning import turn_deputies


class DeputyToEnd(msgspec.Struct, frozen=True, kw_only=True):
    """Which deputy, by number."""

    actor: Actor
    number: int


class EndDeputy:
    """From now on the deputy sees what the own role shows, and no more."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock

    def __call__(self, request: DeputyToEnd) -> Deputy:
        """Whom it was about; the absent person ends it, or an administrator. Raises NotFound, NotAllowed."""
        actor = request.actor
        with self._work(actor.tenant) as unit:
            ended = unit.deputies.one(request.number)
            if ended.user != actor.user:
                require_right(actor, "settings")
            today = self._clock.today(unit.tenancy.tenant().timezone)
            if ended.last_on >= today:
                unit.deputies.end(ended.number, today - timedelta(days=1))
                unit.audit.record(actor.name, "deputy-stopped", f"deputy:{ended.number}")
                turn_deputies(unit, today)
        return ended
