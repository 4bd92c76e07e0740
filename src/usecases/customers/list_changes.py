"""List the changes of many customers."""

import msgspec

from relance.core.customers.mass_changes import MassChange
from relance.core.tenancy.users import Actor, require_right
from relance.ports.work import Work


class ChangesWanted(msgspec.Struct, frozen=True, kw_only=True):
    """At most so many, the newest."""

    actor: Actor
    limit: int = 50


class ListChanges:
    """What was changed for many customers at once, by whom, and what was undone."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, request: ChangesWanted) -> list[MassChange]:
        """The newest first; who sees only their own customers sees only their own changes. Raises NotAllowed."""
        actor = request.actor
        require_right(actor, "assign")
        with self._work.reading(actor.tenant) as unit:
            history = unit.mass_changes.history(request.limit)
        return [change for change in history if not actor.own_only or change.author == actor.name]
