"""A clock that the demo turns: it stands at each past moment in turn, and then real time goes on."""

import time
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo


class TurnedClock:
    """Stands where it was put, and ticks from there."""

    def __init__(self, moment: datetime) -> None:
        self.turn(moment)

    def turn(self, moment: datetime) -> None:
        """Put the clock to a moment."""
        self._moment, self._from = moment, time.monotonic()

    def now(self) -> datetime:
        """The moment, in UTC."""
        return self._moment + timedelta(seconds=time.monotonic() - self._from)

    def today(self, zone: str) -> date:
        """The calendar day in an IANA time zone."""
        return self.now().astimezone(ZoneInfo(zone)).date()

    def monotonic(self) -> float:
        """Seconds that never jump."""
        return time.monotonic()
