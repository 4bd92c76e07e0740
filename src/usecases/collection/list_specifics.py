"""The specific actions of a customer, with their occurrences."""

from datetime import date, datetime

import msgspec

from relance.core.collection.actions import Action
from relance.core.collection.specifics import SpecificAction
from relance.core.kernel.identifiers import ActionId, SpecificId
from relance.core.kernel.money import sums_text
from relance.core.tenancy.users import Actor, require_right
from relance.ports.work import Unit, Work


class SpecificsAsked(msgspec.Struct, frozen=True, kw_only=True):
    """Whose; only those that go on unless all are asked for."""

    actor: Actor
    code: str
    ended: bool = False


class Occurrence(msgspec.Struct, frozen=True, kw_only=True):
    """One message, call or task of it."""

    action: ActionId
    state: str
    reason: str
    due_on: date
    sent_at: datetime | None
    subject: str


class SpecificRow(msgspec.Struct, frozen=True, kw_only=True):
    """One specific action. `open` is what its items owe now, currency to decimal text; `items` are their numbers."""

    specific: SpecificId
    topic: str
    kind: str
    title: str
    comment: str
    author: str
    created_at: datetime
    live: bool
    ended_at: datetime | None
    outcome: str
    items: tuple[str, ...]
    open: dict[str, str]
    occurrences: tuple[Occurrence, ...]


class ListSpecifics:
    """What persons began for a customer, the live ones first."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, request: SpecificsAsked) -> list[SpecificRow]:
        """The rows; raises NotFound, NotAllowed."""
        require_right(request.actor, "see")
        own = request.actor.user if request.actor.own_only else None
        with self._work.reading(request.actor.tenant) as unit:
            card = unit.customer_file.card(request.code, own)
            found = unit.specifics.of_customer(card.customer)
            return [_row(unit, one) for one in found if one.live or request.ended]


def _row(unit: Unit, one: SpecificAction) -> SpecificRow:
    items = unit.qualification.items(one.items, None) if one.items else []
    owed: dict[str, int] = {}
    for item in items:
        owed[item.currency] = owed.get(item.currency, 0) + item.open_amount
    return SpecificRow(
        specific=one.specific,
        topic=one.topic,
        kind=one.kind,
        title=one.title,
        comment=one.comment,
        author=one.author,
        created_at=one.created_at,
        live=one.live,
        ended_at=one.ended_at,
        outcome=one.outcome,
        items=tuple(item.number for item in items),
        open=sums_text(owed),
        occurrences=tuple(map(_occurrence, unit.specifics.occurrences(one.specific))),
    )


def _occurrence(action: Action) -> Occurrence:
    return Occurrence(
        action=action.action,
        state=action.state,
        reason=action.reason,
        due_on=action.due_on,
        sent_at=action.sent_at,
        subject=action.brief.subject if action.brief else "",
    )
