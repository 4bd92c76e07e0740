"""List the invoices past the last step of their scenario: nothing more happens to them until a person says what."""

from datetime import date

import msgspec

from relance.core.customers.squares import Square
from relance.core.kernel.errors import NotFound
from relance.core.kernel.identifiers import CustomerId
from relance.core.kernel.money import decimal_text
from relance.core.tenancy.users import Actor, require_right
from relance.ports.calendars import Calendars
from relance.ports.clock import Clock
from relance.ports.store.agenda import Mark, Sort
from relance.ports.store.ended import EndedItem, EndedLine
from relance.ports.work import Work
from relance.usecases.collection.qualifying import ended_question


class EndedAsked(msgspec.Struct, frozen=True, kw_only=True):
    """Whose, under the agenda's filters; `overdue_from` is in whole units of money. `customer`: this one alone.

    `each` asks for the invoices beside the sums by customer; one customer's are always told.
    """

    actor: Actor
    mine: bool = False
    group: int = 0
    alert: int = 0
    overdue_from: int = 0
    sort: Sort = "priority"
    customer: CustomerId | None = None
    each: bool = False
    after: Mark | None = None
    limit: int = 40


class EndedShown(msgspec.Struct, frozen=True, kw_only=True):
    """One page of customers; `count` are all of them, `items` the invoices where they were asked for."""

    lines: list[EndedLine]
    after: Mark | None
    count: int
    items: list[EndedItem]
    squares: dict[CustomerId, tuple[Square, ...]] = {}
    """The alerts that the page's customers raise (B7)."""


class EndedInvoice(msgspec.Struct, frozen=True, kw_only=True):
    """One of them as commands and programs read it; the amount is decimal text."""

    customer: str
    number: str
    due_on: date
    amount: str
    currency: str
    last_step_on: date | None

    @classmethod
    def of(cls, one: EndedItem) -> "EndedInvoice":
        """The invoice in words."""
        return cls(
            customer=one.code,
            number=one.number,
            due_on=one.due_on,
            amount=decimal_text(one.open_amount, one.currency),
            currency=one.currency,
            last_step_on=one.step_on,
        )


class ListEnded:
    """What is to be qualified (D7, S3.18)."""

    def __init__(self, work: Work, clock: Clock, calendars: Calendars) -> None:
        self._work, self._clock, self._calendars = work, clock, calendars

    def __call__(self, asked: EndedAsked) -> EndedShown:
        """One page; raises NotAllowed, and NotFound for one customer who has none that this person may see."""
        require_right(asked.actor, "see")
        with self._work.reading(asked.actor.tenant) as unit:
            today = self._clock.today(unit.tenancy.tenant().timezone)
            filters = {
                name: getattr(asked, name) for name in ("mine", "group", "alert", "sort", "customer", "after", "limit")
            }
            filters["overdue_from"] = asked.overdue_from * 100
            question = ended_question(unit, self._calendars, asked.actor, today, **filters)
            lines, after = unit.ended.page(question)
            if asked.customer is not None and not lines:
                raise NotFound("no such customer, or nothing of it is to be qualified")
            items = unit.ended.items(question) if asked.each or asked.customer is not None else []
            squares = unit.squares.of({line.customer for line in lines}, today)
            count = unit.ended.count(question)
            return EndedShown(lines=lines, after=after, count=count, items=items, squares=squares)
