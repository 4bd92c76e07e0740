"""What one account owes, in figures a collector reads first; one set a currency."""

from collections.abc import Iterable
from datetime import date

import msgspec

from relance.core.insight.aged_balance import AgedRow, OpenAmount, aged_balance
from relance.core.ledger.items import MEMO_TYPES, Item


class AccountFigures(msgspec.Struct, frozen=True, kw_only=True):
    """Amounts are minor units of `currency`; counts are items. `oldest_due_on` is of the oldest overdue debit."""

    currency: str
    aged: AgedRow
    promised: int
    promised_items: int
    disputed: int
    disputed_items: int
    open_items: int
    overdue_items: int
    credit_items: int
    oldest_due_on: date | None = None


def account_figures(items: Iterable[Item], today: date) -> list[AccountFigures]:
    """The figures of an account's open items, the currency with the most overdue items first."""
    by_currency: dict[str, list[Item]] = {}
    for item in items:
        if item.open_amount and item.type not in MEMO_TYPES:
            by_currency.setdefault(item.currency, []).append(item)
    figures = [_of_currency(currency, held, today) for currency, held in sorted(by_currency.items())]
    return sorted(figures, key=lambda row: -row.overdue_items)


def _of_currency(currency: str, items: list[Item], today: date) -> AccountFigures:
    [aged] = aged_balance([_amount(item) for item in items], today)
    overdue = [item for item in items if item.open_amount > 0 and item.due_on < today]
    promised = [item for item in items if item.hold == "promise"]
    disputed = [item for item in items if item.hold == "dispute"]
    return AccountFigures(
        currency=currency,
        aged=aged,
        promised=sum(item.open_amount for item in promised),
        promised_items=len(promised),
        disputed=sum(item.open_amount for item in disputed),
        disputed_items=len(disputed),
        open_items=len(items),
        overdue_items=len(overdue),
        credit_items=sum(item.open_amount < 0 for item in items),
        oldest_due_on=min((item.due_on for item in overdue), default=None),
    )


def _amount(item: Item) -> OpenAmount:
    return OpenAmount(of="", type=item.type, currency=item.currency, due_on=item.due_on, amount=item.open_amount)
