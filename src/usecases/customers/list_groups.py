"""List the groups of customers."""

from relance.core.tenancy.users import Actor, require_right
from relance.ports.store.groups import GroupLine
from relance.ports.work import Work


class ListGroups:
    """All groups with their figures over the customers that this viewer may see (S4.2)."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, actor: Actor) -> list[GroupLine]:
        """By name; raises NotAllowed."""
        require_right(actor, "see")
        with self._work.reading(actor.tenant) as unit:
            if not actor.own_only:
                return unit.groups.lines(None)
            lines = unit.groups.lines(actor.user)
            return [line for line in lines if line.customers or line.group.author == actor.name]
