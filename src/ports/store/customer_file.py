"""What the store promises about looking at customers: the list, one file, and what people write in it."""

from datetime import date, datetime
from typing import Any, Literal, Protocol

import msgspec

from relance.core.customers.columns import CustomerSort
from relance.core.customers.search import EVERYTHING, Search
from relance.core.kernel.identifiers import ActionId, CustomerId, EntityId, UserId
from relance.core.ledger.items import Item

CustomerView = Literal["all", "overdue", "no-contact", "no-collector"]


class CustomerQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """Which customers, in which order. `after` is the last line seen: its place, code, currency and customer.

    Amounts fall, texts and days rise; `turned` is the other way round.

    `own` limits to the customers that this user collects. `criteria` are read as on `today`.
    """

    today: date
    criteria: Search = EVERYTHING
    search: str = ""
    view: CustomerView = "all"
    collector: UserId | None = None
    sort: CustomerSort = "overdue"
    turned: bool = False
    after: tuple[int | str, str, str, int] | None = None
    limit: int = 50
    own: UserId | None = None


class CustomerLine(msgspec.Struct, frozen=True, kw_only=True):
    """One customer and currency of the list; without open items the currency is empty and the amounts zero.

    `place` is the value that the list is ordered by. The credit limit counts in `limit_currency`.
    """

    customer: CustomerId
    entity: EntityId = EntityId(1)
    code: str
    name: str
    country: str
    collector: str
    currency: str
    balance: int
    overdue: int
    open_items: int
    oldest_due_on: date | None = None
    city: str = ""
    language: str = ""
    scenario: str = ""
    terms: str = ""
    payment_method: str = ""
    not_due: int = 0
    days_1_30: int = 0
    days_31_60: int = 0
    days_61_90: int = 0
    over_90: int = 0
    credits: int = 0
    promised: int = 0
    disputed: int = 0
    credit_limit: int | None = None
    limit_currency: str = ""
    last_contact_on: date | None = None
    created_on: date | None = None
    place: int | str = ""


class CustomerCard(msgspec.Struct, frozen=True, kw_only=True):
    """A customer's own data, and who chose its collector and scenario, when (A5)."""

    customer: CustomerId
    entity: EntityId
    code: str
    name: str
    legal_id: str
    vat_number: str
    street: str
    zip: str
    city: str
    country: str
    language: str
    phone: str
    email: str
    terms: str
    payment_method: str
    blocked: bool
    collection_stop: bool
    paused_until: date | None
    penalties: bool
    comment: str
    last_contact_on: date | None
    collector: UserId | None
    collector_name: str
    collector_active: bool
    collector_origin: str
    collector_by: str
    collector_at: datetime | None
    scenario: str
    scenario_origin: str
    scenario_by: str
    scenario_at: datetime | None


class TimelineEntry(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened. `kind` is a code; `detail` plain data."""

    entry: int
    at: datetime
    kind: str
    author: str
    action: ActionId | None
    detail: dict[str, Any]


class WaitingAction(msgspec.Struct, frozen=True, kw_only=True):
    """An action of the account that is not over. Codes; amounts in minor units of `currency`."""

    action: ActionId
    fence: int
    """Goes up with each change: a form says with it what was seen."""
    kind: str
    step: str
    step_number: int
    steps: int
    state: str
    reason: str
    due_on: date
    not_before: datetime | None
    amount: int
    currency: str
    items: int
    title: str = ""
    """What a person called it."""
    specific: bool = False


class CustomerFileStore(Protocol):
    """Customers as people look at them."""

    def lines(self, question: CustomerQuestion) -> list[CustomerLine]:
        """One page of the list."""
        ...

    def page(self, question: CustomerQuestion) -> tuple[list[CustomerLine], int]:
        """One page of the list and the customers of the whole answer, who are looked for once."""
        ...

    def count(self, question: CustomerQuestion) -> int:
        """How many customers the whole answer holds."""
        ...

    def card_of(self, customer: CustomerId) -> CustomerCard:
        """The own data of the customer of this number; raises NotFound."""
        ...

    def card(self, code: str, own: UserId | None, reading: bool = False) -> CustomerCard:
        """The customer of this code; raises NotFound, also where it exists but is not visible.

        `reading`: a customer is visible too while an open action of it is given to `own` (S3.15).
        """
        ...

    def open_items(self, customer: CustomerId) -> list[Item]:
        """All open items, the oldest due first."""
        ...

    def settled_items(self, customer: CustomerId, since: date, limit: int) -> list[Item]:
        """Items settled since a day, the latest first."""
        ...

    def hold_comments(self, customer: CustomerId) -> dict[int, str]:
        """Item to what was said when it was held; live holds only."""
        ...

    def timeline(self, customer: CustomerId, limit: int) -> list[TimelineEntry]:
        """What happened, the latest first."""
        ...

    def moves(self, customer: CustomerId, limit: int) -> list[TimelineEntry]:
        """What imports brought and settled: kinds `imported` and `settled`, one entry an import, the latest first."""
        ...

    def waiting_actions(self, customer: CustomerId) -> list[WaitingAction]:
        """Actions that a person or the dispatcher has still to do, or that went wrong; the earliest first."""
        ...

    def assign(
        self, customer: CustomerId, field: Literal["collector", "scenario"], value: Any, by: str, at: datetime
    ) -> None:
        """Keep a collector (its number) or scenario (its code) that a person chose, with its author (A5)."""
        ...

    def add_note(
        self, entry: int, customer: CustomerId, at: datetime, kind: str, author: str, detail: dict[str, Any]
    ) -> None:
        """Append to the timeline."""
        ...

    def note(self, customer: CustomerId, entry: int, author: str) -> str | None:
        """The text of a note that this author wrote; None where there is none."""
        ...

    def change_note(self, customer: CustomerId, entry: int, text: str | None) -> None:
        """Give a note another text; None takes it off the timeline."""
        ...
