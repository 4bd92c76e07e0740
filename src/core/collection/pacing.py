"""How many messages leave in the weeks of a simulation: so many to one account in a month, so many a day for all."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

BUDGET_DAYS = 30
"""Over how many days the contact budget of an account counts (A26)."""


class Pace:
    """Hands out the days on which messages leave, account by account; zero is no limit."""

    def __init__(self, budget: int = 0, cap: int = 0) -> None:
        self._budget, self._cap = budget, cap
        self._taken: Counter[date] = Counter()

    def take(self, wanted: date, opens: Mapping[date, date], had: Sequence[date], last: date) -> date | None:
        """The first open day from the wanted one on with room for one more to an account; None: not in these weeks.

        `had` are the days of the messages that the account has had.
        """
        day = wanted
        while day <= last:
            if self._has_room(day, had):
                self._taken[day] += 1
                return day
            day = opens[day + timedelta(days=1)]
        return None

    def _has_room(self, day: date, had: Sequence[date]) -> bool:
        if self._cap and self._taken[day] >= self._cap:
            return False
        since = day - timedelta(days=BUDGET_DAYS - 1)
        return not self._budget or sum(since <= one for one in had) < self._budget
