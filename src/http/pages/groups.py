"""Groups of customers: their figures, a new one, another name, and removing one."""

from typing import Any

from litestar import Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from relance.core.customers.search import Clause
from relance.core.customers.search_language import written
from relance.core.kernel.errors import BadInput, Conflict, NotFound
from relance.http.access import deed, page
from relance.http.addresses import query
from relance.http.dependencies import Fields
from relance.http.templating import Show
from relance.ports.store.groups import GroupLine
from relance.usecases.customers.create_group import CreateGroup
from relance.usecases.customers.list_groups import ListGroups
from relance.usecases.customers.remove_group import RemoveGroup
from relance.usecases.customers.rename_group import NewName, RenameGroup
from relance.usecases.tenancy.resume_session import SignedIn


@page("/groups", needs="see")
def groups(
    who: NamedDependency[SignedIn], show: NamedDependency[Show], list_groups: NamedDependency[ListGroups]
) -> Response[str]:
    """Every group with what its customers owe."""
    return show("groups/list.html", problem="", typed="", **_common(list_groups(who.actor)))


@deed("/groups", needs="assign")
def create(
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    create_group: NamedDependency[CreateGroup],
    list_groups: NamedDependency[ListGroups],
) -> Response[str]:
    """A group by hand; what cannot be one is shown again with the reason."""
    typed = fields.text("name")
    try:
        create_group(who.actor, typed)
    except (BadInput, Conflict) as refused:  # the form keeps what was typed
        common = _common(list_groups(who.actor))
        return show("groups/list.html", status=422, problem=refused.detail, typed=typed, **common)
    return show.go(f"/t/{who.tenant.code}/groups?done=saved")


@page("/groups/{number:int}", needs="assign")
def group_page(
    number: FromPath[int],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    list_groups: NamedDependency[ListGroups],
) -> Response[str]:
    """One group's name, and removing it."""
    line = _line(list_groups(who.actor), number)
    return show("groups/group.html", line=line, problem="", typed=line.group.name)


@deed("/groups/{number:int}", needs="assign")
def rename(
    number: FromPath[int],
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    rename_group: NamedDependency[RenameGroup],
    list_groups: NamedDependency[ListGroups],
) -> Response[str]:
    """Another name."""
    typed = fields.text("name")
    try:
        rename_group(NewName(actor=who.actor, group=number, name=typed))
    except (BadInput, Conflict) as refused:  # the form keeps what was typed
        line = _line(list_groups(who.actor), number)
        return show("groups/group.html", status=422, line=line, problem=refused.detail, typed=typed)
    return show.go(f"/t/{who.tenant.code}/groups?done=saved")


@page("/groups/{number:int}/remove", needs="assign")
def ask_removal(
    number: FromPath[int],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    list_groups: NamedDependency[ListGroups],
) -> Response[str]:
    """Says what removing means, and asks."""
    return show("groups/remove.html", line=_line(list_groups(who.actor), number), problem="")


@deed("/groups/{number:int}/remove", needs="assign")
def remove(
    number: FromPath[int],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    remove_group: NamedDependency[RemoveGroup],
    list_groups: NamedDependency[ListGroups],
) -> Response[str]:
    """The group goes, its customers stay."""
    try:
        remove_group(who.actor, number)
    except Conflict as refused:  # the question is shown again
        line = _line(list_groups(who.actor), number)
        return show("groups/remove.html", status=422, line=line, problem=refused.detail)
    return show.go(f"/t/{who.tenant.code}/groups?done=saved")


def _common(lines: list[GroupLine]) -> dict[str, Any]:
    return {"lines": lines, "members_of": _members}


def _members(name: str) -> str:
    """The query of the customers' list that finds a group's customers."""
    return query(where=written(Clause("group", "=", (name,))))


def _line(lines: list[GroupLine], number: int) -> GroupLine:
    for line in lines:
        if line.group.group == number:
            return line
    raise NotFound("no such group")


HANDLERS = [groups, create, group_page, rename, ask_removal, remove]
