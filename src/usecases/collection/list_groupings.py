"""List customers that are collected on another."""

from relance.core.collection.grouping import Member
from relance.core.tenancy.users import Actor, require_right
from relance.ports.work import Work


class ListGroupings:
    """Every member with its lead."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, actor: Actor) -> list[Member]:
        """The members that this viewer sees, by lead; raises NotAllowed."""
        require_right(actor, "see")
        with self._work.reading(actor.tenant) as unit:
            return unit.grouping.all(actor.user if actor.own_only else None)
