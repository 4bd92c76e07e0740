"""The only source of now."""

from datetime import date, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time. Verbs ask it; the core is told."""

    def now(self) -> datetime:
        """The moment, in UTC."""
        ...

    def today(self, zone: str) -> date:
        """The calendar day in an IANA time zone."""
        ...

    def monotonic(self) -> float:
        """Seconds that never jump, for leases and time-outs."""
        ...
