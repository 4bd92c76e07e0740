"""How much is open, by currency."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from relance.core.kernel.errors import BadInput
from relance.core.kernel.money import sums_text
from relance.core.tenancy.users import Actor, require_right
from relance.ports.clock import Clock
from relance.ports.store.ledger import LedgerQuestion
from relance.ports.work import Work


class SumQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """Which items: of one customer code or of all, at the end of a day or now."""

    actor: Actor
    customer: str | None = None
    as_of: date | None = None


class ItemSum(msgspec.Struct, frozen=True, kw_only=True):
    """How many items are open, and currency to decimal text."""

    count: int
    open: dict[str, str]
    as_of: date


class SumItems:
    """Sums the open items; a past day is read from the history of changes."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock

    def __call__(self, request: SumQuestion) -> ItemSum:
        """The sum; raises BadInput for a day to come."""
        require_right(request.actor, "see")
        with self._work.reading(request.actor.tenant) as unit:
            zone = unit.tenancy.tenant().timezone
            today = self._clock.today(zone)
            as_of = request.as_of or today
            if as_of > today:
                raise BadInput(f"{as_of} is still to come; today is {today}")
            own = request.actor.user if request.actor.own_only else None
            until = _end_of(as_of, zone) if as_of < today else None
            sums = unit.ledger.open_sums(LedgerQuestion(until=until, customer=request.customer, own=own))
        return ItemSum(
            count=sum(count for count, _ in sums.values()),
            open=sums_text({currency: amount for currency, (_, amount) in sums.items()}),
            as_of=as_of,
        )


def _end_of(day: date, zone: str) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone))
