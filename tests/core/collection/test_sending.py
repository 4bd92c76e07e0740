from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from relance.core.collection.sending import Feed, Freshness, is_stale, next_try

NOW = datetime(2026, 3, 3, 9, tzinfo=UTC)
LIMITS = Freshness(scheduled_working_days=2, manual_days=7, zone=ZoneInfo("Europe/Paris"), is_holiday=lambda day: False)


@pytest.mark.parametrize(
    ("feed", "stale"),
    [
        (Feed(False, NOW - timedelta(days=7)), False),
        (Feed(False, NOW - timedelta(days=8)), True),
        (Feed(True, datetime(2026, 2, 27, 9, tzinfo=UTC)), False),
        (Feed(True, datetime(2026, 2, 26, 9, tzinfo=UTC)), True),
        (Feed(False, None), True),
    ],
)
def test_a_source_goes_stale_after_its_days(feed: Feed, stale: bool) -> None:
    """A28: working days for a scheduled source, days for one fed by hand."""
    assert is_stale((feed,), date(2026, 3, 3), LIMITS) is stale


def test_one_stale_source_is_enough() -> None:
    assert is_stale((Feed(False, NOW), Feed(False, None)), date(2026, 3, 3), LIMITS)


def test_tries_grow_apart_and_end_within_a_day() -> None:
    waits, moment = [], NOW
    for attempts in range(1, 10):
        again = next_try(attempts, moment)
        if again is None:
            break
        waits.append((again - moment) // timedelta(minutes=1))
        moment = again
    assert waits[:4] == [1, 5, 15, 60]
    assert moment - NOW <= timedelta(days=1)
    assert next_try(len(waits) + 1, moment) is None
