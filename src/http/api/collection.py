"""Actions and holds: what programs confirm, hold and release."""

from datetime import date
from typing import Annotated, Any

import msgspec
from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromQuery, JSONBody, QueryParameter

from relance.core.collection.actions import State
from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import ActionId
from relance.core.ledger.items import HoldKind
from relance.http.api.access import caller_of, doing, reading
from relance.http.api.once import Once
from relance.http.cursors import cursor as cursor_of
from relance.http.cursors import parts_of
from relance.ports.store.ended import EndedItem
from relance.usecases.collection.confirm_actions import ConfirmActions, Confirmation
from relance.usecases.collection.list_actions import ActionRow, ActionsQuestion, ListActions
from relance.usecases.collection.list_ended import EndedAsked, EndedInvoice, ListEnded
from relance.usecases.qualification.hold_items import HoldItems, NewHolds
from relance.usecases.qualification.release_items import Release, ReleaseItems

AnyRequest = Request[Any, Any, Any]


class ActionsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One page of actions, the earliest due first; `cursor` asks for the next."""

    rows: list[ActionRow]
    cursor: str | None
    count: int


class EndedAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One page of invoices that a person is to qualify; `cursor` asks for the next."""

    rows: list[EndedInvoice]
    cursor: str | None
    count: int


class ConfirmationWanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which actions, or all that wait to be confirmed; `hold_minutes` is how long they can be recalled."""

    actions: tuple[int, ...] = ()
    all: bool = False
    hold_minutes: int = 0


class HoldWanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Items as CUSTOMER/NUMBER, what holds them, and until when."""

    items: tuple[str, ...]
    kind: HoldKind
    until: date | None = None
    comment: str = ""


class ReleaseWanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Items as CUSTOMER/NUMBER."""

    items: tuple[str, ...]
    comment: str = ""


@reading("/actions", summary="Actions, the earliest due first")
def actions(
    request: AnyRequest,
    list_actions: NamedDependency[ListActions],
    in_state: Annotated[State | None, QueryParameter(name="state")] = None,
    due_on: Annotated[date | None, QueryParameter(name="date", description="The step's own day.")] = None,
    cursor: FromQuery[str] = "",
    limit: Annotated[int, QueryParameter(ge=1, le=500, description="Rows of a page.")] = 100,
) -> ActionsAnswer:
    """One page of actions."""
    asked = ActionsQuestion(actor=caller_of(request).actor, state=in_state, due_on=due_on)
    found = sorted(list_actions(asked), key=_place)
    after = parts_of(cursor, tuple[date, int]) if cursor else None
    rest = [row for row in found if after is None or _place(row) > after]
    more = len(rest) > limit
    page = rest[:limit]
    return ActionsAnswer(rows=page, cursor=cursor_of(*_place(page[-1])) if more else None, count=len(found))


@reading("/to-qualify", summary="Overdue invoices past the last step of their scenario, the oldest first")
def to_qualify(
    request: AnyRequest,
    list_ended: NamedDependency[ListEnded],
    cursor: FromQuery[str] = "",
    limit: Annotated[int, QueryParameter(ge=1, le=500, description="Rows of a page.")] = 100,
) -> EndedAnswer:
    """One page of invoices."""
    found = list_ended(EndedAsked(actor=caller_of(request).actor, each=True)).items
    after = parts_of(cursor, tuple[date, int]) if cursor else None
    ordered = sorted(found, key=_due)
    rest = [one for one in ordered if after is None or _due(one) > after]
    page = rest[:limit]
    more = cursor_of(*_due(page[-1])) if len(rest) > limit else None
    return EndedAnswer(rows=[EndedInvoice.of(one) for one in page], cursor=more, count=len(found))


@doing("/actions/confirm", "collect", summary="Confirm messages as they are now")
def confirm_actions(
    request: AnyRequest,
    data: JSONBody[ConfirmationWanted],
    confirm_actions: NamedDependency[ConfirmActions],
    once: NamedDependency[Once],
) -> Response[bytes]:
    """How many were confirmed, and which were not and why."""
    if data.all == bool(data.actions) or not 0 <= data.hold_minutes <= 1440:
        raise BadInput("name actions, or say all; hold_minutes is 0 to 1440")
    chosen = None if data.all else tuple(ActionId(number) for number in data.actions)
    wanted = Confirmation(actor=caller_of(request).actor, actions=chosen, hold_minutes=data.hold_minutes)
    return once(request, msgspec.json.encode(data), lambda: confirm_actions(wanted))


@doing("/items/hold", "collect", summary="Hold items: a promise, a dispute, a pause")
def hold_items(
    request: AnyRequest,
    data: JSONBody[HoldWanted],
    hold_items: NamedDependency[HoldItems],
    once: NamedDependency[Once],
) -> Response[bytes]:
    """How many items changed, and until when they are held."""
    wanted = NewHolds(
        actor=caller_of(request).actor,
        references=data.items,
        kind=data.kind,
        until=data.until,
        comment=data.comment,
    )
    return once(request, msgspec.json.encode(data), lambda: hold_items(wanted))


@doing("/items/release", "collect", summary="Release items")
def release_items(
    request: AnyRequest,
    data: JSONBody[ReleaseWanted],
    release_items: NamedDependency[ReleaseItems],
    once: NamedDependency[Once],
) -> Response[bytes]:
    """How many items were held before."""
    wanted = Release(actor=caller_of(request).actor, references=data.items, comment=data.comment)
    return once(request, msgspec.json.encode(data), lambda: release_items(wanted))


def _place(row: ActionRow) -> tuple[date, int]:
    return row.due_on, row.action


def _due(one: EndedItem) -> tuple[date, int]:
    return one.due_on, one.item


HANDLERS = [actions, to_qualify, confirm_actions, hold_items, release_items]
