"""DSO by the sales ratio (B19)."""

from datetime import date
from decimal import Decimal

import pytest

from relance.core.insight.dso import SalesPeriod, dso_ratio, sales_period


@pytest.mark.parametrize(
    ("receivables", "sales", "days", "expected"),
    [
        (30_000, 60_000, 90, Decimal(45)),
        (200_000, 2_000_000, 365, Decimal("36.5")),
        (1, 3, 1, Decimal("0.333333")),
        (-500, 1_000, 90, Decimal(-45)),
        (500, 0, 90, None),
        (500, -10, 90, None),
    ],
)
def test_dso_is_the_days_of_sales_that_are_owed(
    receivables: int, sales: int, days: int, expected: Decimal | None
) -> None:
    assert dso_ratio(receivables, sales, days) == expected


@pytest.mark.parametrize(
    ("today", "first", "days"),
    [
        (date(2026, 11, 22), date(2026, 8, 23), 92),
        (date(2026, 5, 31), date(2026, 3, 1), 92),
        (date(2026, 2, 28), date(2025, 11, 29), 92),
    ],
)
def test_the_period_is_the_three_calendar_months_up_to_today(today: date, first: date, days: int) -> None:
    period = sales_period(today)
    assert (period, period.days) == (SalesPeriod(first, today), days)
