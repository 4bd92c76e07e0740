"""Put one customer into groups by hand, or take it out of them."""

import msgspec

from relance.core.customers.groups import checked_group_name
from relance.core.tenancy.users import Actor, require_right
from relance.ports.clock import Clock
from relance.ports.work import Unit, Work


class GroupsChoice(msgspec.Struct, frozen=True, kw_only=True):
    """All the groups that the customer shall be in, by name; one that is not there yet is made (S4.9, S4.11)."""

    actor: Actor
    code: str
    groups: tuple[str, ...]


class AssignGroups:
    """A person's choice with its author: neither a rule nor an import begins again what a person ended (A5)."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock

    def __call__(self, request: GroupsChoice) -> None:
        """Keep the choice; raises BadInput, NotFound, NotAllowed."""
        actor, now = request.actor, self._clock.now()
        require_right(actor, "assign")
        wanted = {name.lower(): name for name in map(checked_group_name, request.groups)}
        with self._work(actor.tenant) as unit:
            card = unit.customer_file.card(request.code, actor.user if actor.own_only else None)
            live = {given.name.lower(): given.name for given in unit.assigned.of(card.customer).groups}
            begun = [name for key, name in wanted.items() if key not in live]
            ended = [name for key, name in live.items() if key not in wanted]
            if not begun and not ended:
                return
            numbers = {group.name.lower(): group.group for group in unit.groups.all()}
            for name in begun:
                number = numbers.get(name.lower()) or unit.groups.add(name, actor.name, now).group
                unit.assigned.begin("group", card.customer, number, actor.name, now)
            for name in ended:
                unit.assigned.end("group", card.customer, numbers[name.lower()], now)
            _note(unit, actor, card.customer, begun, ended)


def _note(unit: Unit, actor: Actor, customer: int, begun: list[str], ended: list[str]) -> None:
    unit.audit.record(actor.name, "groups-assigned", f"customer:{customer}", {"added": begun, "removed": ended})
