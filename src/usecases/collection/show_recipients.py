"""Show who could get a message, and who is chosen (B6, S0.4)."""

import msgspec

from relance.core.collection.actions import Brief
from relance.core.collection.kinds import is_message
from relance.core.kernel.identifiers import ActionId, ContactId
from relance.core.tenancy.users import Actor, User, require_right
from relance.ports.calendars import Calendars
from relance.ports.clock import Clock
from relance.ports.store.contacts import Contact
from relance.ports.work import Work
from relance.usecases.collection.addressing import NO_COPIES
from relance.usecases.collection.closing import Closing
from relance.usecases.collection.desk import Desk


class RecipientsShown(msgspec.Struct, frozen=True, kw_only=True):
    """The contacts and the users; without anybody in `to` it goes to those ticked for collection."""

    contacts: tuple[Contact, ...]
    users: tuple[User, ...]
    to: tuple[ContactId, ...]
    cc: tuple[str, ...]


class ShowRecipients:
    """Reads what the form needs; a step of a scenario says itself who gets copies, unless a person said otherwise."""

    def __init__(self, work: Work, clock: Clock, calendars: Calendars) -> None:
        self._work, self._clock, self._calendars = work, clock, calendars

    def __call__(self, actor: Actor, number: ActionId) -> RecipientsShown | None:
        """Who could get it; None for what is no message. Raises NotFound, NotAllowed."""
        require_right(actor, "see")
        with self._work.reading(actor.tenant) as unit:
            action = Closing(unit, actor, self._clock, self._calendars).read(number)
            if not is_message(action.kind):
                return None
            brief, usual = action.brief or Brief(), tuple[str, ...]()
            if action.specific is None:
                desk = Desk(unit, self._clock.now(), self._calendars)
                usual = desk.scenario_of(action).step(action.step_number).cc
            return RecipientsShown(
                contacts=tuple(unit.contacts.of(action.customer)),
                users=tuple(unit.tenancy.users()),
                to=brief.to,
                cc=() if brief.cc == NO_COPIES else brief.cc or usual,
            )
