"""Go on with a specific action: the next message, call or task about the same items, without ending it (B6)."""

from datetime import date

import msgspec

from relance.core.collection.actions import Brief
from relance.core.collection.specifics import SpecificAction
from relance.core.kernel.errors import BadInput, Conflict
from relance.core.kernel.identifiers import SpecificId, UserId
from relance.core.tenancy.users import Actor, require_right
from relance.ports.calendars import Calendars
from relance.ports.clock import Clock
from relance.ports.render import Renderer
from relance.ports.work import Work
from relance.usecases.collection.addressing import chosen_contacts, chosen_copies
from relance.usecases.collection.begin_specific import Begun
from relance.usecases.collection.desk import Desk
from relance.usecases.collection.occurrences import Automation, Wanted, occur, require_none_open
from relance.usecases.collection.wording import checked_words


class SpecificEnded(Conflict):
    """The specific action is over; begin a new one."""

    code = "specific-ended"


class Repetition(msgspec.Struct, frozen=True, kw_only=True):
    """Which one, when, and in other words or to others where they are given; else as the last time."""

    actor: Actor
    specific: SpecificId
    on: date | None = None
    automation: Automation = "to-confirm"
    language: str = ""
    subject: str = ""
    body: str = ""
    assignee: UserId | None = None
    to: tuple[str, ...] | None = None
    cc: tuple[str, ...] | None = None


class RepeatSpecific:
    """Each occurrence is an action with a number of its own; one at a time may wait (A27)."""

    def __init__(self, work: Work, clock: Clock, calendars: Calendars, renderer: Renderer, key: bytes) -> None:
        self._work, self._clock, self._calendars = work, clock, calendars
        self._renderer, self._key = renderer, key

    def __call__(self, request: Repetition) -> Begun:
        """The next occurrence; raises SpecificEnded, OccurrenceOpen, BadInput, NotFound, NotAllowed."""
        require_right(request.actor, "confirm" if request.automation == "automatic" else "qualify")
        own = request.actor.user if request.actor.own_only else None
        with self._work(request.actor.tenant) as unit:
            unit.day.lock()
            desk = Desk(unit, self._clock.now(), self._calendars)
            specific = unit.specifics.get(request.specific, own)
            if not specific.live:
                raise SpecificEnded(f"specific action {specific.specific} is over")
            before = require_none_open(desk, specific)
            on = request.on or desk.today
            if on < desk.today:
                raise BadInput(f"{on.isoformat()} is over: name {desk.today.isoformat()} or later")
            brief = (before[0].brief if before else None) or Brief(topic=specific.topic, items=specific.items)
            wanted = Wanted(
                specific=specific,
                brief=_readdressed(desk, specific, _reworded(brief, request, specific.kind), request),
                on=on,
                automation=request.automation,
                assignee=request.assignee or (before[0].assignee if before else None),
            )
            action = occur(desk, wanted, self._renderer, self._key)
            told = {"action": action.action, "on": on.isoformat()}
            unit.audit.record(request.actor.name, "specific-repeated", f"specific:{specific.specific}", told)
            return Begun(specific.specific, action.action, action.state, len(action.items))


def _readdressed(desk: Desk, specific: SpecificAction, brief: Brief, request: Repetition) -> Brief:
    if request.to is not None:
        to = chosen_contacts(desk.unit, specific.customer, specific.kind, request.to)
        brief = msgspec.structs.replace(brief, to=to)
    if request.cc is not None:
        brief = msgspec.structs.replace(brief, cc=chosen_copies(desk.unit, specific.kind, request.cc))
    return brief


def _reworded(brief: Brief, request: Repetition, kind: str) -> Brief:
    words = checked_words(request.language or brief.language, request.subject, request.body, kind)
    if words is None:
        return brief
    return msgspec.structs.replace(brief, language=words.language, subject=words.subject, body=words.body)
