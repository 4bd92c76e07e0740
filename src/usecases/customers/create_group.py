"""Create a group of customers by hand."""

from relance.core.customers.groups import Group, checked_group_name
from relance.core.tenancy.users import Actor, require_right
from relance.ports.clock import Clock
from relance.ports.work import Work


class CreateGroup:
    """A group that is empty at first (S4.5, S4.15)."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock

    def __call__(self, actor: Actor, name: str) -> Group:
        """The group; raises BadInput, Conflict where the name is taken, NotAllowed."""
        require_right(actor, "assign")
        with self._work(actor.tenant) as unit:
            group = unit.groups.add(checked_group_name(name), actor.name, self._clock.now())
            unit.audit.record(actor.name, "group-created", f"group:{group.group}", {"name": group.name})
        return group
