"""Groups of customers: their figures, a new one, another name, and removing one."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from litestar import Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from relance.core.customers.assignment import words_of
from relance.core.customers.conjunctions import joined
from relance.core.customers.search import Clause
from relance.core.customers.search_language import written
from relance.core.kernel.errors import BadInput, Conflict
from relance.http.access import deed, page
from relance.http.addresses import query
from relance.http.dependencies import Fields
from relance.http.templating import Show
from relance.ports.store.groups import GroupLine
from relance.usecases.customers.create_group import CreateGroup
from relance.usecases.customers.list_groups import ListGroups
from relance.usecases.customers.remove_group import RemoveGroup
from relance.usecases.customers.rename_group import NewName, RenameGroup
from relance.usecases.customers.show_group import ShowGroup
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
    show_group: NamedDependency[ShowGroup],
) -> Response[str]:
    """One group's name, and removing it."""
    shown = show_group(who.actor, number)
    return show("groups/group.html", shown=shown, problem="", typed=shown.line.group.name, **_used())


@deed("/groups/{number:int}", needs="assign")
def rename(
    number: FromPath[int],
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    rename_group: NamedDependency[RenameGroup],
    show_group: NamedDependency[ShowGroup],
) -> Response[str]:
    """Another name."""
    typed = fields.text("name")
    try:
        rename_group(NewName(actor=who.actor, group=number, name=typed))
    except (BadInput, Conflict) as refused:  # the form keeps what was typed
        shown = show_group(who.actor, number)
        return show("groups/group.html", status=422, shown=shown, problem=refused.detail, typed=typed, **_used())
    return show.go(f"/t/{who.tenant.code}/groups?done=saved")


@page("/groups/{number:int}/remove", needs="assign")
def ask_removal(
    number: FromPath[int],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    show_group: NamedDependency[ShowGroup],
) -> Response[str]:
    """Says what removing means, and asks."""
    return show("groups/remove.html", shown=show_group(who.actor, number), problem="", **_used())


@deed("/groups/{number:int}/remove", needs="assign")
def remove(
    number: FromPath[int],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    remove_group: NamedDependency[RemoveGroup],
    show_group: NamedDependency[ShowGroup],
) -> Response[str]:
    """The group goes, its customers stay."""
    try:
        remove_group(who.actor, number)
    except Conflict as refused:  # the question is shown again
        shown = show_group(who.actor, number)
        return show("groups/remove.html", status=422, shown=shown, problem=refused.detail, **_used())
    return show.go(f"/t/{who.tenant.code}/groups?done=saved")


def _common(lines: list[GroupLine]) -> dict[str, Any]:
    return {"lines": lines, "members_of": _members, "whole_days": _whole_days}


def _whole_days(days: Decimal) -> int:
    return int(days.to_integral_value(ROUND_HALF_UP))


def _used() -> dict[str, Any]:
    return {"words_of_task": words_of}


def _members(name: str, criterion: str = "", currency: str = "") -> str:
    """The query of the customers' list that finds a group's customers, or those who owe such an amount."""
    of = Clause("group", "=", (name,))
    if not criterion:
        return query(where=written(of))
    owing = Clause(criterion, "!=" if criterion == "balance" else ">", (f"0 {currency}",))
    return query(where=written(joined(of, owing)), sort=criterion)


HANDLERS = [groups, create, group_page, rename, ask_removal, remove]
