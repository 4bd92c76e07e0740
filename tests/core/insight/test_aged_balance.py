"""The aged balance counts days past due, and never adds two currencies."""

from datetime import date, timedelta

import pytest

from relance.core.insight.aged_balance import OpenAmount, aged_balance, bucket_of, late_share, totals

AS_OF = date(2026, 11, 21)


def owed(amount: int, late: int, currency: str = "EUR", kind: str = "invoice", of: str = "C1") -> OpenAmount:
    return OpenAmount(of=of, type=kind, currency=currency, due_on=AS_OF - timedelta(days=late), amount=amount)


@pytest.mark.parametrize(
    ("late", "bucket"),
    [
        (-5, "not_due"),
        (0, "not_due"),
        (1, "days_1_30"),
        (30, "days_1_30"),
        (31, "days_31_60"),
        (60, "days_31_60"),
        (61, "days_61_90"),
        (90, "days_61_90"),
        (91, "over_90"),
        (4000, "over_90"),
    ],
)
def test_a_bucket_ends_on_its_edge(late: int, bucket: str) -> None:
    assert bucket_of(AS_OF - timedelta(days=late), AS_OF) == bucket


def test_the_published_example_gives_its_total_and_late_rate() -> None:
    """AGE1 of the formulas: 3,590 not due, 1,800, 900 and 50 late: 6,340, 43.375 %."""
    [row] = aged_balance([owed(359000, 0), owed(180000, 45), owed(90000, 61), owed(5000, 91)], AS_OF)
    assert row.total == 634000
    assert row.buckets == (359000, 0, 180000, 90000, 5000)
    assert late_share(row) == 434


def test_credits_stand_apart_whatever_their_date() -> None:
    [row] = aged_balance([owed(1000, 40), owed(-300, 40, kind="payment"), owed(-200, -9, kind="credit-note")], AS_OF)
    assert (row.days_31_60, row.credits, row.total) == (1000, -500, 500)


def test_drafts_count_and_down_payment_requests_do_not() -> None:
    [row] = aged_balance([owed(700, 0, kind="draft"), owed(900, 0, kind="down-payment-request")], AS_OF)
    assert row.total == 700


def test_currencies_have_rows_of_their_own_and_totals_of_their_own() -> None:
    rows = aged_balance([owed(1000, 1), owed(2000, 1, "USD"), owed(500, 1, of="C2")], AS_OF)
    assert [(row.of, row.currency, row.total) for row in rows] == [
        ("C1", "EUR", 1000),
        ("C1", "USD", 2000),
        ("C2", "EUR", 500),
    ]
    assert [(row.currency, row.total) for row in totals(rows)] == [("EUR", 1500), ("USD", 2000)]


def test_nothing_owed_has_no_late_rate() -> None:
    [row] = aged_balance([owed(-300, 0)], AS_OF)
    assert late_share(row) is None
