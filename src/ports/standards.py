"""The world's codes: currencies, countries, time zones."""

from typing import Protocol


class Standards(Protocol):
    """Knows which codes exist today."""

    def is_currency(self, code: str) -> bool:
        """Whether this is an ISO 4217 code in use, upper case."""
        ...

    def is_country(self, code: str) -> bool:
        """Whether this is an ISO 3166 alpha-2 code, upper case."""
        ...

    def is_zone(self, name: str) -> bool:
        """Whether this is an IANA time zone."""
        ...
