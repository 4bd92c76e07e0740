"""What skipping, cancelling and finishing an action share."""

from datetime import date
from typing import Any

import msgspec

from relance.core.collection.actions import Action, ActionMoved, State
from relance.core.collection.listing import listing
from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import ActionId, UserId
from relance.core.tenancy.users import Actor
from relance.ports.calendars import Calendars
from relance.ports.clock import Clock
from relance.ports.store.qualification import Note
from relance.ports.work import Unit
from relance.usecases.collection.replanning import Planner

LONGEST_REASON = 1000


class Closed(msgspec.Struct, frozen=True):
    """How many actions changed."""

    changed: int


class Closing:
    """Ends actions of one kind of end, each checked against its life and against who may see it."""

    def __init__(self, unit: Unit, actor: Actor, clock: Clock, calendars: Calendars) -> None:
        self._unit, self._actor, self._clock, self._calendars = unit, actor, clock, calendars
        self.today: date = clock.today(unit.tenancy.tenant().timezone)

    def read(self, number: ActionId) -> Action:
        """The action, if the actor may see it; raises NotFound."""
        own: UserId | None = self._actor.user if self._actor.own_only else None
        return self._unit.collection.action(number, own)

    def end(self, action: Action, state: State, reason: str, note: str, said: dict[str, Any]) -> None:
        """Keep the end of an action, tell it on the timeline and in the audit."""
        done_on = self.today if state == "done" or reason == "skipped" else action.done_on
        after = msgspec.structs.replace(action, state=state, reason=reason, done_on=done_on, not_before=None)
        self._unit.collection.save_action(action, after)
        detail = {"amounts": action.amounts, "items": len(action.items), "step": action.step} | said
        line = Note(customer=action.customer, kind=note, detail=detail, action=action.action)
        self._unit.qualification.note([line], self._actor.name, self._clock.now())
        self._unit.audit.record(self._actor.name, f"action-{note}", f"action:{action.action}", said)

    def count_as_done(self, action: Action) -> None:
        """Remember what the action lists now, and move the items' steps (D7)."""
        unit = self._unit
        if action.specific:
            self._mention(action)
            return
        scenario = unit.collection.scenario(action.scenario, action.scenario_version)
        items = unit.collection.account_items(action.customer, self.today)
        on = Planner(unit, self.today, self._calendars, b"").on
        step = scenario.step(action.step_number)
        before = unit.collection.items_listed(action.customer, scenario.code, step.listed_by or "")
        shown = listing(items, scenario, action.step_number, action.leader, on, before)
        listed = shown.items or tuple(item for item in items if item.item == action.leader)
        unit.collection.mark_listed(action, listed, scenario, self.today)

    def _mention(self, action: Action) -> None:
        """A specific action has listed its items, and moves no step."""
        chosen = set(action.items)
        there = self._unit.collection.account_items(action.customer, self.today)
        items = [item for item in there if item.item in chosen]
        self._unit.collection.mark_listed(action, items, None, self.today)


def still_open(action: Action) -> Action:
    """The action; raises ActionMoved once it is on its way, at its end, or waits for a person to resolve it."""
    if action.state not in {"planned", "to-confirm", "confirmed", "held"}:
        raise ActionMoved(f"action {action.action} is {action.state}")
    return action


def checked_reason(text: str) -> str:
    """The reason without blanks around it; raises BadInput for none or an essay."""
    text = text.strip()
    if not text or len(text) > LONGEST_REASON:
        raise BadInput(f"say why, in 1 to {LONGEST_REASON} characters: the reason is kept")
    return text
