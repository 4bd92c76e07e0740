"""Currencies and countries as Babel's CLDR data has them, zones of the tz database."""

from functools import lru_cache
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global

_CONTINENTS_AND_UNIONS = frozenset({"EU", "EZ", "UN", "QO", "ZZ", "XA", "XB"})


class CldrStandards:
    """Answers from data that travels with the installation."""

    def is_currency(self, code: str) -> bool:
        """Whether some country uses this currency today."""
        return code in _currencies()

    def is_country(self, code: str) -> bool:
        """Whether CLDR names a country by this code."""
        return len(code) == 2 and code.isupper() and code in _territories() and code not in _CONTINENTS_AND_UNIONS

    def is_zone(self, name: str) -> bool:
        """Whether the tz database has this zone."""
        return name in _zones()


@lru_cache(maxsize=1)
def _currencies() -> frozenset[str]:
    uses = get_global("territory_currencies")
    return frozenset(code for used in uses.values() for code, _start, end, tender in used if end is None and tender)


@lru_cache(maxsize=1)
def _territories() -> frozenset[str]:
    return frozenset(Locale("en").territories)


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
