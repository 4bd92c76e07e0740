"""Sources whose last attempt needs a person: a host with another key, a file that was held or refused."""

from collections.abc import Sequence

from relance.core.intake.sources import SourceState
from relance.core.tenancy.users import Actor, may, require_right
from relance.ports.work import Work

_TROUBLES = ("failed", "refused", "held")


class ShowSourceTroubles:
    """What stands above the agenda of those who may import; for others there is nothing that they could do."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, actor: Actor) -> Sequence[SourceState]:
        """By name; raises NotAllowed."""
        require_right(actor, "see")
        if not may(actor, "import"):
            return ()
        with self._work.reading(actor.tenant) as unit:
            states = unit.sources.states()
        return [one for one in states if one.set_up and one.last_run and one.last_run.state in _TROUBLES]
