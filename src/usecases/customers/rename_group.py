"""Give a group of customers another name."""

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import Any

import msgspec

from relance.core.customers.assigner_settings import checked_settings
from relance.core.customers.assigner_settings import renamed as renamed_settings
from relance.core.customers.groups import checked_group_name
from relance.core.customers.naming import names, renamed
from relance.core.kernel.errors import BadInput
from relance.core.tenancy.users import Actor, require_right
from relance.ports.assigners import Assigner
from relance.ports.work import Unit, Work


class NewName(msgspec.Struct, frozen=True, kw_only=True):
    """The group, and how it shall be called."""

    actor: Actor
    group: int
    name: str


class RenameGroup:
    """Its customers stay; tasks that give the group, and searches that name it, speak of its new name."""

    def __init__(self, work: Work, assigners: Sequence[Assigner] = ()) -> None:
        self._work = work
        self._assigners = {one.name: one for one in assigners}

    def __call__(self, request: NewName) -> None:
        """Rename; raises BadInput, NotFound, Conflict where the name is taken, NotAllowed."""
        require_right(request.actor, "assign")
        name = checked_group_name(request.name)
        with self._work(request.actor.tenant) as unit:
            group = unit.groups.one(request.group)
            if name == group.name:
                return
            unit.groups.rename(group, name)
            self._tell_assigners(unit, group.name, name)
            detail = {"before": group.name, "after": name, "searches": _rewritten(unit, group.name, name)}
            unit.audit.record(request.actor.name, "group-renamed", f"group:{group.group}", detail)

    def _tell_assigners(self, unit: Unit, before: str, after: str) -> None:
        """Settings that give the group give it by its new name; else the next run would make it anew."""
        for task in unit.assignment.tasks():
            assigner = self._assigners.get(task.assigner)
            if task.attribute == "group" and assigner:
                settings = renamed_settings(task.settings, before, after, partial(_gives, assigner, before))
                unit.assignment.change_settings(task.task, settings)


def _gives(assigner: Assigner, before: str, settings: Mapping[str, Any]) -> Collection[str]:
    """What the settings give; settings that the assigner refuses count as giving the group by its name before."""
    try:
        return assigner.gives(checked_settings(assigner.settings_type, settings))
    except BadInput:
        return (before,)


def _rewritten(unit: Unit, before: str, after: str) -> int:
    """Saved searches of everybody, and searches of tasks, that name the group; how many these are."""
    saved = [one for one in unit.saved_searches.all() if names(one.search, "group", before)]
    for one in saved:
        unit.saved_searches.rewrite(one.number, renamed(one.search, "group", before, after))
    tasks = [task for task in unit.assignment.tasks() if names(task.search, "group", before)]
    for task in tasks:
        unit.assignment.rewrite(task.task, renamed(task.search, "group", before, after))
    return len(saved) + len(tasks)
