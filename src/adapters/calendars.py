"""Public holidays from the `holidays` library."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache

import holidays


class HolidayCalendars:
    """Knows the nationwide public holidays of a country."""

    def of(self, country: str) -> Callable[[date], bool]:
        """Whether a day is a public holiday there; a country that the library does not know has none."""
        return _calendar(country.upper())


@lru_cache(maxsize=64)
def _calendar(country: str) -> Callable[[date], bool]:
    if country not in holidays.list_supported_countries(include_aliases=False):
        return _no_holiday
    known = holidays.country_holidays(country)
    return lambda day: day in known


def _no_holiday(_day: date) -> bool:
    return False
