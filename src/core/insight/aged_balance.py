"""The aged balance: open amounts by days past due. This is the reference that the store's SQL is proven against."""

from collections.abc import Iterable
from datetime import date

import msgspec

from relance.core.kernel.identifiers import EntityId
from relance.core.ledger.items import MEMO_TYPES

EDGES = (30, 60, 90)
"""The last day past due of each bucket but the first (not due) and the last (over)."""
BUCKETS = ("not_due", "days_1_30", "days_31_60", "days_61_90", "over_90")
"""Public names of the buckets, from the youngest."""


class OpenAmount(msgspec.Struct, frozen=True, kw_only=True):
    """What one item still asks or gives on the day of the balance; `of` is what the balance is made by."""

    of: str
    type: str
    currency: str
    due_on: date
    amount: int


class AgedRow(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the balance, in minor units of one currency. `credits` are negative and in no bucket."""

    of: str
    currency: str
    label: str = ""
    entity: EntityId | None = None
    """Of a customer's line: whose customer this is (A23)."""
    not_due: int = 0
    days_1_30: int = 0
    days_31_60: int = 0
    days_61_90: int = 0
    over_90: int = 0
    credits: int = 0
    total: int = 0

    @property
    def overdue(self) -> int:
        """Everything past due, credits not taken off."""
        return self.days_1_30 + self.days_31_60 + self.days_61_90 + self.over_90

    @property
    def buckets(self) -> tuple[int, ...]:
        """The five buckets from the youngest."""
        return (self.not_due, self.days_1_30, self.days_31_60, self.days_61_90, self.over_90)


def bucket_of(due_on: date, as_of: date) -> str:
    """The bucket of a debit: not due on its due date, in the first bucket from the day after (D1)."""
    late = (as_of - due_on).days
    if late <= 0:
        return BUCKETS[0]
    return next((name for name, edge in zip(BUCKETS[1:], EDGES, strict=False) if late <= edge), BUCKETS[-1])


def column_of(item: OpenAmount, as_of: date) -> str:
    """Credits have a column of their own whatever their date; debits have the one of their lateness."""
    return "credits" if item.amount < 0 else bucket_of(item.due_on, as_of)


def aged_balance(items: Iterable[OpenAmount], as_of: date) -> list[AgedRow]:
    """One row for each `of` and currency, in that order; drafts count, memo items do not (D2)."""
    sums: dict[tuple[str, str], dict[str, int]] = {}
    for item in items:
        if item.type in MEMO_TYPES or item.amount == 0:
            continue
        columns = sums.setdefault((item.of, item.currency), {})
        for name in (column_of(item, as_of), "total"):
            columns[name] = columns.get(name, 0) + item.amount
    return [
        AgedRow(of=of, currency=currency, label="", entity=None, **columns)
        for (of, currency), columns in sorted(sums.items())
    ]


def totals(rows: Iterable[AgedRow]) -> list[AgedRow]:
    """The column sums by currency; nothing is added across currencies."""
    sums: dict[str, dict[str, int]] = {}
    for row in rows:
        columns = sums.setdefault(row.currency, dict.fromkeys((*BUCKETS, "credits", "total"), 0))
        for name in columns:
            columns[name] += getattr(row, name)
    return [
        AgedRow(of="", currency=currency, label="", entity=None, **columns)
        for currency, columns in sorted(sums.items())
    ]


def late_share(row: AgedRow) -> int | None:
    """Overdue in tenths of a percent of all debits, half up; None where nothing is owed."""
    owed = row.not_due + row.overdue
    return None if owed <= 0 else (row.overdue * 2000 + owed) // (2 * owed)
