"""Log a call: what the customer said, and what follows from it."""

from datetime import date, timedelta
from typing import Literal

import msgspec

from relance.core.collection.actions import Action, Brief
from relance.core.collection.specifics import SpecificAction
from relance.core.kernel.days import add_working_days
from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import ActionId, CustomerId, ItemId, SpecificId
from relance.core.ledger.items import HoldKind, Item
from relance.core.tenancy.users import Actor, require_right
from relance.ports.calendars import Calendars
from relance.ports.clock import Clock
from relance.ports.render import Renderer
from relance.ports.store.qualification import Note
from relance.ports.work import Unit, Work
from relance.usecases.collection.closing import Closing, still_open
from relance.usecases.collection.desk import Desk
from relance.usecases.collection.occurrences import Wanted, occur
from relance.usecases.collection.replanning import Planner
from relance.usecases.qualification.choosing import chosen
from relance.usecases.qualification.holding import Said, hold, until_of

Outcome = Literal["reached", "no-answer", "wrong-number", "promise", "dispute", "call-back"]
OUTCOMES: tuple[Outcome, ...] = ("reached", "no-answer", "wrong-number", "promise", "dispute", "call-back")
SPOKEN: frozenset[Outcome] = frozenset({"reached", "promise", "dispute", "call-back"})
"""A conversation: the next automatic message waits its delay after it (D9)."""
HELD: dict[Outcome, HoldKind] = {"promise": "promise", "dispute": "dispute"}
"""What holds the items that were spoken of."""
LONGEST_COMMENT = 4000


class NewCall(msgspec.Struct, frozen=True, kw_only=True):
    """Whom was called, or which call of the agenda it was; how it went; `until` is the day that was named.

    The items spoken of by their ids, or by references such as CUSTOMER/NUMBER.
    """

    actor: Actor
    outcome: Outcome
    code: str = ""
    action: ActionId | None = None
    items: tuple[ItemId, ...] = ()
    references: tuple[str, ...] = ()
    comment: str = ""
    until: date | None = None
    amount: int | None = None


class CallLogged(msgspec.Struct, frozen=True):
    """How many items are held by it, and the call that it leads to."""

    held: int
    call_back: ActionId | None


class LogCall:
    """One form for what a call comes to: a promise and a dispute hold items, a later call waits in the agenda."""

    def __init__(self, work: Work, clock: Clock, calendars: Calendars, renderer: Renderer, key: bytes) -> None:
        self._work, self._clock, self._calendars = work, clock, calendars
        self._renderer, self._key = renderer, key

    def __call__(self, request: NewCall) -> CallLogged:
        """Log it; raises BadInput, PromiseInThePast, ActionMoved, NotFound, NotAllowed."""
        if len(request.comment) > LONGEST_COMMENT:
            raise BadInput(f"a comment has at most {LONGEST_COMMENT} characters")
        with self._work(request.actor.tenant) as unit:
            unit.day.lock()
            desk = Desk(unit, self._clock.now(), self._calendars)
            closing = Closing(unit, request.actor, self._clock, self._calendars)
            action = self._call(closing, request)
            customer = action.customer if action else self._customer(unit, request)
            items = self._items(unit, request, action, customer)
            self._tell(desk, closing, request, action, customer)
            self._hold(desk, request, items)
            later = self._call_back(desk, request, customer)
            if request.outcome in SPOKEN:
                unit.collection.contacted(customer, desk.today)
            unit.qualification.refresh_summaries([customer], desk.today)
            Planner(unit, desk.today, self._calendars, self._key).replan([customer], request.actor.name)
            return CallLogged(len(items), later)

    def _call(self, closing: Closing, request: NewCall) -> Action | None:
        """The call of the agenda that was made; who was given it may log it (S3.15)."""
        if request.action is None:
            require_right(request.actor, "qualify")
            return None
        action = still_open(closing.read(request.action))
        if action.assignee is None or action.assignee != request.actor.user:
            require_right(request.actor, "qualify")
        if action.kind != "call":
            raise BadInput(f"action {action.action} is no call")
        return action

    def _customer(self, unit: Unit, request: NewCall) -> CustomerId:
        own = request.actor.user if request.actor.own_only else None
        return unit.customer_file.card(request.code, own).customer

    def _items(self, unit: Unit, request: NewCall, action: Action | None, customer: CustomerId) -> list[Item]:
        """The items that a promise or a dispute is about: those chosen, else those that the call was about."""
        if request.outcome not in HELD:
            return []
        if request.items or request.references:
            found = chosen(unit, request.actor, request.items, request.references)
        else:
            found = unit.qualification.items(action.items, None) if action else []
        mine = [item for item in found if item.customer == customer and item.open_amount > 0]
        if not mine:
            raise BadInput("choose the items that the customer spoke of")
        return mine

    def _tell(
        self, desk: Desk, closing: Closing, request: NewCall, action: Action | None, customer: CustomerId
    ) -> None:
        said = {"outcome": request.outcome, "comment": request.comment.strip()}
        if action is None:
            detail = {name: value for name, value in said.items() if value}
            line = Note(customer=customer, kind="call", detail=detail)
            desk.unit.qualification.note([line], request.actor.name, desk.now)
            desk.unit.audit.record(request.actor.name, "call-logged", f"customer:{customer}", said)
            return
        if request.outcome == "no-answer":
            again_on = request.until or add_working_days(desk.today, 1, desk.is_holiday)
            desk.unit.specifics.reshape(action, msgspec.structs.replace(action, snoozed_until=again_on))
            line = Note(customer=customer, kind="call", detail=said | {"until": again_on.isoformat()})
            desk.unit.qualification.note([line], request.actor.name, desk.now)
            desk.unit.audit.record(request.actor.name, "call-logged", f"action:{action.action}", said)
            return
        closing.count_as_done(action)
        closing.end(action, "done", "", "call", said)

    def _hold(self, desk: Desk, request: NewCall, items: list[Item]) -> None:
        if not items or request.outcome not in HELD:
            return
        kind = HELD[request.outcome]
        until = until_of(desk.unit, kind, request.until, desk.today)
        said = Said(kind, until, request.comment.strip(), request.amount)
        hold(desk.unit, request.actor.name, desk.now, items, said)

    def _call_back(self, desk: Desk, request: NewCall, customer: CustomerId) -> ActionId | None:
        """A call for the day on which the customer wants it, for whoever had this one."""
        if request.outcome != "call-back":
            return None
        on = request.until or desk.today + timedelta(days=1)
        if on < desk.today:
            raise BadInput(f"{on.isoformat()} is over: name {desk.today.isoformat()} or later")
        number = SpecificId(desk.unit.tenancy.next_numbers("specifics", 1))
        begun = SpecificAction(
            specific=number,
            customer=customer,
            topic="other",
            kind="call",
            title="",
            comment=request.comment.strip(),
            author=request.actor.name,
            created_at=desk.now,
            items=(),
            away=False,
            ended_at=desk.now,
            ended_by=request.actor.name,
        )
        desk.unit.specifics.add(begun)
        wanted = Wanted(specific=begun, brief=Brief(topic="other", title=begun.comment[:200]), on=on)
        return occur(desk, wanted, self._renderer, self._key).action
