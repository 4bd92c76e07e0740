"""Actions and holds: what programs confirm, hold and release."""

from datetime import date
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import JSONBody

from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import ActionId
from relance.core.ledger.items import HoldKind
from relance.http.api.access import caller_of, doing
from relance.http.api.once import Once
from relance.usecases.collection.confirm_actions import ConfirmActions, Confirmation
from relance.usecases.qualification.hold_items import HoldItems, NewHolds
from relance.usecases.qualification.release_items import Release, ReleaseItems

AnyRequest = Request[Any, Any, Any]


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


HANDLERS = [confirm_actions, hold_items, release_items]
