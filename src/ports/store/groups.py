"""What the store promises about groups of customers."""

from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

import msgspec

from relance.core.customers.groups import Group
from relance.core.insight.dso import SalesPeriod
from relance.core.kernel.identifiers import UserId


class GroupFigure(msgspec.Struct, frozen=True, kw_only=True):
    """What a group's customers owe in one currency, in minor units.

    `dso`: the days of sales that wait for their money; None without sales, or without a history of them.
    """

    currency: str
    balance: int
    overdue: int
    dso: Decimal | None = None


class GroupLine(msgspec.Struct, frozen=True, kw_only=True):
    """A group with how many customers it has, and their figures.

    `sales_from`: the first day of the sales of its DSO; None where the ledger does not know them all (B19).
    """

    group: Group
    customers: int
    figures: tuple[GroupFigure, ...]
    sales_from: date | None = None


class GroupStore(Protocol):
    """Groups of one tenant."""

    def all(self) -> list[Group]:
        """Every group by name."""
        ...

    def lines(self, own: UserId | None) -> list[GroupLine]:
        """Every group by name, counted over the customers of `own`, or over all."""
        ...

    def sales(self, own: UserId | None, period: SalesPeriod) -> dict[tuple[int, str], int] | None:
        """What each group was sold in the period, by currency; None where items came in only after it had begun."""
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
