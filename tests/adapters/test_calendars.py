"""Public holidays of the countries that the library knows by their two letters, and of no other."""

from datetime import date

import pytest

from relance.adapters.calendars import HolidayCalendars


@pytest.mark.parametrize(
    ("country", "day", "is_free"),
    [
        ("FR", date(2026, 7, 14), True),
        ("fr", date(2026, 7, 14), True),
        ("FR", date(2026, 7, 15), False),
        ("GB", date(2026, 12, 25), True),
        ("UK", date(2026, 12, 25), False),
        ("GBR", date(2026, 12, 25), False),
        ("", date(2026, 12, 25), False),
        ("ZZ", date(2026, 12, 25), False),
    ],
)
def test_a_country_is_known_by_its_two_letters(country: str, day: date, is_free: bool) -> None:
    assert HolidayCalendars().of(country)(day) is is_free
