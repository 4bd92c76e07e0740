"""Browse the messages: what needs a person, what is on its way, what was sent."""

from datetime import date

import msgspec

from relance.core.tenancy.users import Actor, require_right
from relance.ports.store.deliveries import DeliveriesQuestion, DeliveryLine, DeliveryState, Place
from relance.ports.work import Work


class DeliveriesWanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which messages; `after` is where the page before ended."""

    actor: Actor
    state: DeliveryState | None = None
    channel: str = ""
    since: date | None = None
    until: date | None = None
    search: str = ""
    after: Place | None = None
    limit: int = 50


class DeliveriesFound(msgspec.Struct, frozen=True, kw_only=True):
    """One page, where the next begins, and how many messages are in each state."""

    lines: list[DeliveryLine]
    after: Place | None
    counts: dict[str, int]


class BrowseDeliveries:
    """Every message of the tenant, for ever."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, request: DeliveriesWanted) -> DeliveriesFound:
        """One page; raises NotAllowed."""
        require_right(request.actor, "see")
        question = DeliveriesQuestion(
            state=request.state,
            channel=request.channel,
            since=request.since,
            until=request.until,
            search=request.search,
            after=request.after,
            limit=request.limit,
            own=request.actor.user if request.actor.own_only else None,
        )
        with self._work.reading(request.actor.tenant) as unit:
            lines, after = unit.deliveries.lines(question)
            return DeliveriesFound(lines=lines, after=after, counts=unit.deliveries.counts(question))
