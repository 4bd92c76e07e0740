"""End the holds of items."""

import msgspec

from relance.core.kernel.identifiers import ItemId
from relance.core.tenancy.users import Actor, require_right
from relance.ports.calendars import Calendars
from relance.ports.clock import Clock
from relance.ports.store.qualification import Note
from relance.ports.work import Work
from relance.usecases.collection.replanning import Planner
from relance.usecases.qualification.choosing import chosen, qualified


class Release(msgspec.Struct, frozen=True, kw_only=True):
    """Which items: numbers, or references written CUSTOMER/NUMBER."""

    actor: Actor
    items: tuple[ItemId, ...] = ()
    references: tuple[str, ...] = ()
    comment: str = ""


class Released(msgspec.Struct, frozen=True):
    """How many items were held before."""

    changed: int


class ReleaseItems:
    """The items may be asked for again; closing a dispute returns its items (B6)."""

    def __init__(self, work: Work, clock: Clock, calendars: Calendars, key: bytes) -> None:
        self._work, self._clock, self._calendars, self._key = work, clock, calendars, key

    def __call__(self, request: Release) -> Released:
        """Release them; those that nothing holds stay as they are. Raises BadInput, NotFound, NotAllowed."""
        require_right(request.actor, "qualify")
        name, now = request.actor.name, self._clock.now()
        with self._work(request.actor.tenant) as unit:
            unit.day.lock()
            named = chosen(unit, request.actor, request.items, request.references)
            items = [item for item in named if item.hold and item.hold != "specific"]
            if not items:
                return Released(0)
            unit.qualification.release([item.item for item in items], name, now)
            said = {"comment": request.comment.strip()}
            notes = [Note(customer=who, kind="released", detail=what | said) for who, what in qualified(items)]
            unit.qualification.note(notes, name, now)
            unit.audit.record_many(name, "item-released", [(f"item:{item.item}", {"was": item.hold}) for item in items])
            today = self._clock.today(unit.tenancy.tenant().timezone)
            customers = sorted({item.customer for item in items})
            unit.qualification.refresh_summaries(customers, today)
            Planner(unit, today, self._calendars, self._key).replan(customers, name)
            return Released(len(items))
