"""What the store promises about invoices at the end of their cycle (D7, S3.18)."""

from datetime import date
from typing import Protocol

import msgspec

from relance.core.collection.rules import DayRules
from relance.core.kernel.identifiers import CustomerId, EntityId, ItemId, UserId
from relance.core.tenancy.users import Actor
from relance.ports.store.agenda import Mark, Sort


class EndedQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """Whose, on which day, and from which step on an invoice has had the last of its scenario.

    `ignored` are the amounts by currency below which a scenario leaves items out, where they are not the tenant's (B3).
    `scenario` is the tenant's default. `mine`, `group`, `alert`, `overdue_from`, `sort` and `after` are the agenda's
    filters; a mark holds no group, but the currency, the sort value and the customer.
    """

    actor: Actor
    on: DayRules
    ends: dict[str, int]
    ignored: dict[str, dict[str, int]] = {}
    scenario: str
    mine: bool = False
    group: int = 0
    alert: int = 0
    overdue_from: int = 0
    sort: Sort = "priority"
    customer: CustomerId | None = None
    after: Mark | None = None
    limit: int = 40


class EndedLine(msgspec.Struct, frozen=True, kw_only=True):
    """A customer's ended invoices in one currency; amounts are its minor units."""

    customer: CustomerId
    entity: EntityId
    code: str
    name: str
    collector: UserId | None
    collector_name: str
    currency: str
    invoices: int
    amount: int
    oldest_due_on: date
    balance: int
    overdue: int
    aged: tuple[int, int, int, int, int]


class EndedItem(msgspec.Struct, frozen=True, kw_only=True):
    """One of them; `step_on` is the day of its last step."""

    item: ItemId
    code: str
    """The customer's."""
    number: str
    due_on: date
    open_amount: int
    currency: str
    step_on: date | None


class EndedStore(Protocol):
    """Read models over open invoices; visibility is part of every query."""

    def count(self, question: EndedQuestion) -> int:
        """How many lines there are under the filters."""
        ...

    def page(self, question: EndedQuestion) -> tuple[list[EndedLine], Mark | None]:
        """The lines behind the mark, and the next mark where there are more."""
        ...

    def items(self, question: EndedQuestion) -> list[EndedItem]:
        """The invoices themselves, the oldest first."""
        ...
