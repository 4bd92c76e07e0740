"""Hold items: a promise to pay, a dispute, a pause."""

from datetime import date

import msgspec

from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import ItemId
from relance.core.ledger.items import HoldKind
from relance.core.tenancy.users import Actor, require_right
from relance.ports.calendars import Calendars
from relance.ports.clock import Clock
from relance.ports.work import Work
from relance.usecases.collection.replanning import Planner
from relance.usecases.qualification.choosing import chosen
from relance.usecases.qualification.holding import Said, hold, until_of

LONGEST_COMMENT = 4000


class NewHolds(msgspec.Struct, frozen=True, kw_only=True):
    """Which items (numbers, or references written CUSTOMER/NUMBER), what holds them and until when."""

    actor: Actor
    items: tuple[ItemId, ...] = ()
    references: tuple[str, ...] = ()
    kind: HoldKind
    until: date | None = None
    comment: str = ""
    amount: int | None = None
    """What was promised of the items, in minor units of their currency; without it all that is open."""


class Held(msgspec.Struct, frozen=True):
    """How many items changed."""

    changed: int
    items: tuple[ItemId, ...]
    until: date | None


class HoldItems:
    """What the customer said stops the reminders of these items, and leaves planned messages at once (D2, D10)."""

    def __init__(self, work: Work, clock: Clock, calendars: Calendars, key: bytes) -> None:
        self._work, self._clock, self._calendars, self._key = work, clock, calendars, key

    def __call__(self, request: NewHolds) -> Held:
        """Hold them; raises BadInput, PromiseInThePast, NotFound, NotAllowed."""
        require_right(request.actor, "qualify")
        if len(request.comment) > LONGEST_COMMENT:
            raise BadInput(f"a comment has at most {LONGEST_COMMENT} characters")
        with self._work(request.actor.tenant) as unit:
            unit.day.lock()
            today = self._clock.today(unit.tenancy.tenant().timezone)
            until = until_of(unit, request.kind, request.until, today)
            items = chosen(unit, request.actor, request.items, request.references)
            said = Said(request.kind, until, request.comment.strip(), request.amount)
            hold(unit, request.actor.name, self._clock.now(), items, said)
            customers = sorted({item.customer for item in items})
            unit.qualification.refresh_summaries(customers, today)
            Planner(unit, today, self._calendars, self._key).replan(customers, request.actor.name)
            return Held(len(items), tuple(item.item for item in items), until)
