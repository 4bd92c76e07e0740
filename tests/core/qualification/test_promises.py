"""What counts for a promise, and only once (D3)."""

from datetime import UTC, datetime, timedelta

from relance.core.kernel.identifiers import ItemId
from relance.core.qualification.promises import Unallocated, counted, less, verdict

PROMISED_AT = datetime(2026, 11, 2, 9, tzinfo=UTC)


def payment(number: int, left: int, hours: int = 1, currency: str = "EUR") -> Unallocated:
    return Unallocated(item=ItemId(number), currency=currency, came_at=PROMISED_AT + timedelta(hours=hours), left=left)


def test_payments_count_the_oldest_first_and_no_more_than_is_missing() -> None:
    payments = [payment(1, 300), payment(2, 500), payment(3, 900)]
    assert counted({"EUR": 600}, PROMISED_AT, payments) == {1: 300, 2: 300}


def test_a_payment_from_before_the_promise_or_of_another_currency_does_not_count() -> None:
    payments = [payment(1, 300, hours=-1), payment(2, 300, currency="USD"), payment(3, 300)]
    assert counted({"EUR": 600}, PROMISED_AT, payments) == {3: 300}


def test_what_has_counted_is_taken_off_and_the_rest_still_counts() -> None:
    payments = [payment(1, 200)]
    first = counted({"EUR": 100}, PROMISED_AT, payments)
    assert counted({"EUR": 150}, PROMISED_AT, less(payments, first)) == {1: 100}


def test_nothing_counts_where_nothing_is_missing() -> None:
    assert counted({"EUR": -50}, PROMISED_AT, [payment(1, 200)]) == {}


def test_kept_is_all_of_it_in_every_currency() -> None:
    assert verdict({"EUR": 100, "USD": 100}, {"EUR": 100, "USD": 100}) == "kept"
    assert verdict({"EUR": 100, "USD": 100}, {"EUR": 100}) == "half-kept"
    assert verdict({"EUR": 100}, {"USD": 100}) == "broken"
