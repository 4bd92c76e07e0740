"""What the store promises about the agenda's screen: rows of one page, counts and totals, one row's facts."""

from datetime import date, datetime
from typing import Literal, Protocol

import msgspec

from relance.core.collection.actions import State
from relance.core.customers.squares import Square
from relance.core.kernel.identifiers import ActionId, CustomerId, EntityId, ItemId, UserId
from relance.core.tenancy.users import Actor

View = Literal["todo", "confirm", "qualify", "waiting", "leaving", "upcoming", "held", "resolve", "done"]
VIEWS: tuple[View, ...] = ("todo", "confirm", "qualify", "waiting", "leaving", "upcoming", "held", "resolve", "done")
"""All but `qualify` are of actions; that one is of invoices past the last step, which no action is about (D7)."""
Sort = Literal["priority", "amount", "oldest"]
SORTS: tuple[Sort, ...] = ("priority", "amount", "oldest")

Mark = tuple[int, str, int, int]
"""Where a page ended: rank and name of the group, sort value, action."""


class AgendaQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """Which actions, for whom, on which day of the tenant.

    `mine` narrows to the customers that the actor collects, `group` to those in a group (0: all), `alert` to those that
    raise the alert of this number; `overdue_from` is in minor units of each account's own currency. `after` is the last
    row seen.
    """

    actor: Actor
    today: date
    view: View = "todo"
    mine: bool = False
    step: str = ""
    group: int = 0
    alert: int = 0
    overdue_from: int = 0
    sort: Sort = "priority"
    after: Mark | None = None
    limit: int = 40


class AgendaLine(msgspec.Struct, frozen=True, kw_only=True):
    """One action as a row shows it. Amounts are minor units of `currency`; `aged` goes from not due to over 90 days."""

    action: ActionId
    customer: CustomerId
    code: str
    name: str
    kind: str
    step: str
    step_number: int
    steps: int
    state: State
    reason: str
    automation: str
    due_on: date
    not_before: datetime | None
    sent_at: datetime | None
    amount: int
    currency: str
    amounts: dict[str, int]
    warnings: tuple[str, ...]
    language: str
    aged: tuple[int, int, int, int, int]
    overdue: int
    oldest_due_on: date | None
    title: str
    """What a person called it."""
    specific: int | None
    assignee: str
    """Who was given it; empty: the collector."""
    snoozed_until: date | None
    missed: bool
    """A promise of this customer was broken and its items are still open."""
    group: tuple[int, str]
    collector: UserId | None = None
    entity: EntityId = EntityId(1)
    squares: tuple[Square, ...] = ()
    """The alerts that the account raises (B7)."""
    fence: int = 0
    """Grows with every change of the action: a page that shows an older one is not what the person would confirm."""


class AgendaPage(msgspec.Struct, frozen=True, kw_only=True):
    """One page of rows; `after` is set when there are more."""

    lines: list[AgendaLine]
    after: Mark | None


class AgendaGroup(msgspec.Struct, frozen=True, kw_only=True):
    """How many actions of the view share an intent, and what their accounts owe overdue, a currency each."""

    group: tuple[int, str]
    actions: int
    overdue: dict[str, int]


class AgendaScreen(msgspec.Struct, frozen=True, kw_only=True):
    """All that the agenda shows beside its filters, of one moment.

    `counts` are the views' under the filters, `groups` the view's in their order over all its pages, `steps` the codes
    of the steps that the view has under the other filters.
    """

    counts: dict[View, int]
    groups: list[AgendaGroup]
    steps: list[str]
    page: AgendaPage


class ListedItem(msgspec.Struct, frozen=True, kw_only=True):
    """An item that the action lists, as it is now."""

    item: ItemId
    number: str
    due_on: date
    open_amount: int
    currency: str


class AgendaFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What the pane says of the account beside the action, in the action's currency; other currencies are named."""

    balance: int
    overdue: int
    disputed: int
    promised: int
    others: tuple[str, ...]
    last_contact_on: date | None
    last_paid_on: date | None
    collector: UserId | None
    collector_name: str
    comment: str
    blocked: bool
    phones: tuple[tuple[str, str], ...]
    """Collection contacts that can be called: name and number."""
    leader_number: str
    leader_due_on: date | None
    items: tuple[ListedItem, ...]
    """Those listed that still have something to pay."""
    held_numbers: tuple[tuple[str, str], ...]
    """Overdue items left out because something holds them: number and kind of hold."""
    previous_step: str
    previous_on: date | None


class AgendaStore(Protocol):
    """Read models over actions, customers and account summaries; visibility is part of every query."""

    def waiting(self, actor: Actor, today: date) -> int:
        """How many actions wait for a person today."""
        ...

    def counts(self, question: AgendaQuestion) -> dict[View, int]:
        """How many actions each view has under the question's filters."""
        ...

    def screen(self, question: AgendaQuestion) -> AgendaScreen:
        """Counts, groups, steps, and the rows behind `after`."""
        ...

    def lines(self, question: AgendaQuestion, chosen: list[ActionId]) -> list[AgendaLine]:
        """The rows of these actions, whatever their view, in the order given; those not visible are left out."""
        ...

    def view_of(self, line: AgendaLine, question: AgendaQuestion) -> View:
        """The view in which a row stands now."""
        ...

    def facts(self, line: AgendaLine, today: date) -> AgendaFacts:
        """What the pane says beside the row."""
        ...

    def is_empty(self) -> bool:
        """Whether the ledger has no item at all yet."""
        ...
