"""A statement of account: all that is open, a part for each currency, with its age and, where wanted, late interest."""

from collections.abc import Collection, Sequence
from datetime import date

import msgspec

from relance.core.collection.composing import Company, line_of
from relance.core.collection.interest import late_interest
from relance.core.insight.aged_balance import AgedRow, OpenAmount, aged_balance
from relance.core.kernel.identifiers import CustomerId
from relance.core.ledger.items import MEMO_TYPES, Item


class StatementLine(msgspec.Struct, frozen=True, kw_only=True):
    """One open item. Amounts are minor units; credits are negative. `hold` says what the customer said of it."""

    type: str
    number: str
    issued_on: date
    due_on: date
    days_late: int
    amount: int
    open_amount: int
    hold: str = ""
    interest: int | None = None


class StatementPart(msgspec.Struct, frozen=True, kw_only=True):
    """What is open in one currency; nothing is added across currencies (D12)."""

    currency: str
    lines: tuple[StatementLine, ...]
    aged: AgedRow
    interest: int | None = None
    """The late interest of its lines, where it was asked for and some is due."""


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """Who is owed, by whom, what, on which day."""

    company: Company
    code: str
    name: str
    address: tuple[str, ...]
    as_of: date
    parts: tuple[StatementPart, ...]
    rate: str = ""
    """The late payment rate, where interest is shown."""


def statement_of(
    company: Company,
    customer: tuple[str, str, tuple[str, ...]],
    items: Sequence[Item],
    today: date,
    rate: str = "",
    spared: Collection[CustomerId] = (),
) -> Statement:
    """Put the statement together; `customer` is code, name and address, `rate` is empty for no interest.

    `spared` are customers whose items bear none (B8).
    """
    owed = [item for item in items if item.open_amount and item.type not in MEMO_TYPES]
    currencies = sorted({item.currency for item in owed})
    parts = [_part(one, [item for item in owed if item.currency == one], today, rate, spared) for one in currencies]
    code, name, address = customer
    return Statement(company=company, code=code, name=name, address=address, as_of=today, parts=tuple(parts), rate=rate)


def _part(
    currency: str, items: Sequence[Item], today: date, rate: str, spared: Collection[CustomerId]
) -> StatementPart:
    ordered = sorted(items, key=lambda item: (item.due_on, item.issued_on, item.number, item.item))
    lines = tuple(_line(item, today, "" if item.customer in spared else rate) for item in ordered)
    open_amounts = [
        OpenAmount(of="", type=item.type, currency=currency, due_on=item.due_on, amount=item.open_amount)
        for item in ordered
    ]
    [aged] = aged_balance(open_amounts, today)
    due = [line.interest for line in lines if line.interest]
    return StatementPart(currency=currency, lines=lines, aged=aged, interest=sum(due) if due else None)


def _line(item: Item, today: date, rate: str) -> StatementLine:
    line = line_of(item, today)
    held = item.hold if item.hold in {"promise", "dispute"} else ""
    return StatementLine(
        type=item.type,
        number=item.number,
        issued_on=item.issued_on,
        due_on=item.due_on,
        days_late=line.days_late,
        amount=item.amount,
        open_amount=item.open_amount,
        hold=held or "",
        interest=late_interest(line, rate) if rate else None,
    )
