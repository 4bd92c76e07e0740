"""What the store promises about groups of customers."""

from datetime import datetime
from typing import Protocol

import msgspec

from relance.core.customers.groups import Group
from relance.core.kernel.identifiers import UserId


class GroupFigure(msgspec.Struct, frozen=True, kw_only=True):
    """What a group's customers owe in one currency, in minor units."""

    currency: str
    balance: int
    overdue: int


class GroupLine(msgspec.Struct, frozen=True, kw_only=True):
    """A group with how many customers it has, and their figures."""

    group: Group
    customers: int
    figures: tuple[GroupFigure, ...]


class GroupStore(Protocol):
    """Groups of one tenant."""

    def all(self) -> list[Group]:
        """Every group by name."""
        ...

    def lines(self, own: UserId | None) -> list[GroupLine]:
        """Every group by name, counted over the customers of `own`, or over all."""
        ...

    def one(self, group: int) -> Group:
        """One group; raises NotFound."""
        ...

    def add(self, name: str, author: str, at: datetime) -> Group:
        """A new group of a person; raises Conflict where the name is taken."""
        ...

    def rename(self, group: Group, name: str) -> None:
        """Another name, also in the tasks that give the group; raises Conflict where it is taken."""
        ...

    def given_by_tasks(self, group: Group) -> int:
        """How many Search & Assign tasks give it."""
        ...

    def remove(self, group: int, at: datetime) -> int:
        """Take a group away; returns how many customers were in it, whose links end as a person's word."""
        ...
