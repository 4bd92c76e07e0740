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
    ("today", "ends", "days"),
    [
        (date(2026, 11, 22), (date(2026, 8, 1), date(2026, 10, 31)), 92),
        (date(2026, 5, 31), (date(2026, 2, 1), date(2026, 4, 30)), 89),
        (date(2026, 2, 1), (date(2025, 11, 1), date(2026, 1, 31)), 92),
    ],
)
def test_the_period_is_the_last_three_whole_calendar_months(today: date, ends: tuple[date, date], days: int) -> None:
    period = sales_period(today)
    assert (period, period.days) == (SalesPeriod(*ends), days)
