"""Public holidays from the `holidays` library, zones from the table of the time zone database."""

from collections.abc import Callable
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files

import holidays

_CAPITALS = {
    "AU": "Australia/Sydney",
    "BR": "America/Sao_Paulo",
    "CA": "America/Toronto",
    "FM": "Pacific/Pohnpei",
    "PS": "Asia/Hebron",
    "RU": "Europe/Moscow",
    "UA": "Europe/Kyiv",
    "UZ": "Asia/Tashkent",
}
"""Countries of several zones whose capital is not in the first one of the table."""


class HolidayCalendars:
    """Knows the nationwide public holidays of a country."""

    def of(self, country: str) -> Callable[[date], bool]:
        """Whether a day is a public holiday there; a country that the library does not know has none."""
        return _calendar(country.upper())

    def zone_of(self, country: str) -> str:
        """The zone of the country, of its capital where there are several."""
        return _zones().get(country.upper(), "")


@lru_cache(maxsize=64)
def _calendar(country: str) -> Callable[[date], bool]:
    """The library's list of countries would load every one of them, which takes longer than deciding a small ledger."""
    try:
        known = holidays.country_holidays(country)
    except NotImplementedError:  # what the library raises for a country that it does not know
        return _no_holiday
    return known.__contains__ if known.country == country else _no_holiday


def _no_holiday(_day: date) -> bool:
    return False


@cache
def _zones() -> dict[str, str]:
    """Country to zone: the first that the table names, which is the capital's but for a few."""
    table = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if not line.startswith("#")]
    return {row[0]: row[2] for row in reversed(rows)} | _CAPITALS
