"""Hold items: a promise to pay, a dispute, a pause."""

from collections.abc import Sequence
from datetime import date, timedelta

import msgspec

from relance.core.collection.rules import rules_of
from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import ItemId
from relance.core.ledger.items import HoldKind, Item
from relance.core.qualification.promises import PromiseInThePast
from relance.core.tenancy.users import Actor, require_right
from relance.ports.calendars import Calendars
from relance.ports.clock import Clock
from relance.ports.store.qualification import NewHold, Note
from relance.ports.work import Unit, Work
from relance.usecases.collection.replanning import Planner
from relance.usecases.qualification.choosing import chosen, qualified

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
            until = _until(request, today, unit)
            items = chosen(unit, request.actor, request.items, request.references)
            unit.qualification.hold(_holds(items, request, until), request.actor.name, self._clock.now())
            self._remember(unit, items, request, until)
            customers = sorted({item.customer for item in items})
            unit.qualification.refresh_summaries(customers, today)
            Planner(unit, today, self._calendars, self._key).replan(customers, request.actor.name)
            return Held(len(items), tuple(item.item for item in items), until)

    def _remember(self, unit: Unit, items: Sequence[Item], request: NewHolds, until: date | None) -> None:
        said = {"comment": request.comment.strip()} | ({"until": until.isoformat()} if until else {})
        notes = [Note(customer=who, kind=request.kind, detail=what | said) for who, what in qualified(items)]
        unit.qualification.note(notes, request.actor.name, self._clock.now())
        rows = [(f"item:{item.item}", {"kind": request.kind} | said) for item in items]
        unit.audit.record_many(request.actor.name, "item-held", rows)


def _until(request: NewHolds, today: date, unit: Unit) -> date | None:
    """The last day of the hold: required for promises, the tenant's days for pauses, open for disputes."""
    if request.until is not None and request.until < today:
        raise PromiseInThePast(f"{request.until.isoformat()} is over: name {today.isoformat()} or later")
    if request.kind == "promise" and request.until is None:
        raise BadInput("a promise needs its day: say until when")
    if request.kind == "pause" and request.until is None:
        return today + timedelta(days=rules_of(unit.tenancy.settings()).pause_days)
    return request.until


def _holds(items: Sequence[Item], request: NewHolds, until: date | None) -> list[NewHold]:
    """One hold an item; a promised amount is laid on the oldest items first."""
    left = request.amount
    holds = []
    for item in items:
        amount = item.open_amount if left is None else min(left, item.open_amount)
        left = None if left is None else left - amount
        holds.append(
            NewHold(
                item=item.item,
                customer=item.customer,
                kind=request.kind,
                until=until,
                amount=amount,
                comment=request.comment.strip(),
            )
        )
    return holds
