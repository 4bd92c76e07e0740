"""Begin a specific action: a message, a call or a task about exactly the items that a person chose (B6, S1.8)."""

from collections.abc import Sequence
from datetime import date

import msgspec

from relance.core.collection.actions import Brief
from relance.core.collection.enclosing import COPIES, STATEMENT, WITH_INTEREST
from relance.core.collection.kinds import carries, is_message
from relance.core.collection.specifics import SpecificAction, SpecificKind, Topic
from relance.core.kernel.errors import BadInput, Conflict, NotFound
from relance.core.kernel.identifiers import ActionId, CustomerId, ItemId, SpecificId, UserId
from relance.core.ledger.items import MEMO_TYPES, Item
from relance.core.tenancy.users import Actor, require_right
from relance.ports.calendars import Calendars
from relance.ports.clock import Clock
from relance.ports.render import Renderer
from relance.ports.store.qualification import Note
from relance.ports.supplied import Supplied
from relance.ports.work import Work
from relance.usecases.collection.addressing import chosen_contacts, chosen_copies
from relance.usecases.collection.desk import Desk
from relance.usecases.collection.occurrences import Automation, Wanted, occur
from relance.usecases.collection.replanning import Planner
from relance.usecases.collection.wording import checked_words, draft
from relance.usecases.qualification.choosing import chosen

LONGEST_COMMENT = 4000
LONGEST_TITLE = 200


class InSpecificAction(Conflict):
    """An item is already in another specific action that goes on; end that one first."""

    code = "in-specific-action"


class NewSpecific(msgspec.Struct, frozen=True, kw_only=True):
    """Whom, about which items, what, when and by whom. Without `body` the words are those supplied for the topic.

    `away`: the items leave the scenario until the specific action is ended.
    """

    actor: Actor
    code: str
    items: tuple[ItemId, ...] = ()
    references: tuple[str, ...] = ()
    topic: Topic = "reminder"
    kind: SpecificKind = "email"
    on: date | None = None
    automation: Automation = "to-confirm"
    title: str = ""
    comment: str = ""
    language: str = ""
    subject: str = ""
    body: str = ""
    assignee: UserId | None = None
    away: bool = True
    to: tuple[str, ...] = ()
    """Contacts by number, address or name; without any those ticked for collection."""
    cc: tuple[str, ...] = ()
    """Copies: `collector`, `colleagues`, a role, or users by address or name (S0.4)."""
    interest: bool = False
    """Whether a statement shows late interest."""
    copies: bool = False
    """Whether an email takes the copies of its invoices along."""


class Begun(msgspec.Struct, frozen=True):
    """The specific action and its first occurrence."""

    specific: SpecificId
    action: ActionId
    state: str
    items: int


