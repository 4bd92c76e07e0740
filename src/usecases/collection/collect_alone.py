"""Collect customers by themselves again."""

import msgspec

from relance.core.kernel.errors import NotFound
from relance.core.tenancy.users import Actor, require_right
from relance.ports.calendars import Calendars
from relance.ports.clock import Clock
from relance.ports.store.qualification import Note
from relance.ports.work import Work
from relance.usecases.collection.replanning import Planner


class Separation(msgspec.Struct, frozen=True, kw_only=True):
    """The codes of customers that are collected on another one."""

    actor: Actor
    members: tuple[str, ...]


class CollectAlone:
    """What the lead has said of their items counts as said; each goes on from there by itself (B5, D7)."""

    def __init__(self, work: Work, clock: Clock, calendars: Calendars, key: bytes) -> None:
        self._work, self._clock, self._calendars, self._key = work, clock, calendars, key

    def __call__(self, request: Separation) -> int:
        """How many left; raises NotFound for who is not collected on another, NotAllowed."""
        actor = request.actor
        require_right(actor, "assign")
        own = actor.user if actor.own_only else None
        with self._work(actor.tenant) as unit:
            unit.day.lock()
            seen = {one.code: one for one in unit.grouping.all(own)}
            missing = [code for code in request.members if code not in seen]
            if missing:
                raise NotFound(f"{missing[0]} is not collected on another customer")
            leaving = [seen[code] for code in dict.fromkeys(request.members)]
            unit.grouping.leave([one.customer for one in leaving])
            notes = [
                Note(customer=one.customer, kind="ungrouped", detail={"lead": one.lead_code}, action=None)
                for one in leaving
            ]
            unit.qualification.note(notes, actor.name, self._clock.now())
            for one in leaving:
                detail = {"lead": one.lead_code, "member": one.code}
                unit.audit.record(actor.name, "account-ungrouped", f"customer:{one.customer}", detail)
            today = self._clock.today(unit.tenancy.tenant().timezone)
            accounts = {account for one in leaving for account in (one.customer, one.lead)}
            Planner(unit, today, self._calendars, self._key).replan(accounts, actor.name)
        return len(leaving)
