"""Groups of customers."""

from datetime import date, datetime
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from relance.core.kernel.money import decimal_text
from relance.http.api.access import caller_of, doing, editing, reading, removing
from relance.http.api.once import Once
from relance.ports.store.groups import GroupFigure, GroupLine
from relance.usecases.customers.create_group import CreateGroup
from relance.usecases.customers.list_groups import ListGroups
from relance.usecases.customers.remove_group import RemoveGroup
from relance.usecases.customers.rename_group import NewName, RenameGroup

AnyRequest = Request[Any, Any, Any]


class GroupFigures(msgspec.Struct, frozen=True, kw_only=True):
    """What the group's customers owe in one currency; `dso` in days, null without sales or a history of them."""

    currency: str
    balance: str
    overdue: str
    dso: str | None

    @classmethod
    def of(cls, one: GroupFigure) -> "GroupFigures":
        """The answer of a figure."""
        balance, overdue = (decimal_text(minor, one.currency) for minor in (one.balance, one.overdue))
        dso = None if one.dso is None else format(one.dso, "f")
        return cls(currency=one.currency, balance=balance, overdue=overdue, dso=dso)


class GroupAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A group; `origin` is `import`, `rule` or `person`.

    `sales_from`: the first day of the sales that DSO counts; null where items were imported only after it.
    """

    number: int
    name: str
    origin: str
    author: str
    at: datetime
    customers: int
    figures: list[GroupFigures]
    sales_from: date | None

    @classmethod
    def of(cls, line: GroupLine) -> "GroupAnswer":
        """The answer of a line."""
        group = line.group
        return cls(
            number=group.group,
            name=group.name,
            origin=group.origin,
            author=group.author,
            at=group.at,
            customers=line.customers,
            figures=[GroupFigures.of(one) for one in line.figures],
            sales_from=line.sales_from,
        )


class GroupsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Every group by name."""

    rows: list[GroupAnswer]


class GroupWanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A group to create, or its new name."""

    name: str


class GroupMade(msgspec.Struct, frozen=True, kw_only=True):
    """The group as it is kept."""

    number: int
    name: str


@reading("/groups", summary="Groups with their customers and what these owe")
def groups(request: AnyRequest, list_groups: NamedDependency[ListGroups]) -> GroupsAnswer:
    """Every group."""
    return GroupsAnswer(rows=[GroupAnswer.of(line) for line in list_groups(caller_of(request).actor)])


@doing("/groups", "assign", summary="Create a group")
def create_group(
    request: AnyRequest,
    data: JSONBody[GroupWanted],
    create_group: NamedDependency[CreateGroup],
    once: NamedDependency[Once],
) -> Response[bytes]:
    """The number of the group; 409 where the name is taken."""

    def made() -> GroupMade:
        group = create_group(caller_of(request).actor, data.name)
        return GroupMade(number=group.group, name=group.name)

    return once(request, msgspec.json.encode(data), made)


@editing("/groups/{number:int}", "assign", summary="Rename a group; tasks and saved searches follow")
def rename_group(
    request: AnyRequest,
    number: FromPath[int],
    data: JSONBody[GroupWanted],
    rename_group: NamedDependency[RenameGroup],
) -> GroupMade:
    """The group under its new name; 409 where it is taken."""
    rename_group(NewName(actor=caller_of(request).actor, group=number, name=data.name))
    return GroupMade(number=number, name=data.name)


@removing("/groups/{number:int}", "assign", summary="Remove a group; its customers stay")
def remove_group(request: AnyRequest, number: FromPath[int], remove_group: NamedDependency[RemoveGroup]) -> None:
    """Gone; 409 while a task gives it."""
    remove_group(caller_of(request).actor, number)


HANDLERS = [groups, create_group, rename_group, remove_group]
