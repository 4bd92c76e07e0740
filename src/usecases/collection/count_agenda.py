"""How much waits for a person today."""

from relance.core.tenancy.users import Actor
from relance.ports.clock import Clock
from relance.ports.work import Work


class CountAgenda:
    """The number beside the agenda in the side bar."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock

    def __call__(self, actor: Actor, zone: str) -> int:
        """What the actor's first tab counts."""
        with self._work.reading(actor.tenant) as unit:
            return unit.agenda.waiting(actor, self._clock.today(zone))
