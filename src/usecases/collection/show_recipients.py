"""Show who could get a message that a person began, and who is chosen (B6, S0.4)."""

import msgspec

from relance.core.collection.actions import Brief
from relance.core.collection.kinds import is_message
from relance.core.kernel.identifiers import ActionId, ContactId
from relance.core.tenancy.users import Actor, User, require_right
from relance.ports.calendars import Calendars
from relance.ports.clock import Clock
from relance.ports.store.contacts import Contact
from relance.ports.work import Work
from relance.usecases.collection.closing import Closing


class RecipientsShown(msgspec.Struct, frozen=True, kw_only=True):
    """The contacts and the users; without anybody in `to` it goes to those ticked for collection."""

    contacts: tuple[Contact, ...]
    users: tuple[User, ...]
    to: tuple[ContactId, ...]
    cc: tuple[str, ...]


class ShowRecipients:
    """Reads what the form needs; nothing for a step of a scenario, which says itself who gets it."""

    def __init__(self, work: Work, clock: Clock, calendars: Calendars) -> None:
        self._work, self._clock, self._calendars = work, clock, calendars

    def __call__(self, actor: Actor, number: ActionId) -> RecipientsShown | None:
        """Who could get it; raises NotFound, NotAllowed."""
        require_right(actor, "see")
        with self._work.reading(actor.tenant) as unit:
            action = Closing(unit, actor, self._clock, self._calendars).read(number)
            if action.specific is None or not is_message(action.kind):
                return None
            brief = action.brief or Brief()
            return RecipientsShown(
                contacts=tuple(unit.contacts.of(action.customer)),
                users=tuple(unit.tenancy.users()),
                to=brief.to,
                cc=brief.cc,
            )
