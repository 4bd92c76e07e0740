"""List the messages that were handed over."""

from relance.core.tenancy.users import Actor, require_right
from relance.ports.store.outbox import Written
from relance.ports.work import Work

_MOST = 200


class ListOutbox:
    """What a trial or the demo wrote to its folder instead of sending."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, actor: Actor) -> list[Written]:
        """The newest messages first; raises NotAllowed."""
        require_right(actor, "see")
        with self._work.reading(actor.tenant) as unit:
            return unit.outbox.written(actor, _MOST)
