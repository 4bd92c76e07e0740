"""Collect several customers on one lead account."""

import msgspec

from relance.core.collection.actions import WAITING_STATES
from relance.core.collection.grouping import Member, check_members, check_quiet
from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import CustomerId
from relance.core.tenancy.users import Actor, require_right
from relance.ports.calendars import Calendars
from relance.ports.clock import Clock
from relance.ports.store.customer_file import CustomerCard
from relance.ports.store.qualification import Note
from relance.ports.work import Unit, Work
from relance.usecases.collection.replanning import Planner

MOST = 500


class Grouping(msgspec.Struct, frozen=True, kw_only=True):
    """The lead's code, and the codes of those that are collected on it from now on."""

    actor: Actor
    lead: str
    members: tuple[str, ...]


class Together(msgspec.Struct, frozen=True, kw_only=True):
    """All members of the lead; `already`: the codes of those named that were collected on it before."""

    members: list[Member]
    already: tuple[str, ...]


class CollectTogether:
    """The lead asks for everybody's items; statuses, comments and specific actions stay where they are (B5)."""

    def __init__(self, work: Work, clock: Clock, calendars: Calendars, key: bytes) -> None:
        self._work, self._clock, self._calendars, self._key = work, clock, calendars, key

    def __call__(self, request: Grouping) -> Together:
        """The members as they are then; raises BadInput, Conflict, NotFound, NotAllowed."""
        actor = request.actor
        require_right(actor, "assign")
        codes = tuple(dict.fromkeys(code.strip() for code in request.members if code.strip()))
        if not 0 < len(codes) <= MOST:
            raise BadInput(f"name 1 to {MOST} customers")
        own = actor.user if actor.own_only else None
        with self._work(actor.tenant) as unit:
            unit.day.lock()
            lead = unit.customer_file.card(request.lead, own)
            cards = {card.customer: card for card in (unit.customer_file.card(code, own) for code in codes)}
            known = unit.grouping.all(None)
            check_members(lead.customer, {number: card.code for number, card in cards.items()}, known)
            before = {one.customer for one in known}
            joined = [card for card in cards.values() if card.customer not in before]
            if joined:
                self._join(unit, actor, lead, joined)
            members = [one for one in unit.grouping.of(lead.customer) if one.lead == lead.customer]
        already = tuple(card.code for card in cards.values() if card.customer in before)
        return Together(members=members, already=already)

    def _join(self, unit: Unit, actor: Actor, lead: CustomerCard, joined: list[CustomerCard]) -> None:
        for card in joined:
            _withdraw(unit, actor, card, confirmed=True)
        _withdraw(unit, actor, lead, confirmed=False)
        numbers = [card.customer for card in joined]
        unit.grouping.join(numbers, lead.customer, actor.name, self._clock.now())
        self._tell(unit, actor, lead, joined)
        today = self._clock.today(unit.tenancy.tenant().timezone)
        Planner(unit, today, self._calendars, self._key).replan({lead.customer, *numbers}, actor.name)

    def _tell(self, unit: Unit, actor: Actor, lead: CustomerCard, joined: list[CustomerCard]) -> None:
        notes = [_note(card.customer, "grouped", lead.code) for card in joined]
        unit.qualification.note(notes, actor.name, self._clock.now())
        detail = {"lead": lead.code, "members": [card.code for card in joined]}
        unit.audit.record(actor.name, "accounts-grouped", f"customer:{lead.customer}", detail)


def _withdraw(unit: Unit, actor: Actor, card: CustomerCard, confirmed: bool) -> None:
    """No scenario action of a member is left, confirmed or not: its lead will say all of it, once.

    Of the lead what nobody has confirmed yet goes too: a new leader is computed over all of them.
    """
    actions = [one for one in unit.collection.open_actions(card.customer) if one.specific is None]
    check_quiet(card.code, actions)
    for action in actions:
        if action.state in WAITING_STATES and (confirmed or not action.frozen):
            gone = msgspec.structs.replace(action, state="cancelled", reason="grouped", not_before=None)
            unit.collection.save_action(action, gone)
            unit.audit.record(actor.name, "action-cancelled", f"action:{action.action}", {"reason": "grouped"})


def _note(customer: CustomerId, kind: str, lead: str) -> Note:
    return Note(customer=customer, kind=kind, detail={"lead": lead}, action=None)
