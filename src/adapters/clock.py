"""The system's clock; the only place that asks the machine for the time."""

import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


class SystemClock:
    """Real time, or real time moved so that it started at a given moment (tests only)."""

    def __init__(self, starts_at: datetime | None = None) -> None:
        self._shift = (starts_at - datetime.now(UTC)) if starts_at else timedelta()

    def now(self) -> datetime:
        """The moment, in UTC."""
        return datetime.now(UTC) + self._shift

    def today(self, zone: str) -> date:
        """The calendar day in an IANA time zone."""
        return self.now().astimezone(ZoneInfo(zone)).date()

    def monotonic(self) -> float:
        """Seconds that never jump."""
        return time.monotonic()
