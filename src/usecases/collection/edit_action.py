"""Write one message's words anew, for this once; and give a specific action's occurrence another day."""

from datetime import date

import msgspec

from relance.core.collection.actions import Action, ActionMoved, Brief
from relance.core.collection.kinds import is_message
from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import ActionId
from relance.core.tenancy.users import Actor, require_right
from relance.ports.calendars import Calendars
from relance.ports.clock import Clock
from relance.ports.render import Renderer
from relance.ports.work import Work
from relance.usecases.collection.addressing import NO_COPIES, chosen_contacts, chosen_copies
from relance.usecases.collection.closing import Closing
from relance.usecases.collection.desk import Desk
from relance.usecases.collection.drafting import look, mentions
from relance.usecases.collection.occurrences import try_words
from relance.usecases.collection.wording import Words, checked_words

_MAY_CHANGE = frozenset({"planned", "to-confirm", "held"})


class ActionEdit(msgspec.Struct, frozen=True, kw_only=True):
    """Which action; `words` for this occurrence alone (no subject and no body: the template's again); its day.

    `to` and `cc`: who gets it, this once for a step of a scenario; see `addressing`.
    """

    actor: Actor
    action: ActionId
    words: Words | None = None
    on: date | None = None
    to: tuple[str, ...] | None = None
    cc: tuple[str, ...] | None = None


class EditAction:
    """What is read and confirmed afterwards is what leaves: the words are frozen by the confirmation (I-13)."""

    def __init__(self, work: Work, clock: Clock, calendars: Calendars, renderer: Renderer) -> None:
        self._work, self._clock, self._calendars, self._renderer = work, clock, calendars, renderer

    def __call__(self, request: ActionEdit) -> Action:
        """The action as it is now; raises BadInput, TemplateBroken, ActionMoved, NotFound, NotAllowed."""
        require_right(request.actor, "confirm")
        with self._work(request.actor.tenant) as unit:
            desk = Desk(unit, self._clock.now(), self._calendars)
            before = Closing(unit, request.actor, self._clock, self._calendars).read(request.action)
            if before.state not in _MAY_CHANGE:
                raise ActionMoved(f"action {before.action} is {before.state}")
            after = _readdressed(desk, _dated(before, request.on, desk.today), request)
            after = self._reworded(desk, after, request.words)
            saved = unit.specifics.reshape(before, after)
            brief = after.brief or Brief()
            told = {"on": after.due_on.isoformat(), "subject": brief.subject, "own-words": bool(brief.body)}
            told |= {"to": list(brief.to), "cc": list(brief.cc)}
            unit.audit.record(request.actor.name, "action-edited", f"action:{before.action}", told)
        return saved

    def _reworded(self, desk: Desk, action: Action, words: Words | None) -> Action:
        if words is None:
            return action
        if not is_message(action.kind):
            raise BadInput(f"action {action.action} is no message")
        said = checked_words(words.language, words.subject, words.body, action.kind)
        if said is None and action.specific:
            raise BadInput("a message has a subject and a text")
        said = said or Words("", "", "")
        brief = action.brief or Brief()
        brief = msgspec.structs.replace(brief, language=said.language, subject=said.subject, body=said.body)
        after = msgspec.structs.replace(action, brief=brief)
        dossier = desk.unit.delivery.dossiers([action.customer], desk.today)[action.customer]
        try_words(desk, after, dossier, look(desk, after, dossier, mentions(desk, [after])), self._renderer)
        return after


def _readdressed(desk: Desk, action: Action, request: ActionEdit) -> Action:
    if request.to is None and request.cc is None:
        return action
    brief = action.brief or Brief()
    to = brief.to if request.to is None else chosen_contacts(desk.unit, action.customer, action.kind, request.to)
    cc = brief.cc if request.cc is None else _copied(desk, action, request.cc)
    return msgspec.structs.replace(action, brief=msgspec.structs.replace(brief, to=to, cc=cc))


def _copied(desk: Desk, action: Action, named: tuple[str, ...]) -> tuple[str, ...]:
    """Nothing where they are those of the step: it may still change, and the message with it."""
    said = chosen_copies(desk.unit, action.kind, named)
    if action.specific is not None:
        return () if said == NO_COPIES else said
    usual = desk.scenario_of(action).step(action.step_number).cc
    if set(said) == set(usual) or (said == NO_COPIES and not usual):
        return ()
    return said or NO_COPIES


def _dated(action: Action, on: date | None, today: date) -> Action:
    """A scenario's step keeps its own day (D8); what a person began is dated by a person."""
    if on is None or on == action.due_on:
        return action
    if action.specific is None:
        raise BadInput("a step of a scenario keeps its day: put it off instead")
    if on < today:
        raise BadInput(f"{on.isoformat()} is over: name {today.isoformat()} or later")
    return msgspec.structs.replace(action, due_on=on, snoozed_until=None, automatic=action.automatic or on > today)