class BeginSpecific:
    """The items leave the scenario at once; the message waits for its day, for a person, or for nobody."""

    def __init__(
        self, work: Work, clock: Clock, calendars: Calendars, renderer: Renderer, supplied: Supplied, key: bytes
    ) -> None:
        self._work, self._clock, self._calendars = work, clock, calendars
        self._renderer, self._supplied, self._key = renderer, supplied, key

    def __call__(self, request: NewSpecific) -> Begun:
        """Begin it; raises BadInput, InSpecificAction, NotFound, NotAllowed."""
        require_right(request.actor, "qualify")
        if request.automation == "automatic":
            require_right(request.actor, "confirm")
        _check(request)
        own = request.actor.user if request.actor.own_only else None
        with self._work(request.actor.tenant) as unit:
            unit.day.lock()
            desk = Desk(unit, self._clock.now(), self._calendars)
            card = unit.customer_file.card(request.code, own)
            items = self._items(desk, request, card.customer)
            specific = self._begin(desk, request, card.customer, items)
            wanted = Wanted(
                specific=specific,
                brief=self._brief(desk, request, specific),
                on=_day(request, desk.today),
                automation=request.automation,
                assignee=_colleague(desk, request.assignee),
            )
            action = occur(desk, wanted, self._renderer, self._key)
            self._remember(desk, request, specific, action.action, items)
            if specific.away:
                Planner(unit, desk.today, self._calendars, self._key).replan([card.customer], request.actor.name)
            return Begun(specific.specific, action.action, action.state, len(action.items))

    def _items(self, desk: Desk, request: NewSpecific, customer: CustomerId) -> list[Item]:
        """The chosen items in the order of messages; raises what forbids them."""
        if not request.items and not request.references:
            return []
        items = chosen(desk.unit, request.actor, request.items, request.references)
        if any(item.customer != customer for item in items):
            raise NotFound("an item belongs to another customer")
        memo = next((item.number for item in items if item.type in MEMO_TYPES), None)
        if memo:
            raise BadInput(f"{memo} is a down-payment request: nothing is asked for it")
        if _goes_away(request):
            _require_free(desk, items)
        return sorted(items, key=lambda item: (item.due_on, item.issued_on, item.number, item.item))

    def _begin(self, desk: Desk, request: NewSpecific, customer: CustomerId, items: Sequence[Item]) -> SpecificAction:
        away = _goes_away(request) and bool(items)
        number = SpecificId(desk.unit.tenancy.next_numbers("specifics", 1))
        begun = SpecificAction(
            specific=number,
            customer=customer,
            topic=request.topic,
            kind=request.kind,
            title=request.title.strip(),
            comment=request.comment.strip(),
            author=request.actor.name,
            created_at=desk.now,
            items=tuple(item.item for item in items),
            away=away,
            ended_at=None if away else desk.now,
            ended_by="" if away else request.actor.name,
        )
        desk.unit.specifics.add(begun)
        return begun

    def _brief(self, desk: Desk, request: NewSpecific, begun: SpecificAction) -> Brief:
        brief = Brief(
            topic=begun.topic,
            items=begun.items,
            title=begun.title,
            to=chosen_contacts(desk.unit, begun.customer, begun.kind, request.to),
            cc=chosen_copies(desk.unit, begun.kind, request.cc),
        )
        if not is_message(begun.kind):
            return brief
        words = checked_words(request.language, request.subject, request.body, request.kind)
        if words is None:
            words = draft(desk, self._supplied, begun.customer, begun.topic, request.language, begun.kind)
        document = WITH_INTEREST if request.interest else STATEMENT
        attached: tuple[str, ...] = (document,) if begun.topic == "statement" else ()
        attached += (COPIES,) if request.copies and carries(begun.kind).encloses else ()
        changed = {"language": words.language, "subject": words.subject, "body": words.body, "attached": attached}
        return msgspec.structs.replace(brief, **changed)

    def _remember(
        self, desk: Desk, request: NewSpecific, begun: SpecificAction, action: ActionId, items: Sequence[Item]
    ) -> None:
        amounts: dict[str, int] = {}
        for item in items:
            amounts[item.currency] = amounts.get(item.currency, 0) + item.open_amount
        said = {"topic": begun.topic, "kind": begun.kind, "title": begun.title, "comment": begun.comment}
        what = {"items": len(items), "amounts": amounts, "numbers": [item.number for item in items]} if items else {}
        detail = {name: value for name, value in (said | what).items() if value}
        line = Note(customer=begun.customer, kind="specific", detail=detail, action=action)
        desk.unit.qualification.note([line], request.actor.name, desk.now)
        desk.unit.audit.record(request.actor.name, "specific-begun", f"specific:{begun.specific}", detail)


def _check(request: NewSpecific) -> None:
    if len(request.comment) > LONGEST_COMMENT or len(request.title) > LONGEST_TITLE:
        raise BadInput(f"a title has at most {LONGEST_TITLE} characters, a comment {LONGEST_COMMENT}")
    listed = bool(request.items or request.references)
    if is_message(request.kind) and request.topic != "statement" and not listed:
        raise BadInput("choose the items that the message is about")
    if not is_message(request.kind) and not listed and not request.title.strip():
        raise BadInput("say what is to be done")
    if request.topic == "statement" and request.kind != "email":
        raise BadInput("a statement is sent by email")


def _goes_away(request: NewSpecific) -> bool:
    return request.away and request.topic != "statement"


def _require_free(desk: Desk, items: Sequence[Item]) -> None:
    taken = desk.unit.specifics.live_with([item.item for item in items])
    first = next((item for item in items if item.item in taken), None)
    if first:
        raise InSpecificAction(f"{first.number} is already in specific action {taken[first.item]}: end that one first")


def _day(request: NewSpecific, today: date) -> date:
    on = request.on or today
    if on < today:
        raise BadInput(f"{on.isoformat()} is over: name {today.isoformat()} or later")
    return on


def _colleague(desk: Desk, assignee: UserId | None) -> UserId | None:
    if assignee is not None and not any(user.user == assignee for user in desk.unit.tenancy.users()):
        raise NotFound("no such user")
    return assignee
