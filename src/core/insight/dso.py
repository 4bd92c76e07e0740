"""Days sales outstanding by the sales ratio: how many days of sales wait for their money (B19)."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import msgspec

SALES_TYPES = ("invoice", "credit-note")
"""Sales of a period are the invoices issued in it less its credit notes, both with tax."""
_MONTHS = 3
_SIX_DIGITS = Decimal("0.000001")


class SalesPeriod(msgspec.Struct, frozen=True):
    """The days whose sales count, the first and the last of them included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many they are."""
        return (self.last - self.first).days + 1


def sales_period(today: date) -> SalesPeriod:
    """The last three whole calendar months before today's; receivables are those at their end."""
    month = today.year * 12 + today.month - 1 - _MONTHS
    return SalesPeriod(date(month // 12, month % 12 + 1, 1), today.replace(day=1) - timedelta(days=1))


def dso_ratio(receivables: int, sales: int, days: int) -> Decimal | None:
    """Receivables at the end by the sales of so many days, in days; None without sales to compare with."""
    if sales <= 0:
        return None
    return (Decimal(receivables) * days / sales).quantize(_SIX_DIGITS, ROUND_HALF_UP)
