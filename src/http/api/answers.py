"""What the API answers: plain data, amounts as decimal text with their currency, and a cursor for more."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import msgspec
from msgspec import UNSET, UnsetType

from relance.core.customers.squares import Square
from relance.core.insight.aged_balance import BUCKETS, AgedRow
from relance.core.kernel.identifiers import EntityId
from relance.core.kernel.money import decimal_text
from relance.core.tenancy.users import User
from relance.ports.store.customer_file import CustomerLine
from relance.ports.store.item_list import ItemLine


class CustomerAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One customer in one currency."""

    code: str
    name: str
    country: str
    collector: str
    currency: str
    balance: str
    overdue: str
    open_items: int
    oldest_due_on: date | None
    entity: str | UnsetType = UNSET
    """The code of the legal entity, where there are several."""
    alerts: list[str] = []
    """The names of those that it raises."""

    @classmethod
    def of(
        cls, line: CustomerLine, entities: Mapping[EntityId, str], squares: Sequence[Square] = ()
    ) -> "CustomerAnswer":
        """The line of the list as the API says it."""
        return cls(
            code=line.code,
            name=line.name,
            country=line.country,
            collector=line.collector,
            currency=line.currency,
            balance=decimal_text(line.balance, line.currency),
            overdue=decimal_text(line.overdue, line.currency),
            open_items=line.open_items,
            oldest_due_on=line.oldest_due_on,
            entity=entities.get(line.entity, UNSET),
            alerts=[square.name for square in squares],
        )


class CustomersAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One page of customers; `cursor` asks for the next, `count` is of the whole answer."""

    rows: list[CustomerAnswer]
    cursor: str | None
    count: int


class ItemAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One item; credits are negative."""

    customer: str
    customer_name: str
    type: str
    number: str
    issued_on: date
    due_on: date
    currency: str
    amount: str
    open_amount: str
    order_number: str
    reference: str
    hold: str | None
    hold_until: date | None
    settled_on: date | None
    entity: str | UnsetType = UNSET
    """The code of the legal entity, where there are several."""

    @classmethod
    def of(cls, line: ItemLine, entities: Mapping[EntityId, str]) -> "ItemAnswer":
        """The line of the list as the API says it."""
        item = line.item
        return cls(
            customer=line.customer_code,
            customer_name=line.customer_name,
            type=item.type,
            number=item.number,
            issued_on=item.issued_on,
            due_on=item.due_on,
            currency=item.currency,
            amount=decimal_text(item.amount, item.currency),
            open_amount=decimal_text(item.open_amount, item.currency),
            order_number=item.order_number,
            reference=item.reference,
            hold=item.hold,
            hold_until=item.hold_until,
            settled_on=item.settled_on,
            entity=entities.get(line.entity, UNSET),
        )


class ItemsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One page of items; `open` is currency to decimal text over the whole answer."""

    rows: list[ItemAnswer]
    cursor: str | None
    count: int
    open: dict[str, str]


class AgedBalanceAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The aged balance; each row has its dimension, its currency, the buckets, credits and total."""

    as_of: date
    by: str
    rows: list[dict[str, str]]
    totals: list[dict[str, str]]


def aged_row(by: str, row: AgedRow) -> dict[str, str]:
    """One row, with the dimension under its own name."""
    names = (*BUCKETS, "credits", "total")
    amounts = {name: decimal_text(getattr(row, name), row.currency) for name in names}
    dimension = {by: row.of, "name": row.label} if by else {}
    return dimension | {"currency": row.currency} | amounts


class UserAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A person of the tenant."""

    id: int
    email: str
    name: str
    role: str
    active: bool
    rights: tuple[str, ...]
    sees: str | None
    address_confirmed: bool
    invited_until: datetime | None

    @classmethod
    def of(cls, user: User) -> "UserAnswer":
        """The user as the API says it."""
        return cls(
            id=user.user,
            email=user.email,
            name=user.name,
            role=user.role,
            active=user.active,
            rights=user.rights,
            sees=user.sees,
            address_confirmed=user.address_confirmed,
            invited_until=user.invited_until,
        )
