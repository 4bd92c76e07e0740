"""Show the aged balance."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import msgspec

from relance.core.customers.search import EVERYTHING, Search, checked
from relance.core.insight.aged_balance import AgedRow, totals
from relance.core.kernel.days import end_of_day
from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import UserId
from relance.core.tenancy.users import Actor, require_right
from relance.ports.clock import Clock
from relance.ports.store.insight import DIMENSIONS, AgedQuestion, Dimension
from relance.ports.work import Work


class AgedBalanceWanted(msgspec.Struct, frozen=True, kw_only=True):
    """Without `as_of`: the tenant's today. `criteria`: of customers of whom this holds now (S0.7).

    `most`: so many rows only, in each currency those with the largest totals first.
    """

    actor: Actor
    as_of: date | None = None
    by: str = "customer"
    currency: str = ""
    collector: UserId | None = None
    search: str = ""
    criteria: Search = EVERYTHING
    most: int | None = None


class AgedBalance(msgspec.Struct, frozen=True, kw_only=True):
    """The balance and how it was made. `from_history`: the day is past, so today's open amounts were taken back.

    `history_since`: set where the ledger's history starts after that day; older open amounts are then those first
    imported (B18).
    """

    as_of: date
    by: Dimension
    rows: list[AgedRow]
    totals: list[AgedRow]
    from_history: bool = False
    history_since: date | None = None
    hidden: int = 0
    """Rows left out; the totals have them."""

    @property
    def overlaps(self) -> bool:
        """Whether rows may count the same items: the totals count each once."""
        return self.by == "group"


class ShowAgedBalance:
    """How old is what customers owe, on any day; every figure is a sum of visible items."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock

    def __call__(self, request: AgedBalanceWanted) -> AgedBalance:
        """Sum the visible part of the ledger; raises BadInput for an unknown dimension, NotAllowed."""
        require_right(request.actor, "see")
        by = _checked_dimension(request.by)
        with self._work.reading(request.actor.tenant) as unit:
            zone = unit.tenancy.tenant().timezone
            today = self._clock.today(zone)
            as_of = request.as_of or today
            past = as_of < today
            until = end_of_day(as_of, zone) if past else None
            question = _question(request, as_of, until, by, today)
            rows = unit.insight.aged_balance(question)
            hidden = unit.insight.aged_rows(question) - len(rows) if len(rows) == request.most else 0
            once = rows
            if by == "group" or hidden:
                once = unit.insight.aged_balance(msgspec.structs.replace(question, by="currency", most=None))
            start = unit.insight.history_starts() if past else None
        since = start.astimezone(ZoneInfo(zone)).date() if start and until and start >= until else None
        return AgedBalance(
            as_of=as_of,
            by=by,
            rows=rows,
            totals=totals(once),
            from_history=past,
            history_since=since,
            hidden=hidden,
        )


def _question(
    request: AgedBalanceWanted, as_of: date, until: datetime | None, by: Dimension, today: date
) -> AgedQuestion:
    return AgedQuestion(
        as_of=as_of,
        until=until,
        by=by,
        currency=request.currency.strip().upper(),
        collector=request.collector,
        search=request.search,
        criteria=checked(request.criteria),
        today=today,
        own=request.actor.user if request.actor.own_only else None,
        most=request.most,
    )


def _checked_dimension(by: str) -> Dimension:
    for known in DIMENSIONS:
        if by == known:
            return known
    raise BadInput(f"by: one of {', '.join(DIMENSIONS)}, not {by!r}")
