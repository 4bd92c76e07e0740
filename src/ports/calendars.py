"""Public holidays and wall clocks of countries."""

from collections.abc import Callable
from datetime import date
from typing import Protocol


class Calendars(Protocol):
    """Knows the public holidays of a country (ISO 3166 alpha-2); a country that nobody knows has none."""

    def of(self, country: str) -> Callable[[date], bool]:
        """A function that says whether a day is a public holiday there."""
        ...

    def zone_of(self, country: str) -> str:
        """The IANA zone of the country, of its capital where it has several (D13); empty where nobody knows it."""
        ...
