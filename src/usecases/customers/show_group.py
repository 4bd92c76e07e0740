"""Show one group, and what names it."""

import msgspec

from relance.core.customers.assignment import Task
from relance.core.customers.naming import names
from relance.core.customers.search_language import parse
from relance.core.kernel.errors import NotFound
from relance.core.tenancy.users import Actor, require_right
from relance.ports.store.groups import GroupLine
from relance.ports.work import Unit, Work


class GroupShown(msgspec.Struct, frozen=True, kw_only=True):
    """A group with what another name or its end touches.

    `giving` are the tasks that give it, `asking` those whose search names it. `searches` are the saved searches that
    the viewer may see, `private` counts those of others; `scenarios` have a step whose condition names it.
    """

    line: GroupLine
    giving: list[Task]
    asking: list[Task]
    searches: list[str]
    private: int
    scenarios: list[str]


class ShowGroup:
    """Before a group is renamed or removed a person sees who speaks of it."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, actor: Actor, group: int) -> GroupShown:
        """The group; raises NotFound, NotAllowed."""
        require_right(actor, "assign")
        with self._work.reading(actor.tenant) as unit:
            lines = unit.groups.lines(actor.user if actor.own_only else None)
            line = next((line for line in lines if line.group.group == group), None)
            if line is None:
                raise NotFound("no such group")
            name, tasks = line.group.name, unit.assignment.tasks()
            naming = [one for one in unit.saved_searches.all() if names(one.search, "group", name)]
            seen = {one.number for one in unit.saved_searches.visible(actor.user)}
            return GroupShown(
                line=line,
                giving=[t for t in tasks if t.attribute == "group" and t.value.lower() == name.lower()],
                asking=[t for t in tasks if names(t.search, "group", name)],
                searches=sorted(one.name for one in naming if one.number in seen),
                private=sum(one.number not in seen for one in naming),
                scenarios=_scenarios(unit, name),
            )


def _scenarios(unit: Unit, group: str) -> list[str]:
    return [
        scenario.code
        for scenario in unit.collection.scenarios()
        if any(step.only_if and names(parse(step.only_if), "group", group) for step in scenario.steps)
    ]
