"""Messages: where each stands, what was answered, and how that is known."""

from datetime import date, datetime
from typing import Annotated, Any

import msgspec
from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from relance.core.collection.actions import State
from relance.core.collection.enclosing import LeftOut
from relance.core.kernel.identifiers import ActionId
from relance.http.api.access import caller_of, doing, reading
from relance.http.api.once import Once
from relance.http.cursors import cursor as cursor_of
from relance.http.cursors import parts_of
from relance.ports.channels import Attachment
from relance.ports.store.deliveries import DeliveryLine, DeliveryState
from relance.usecases.collection.browse_deliveries import BrowseDeliveries, DeliveriesWanted
from relance.usecases.collection.open_delivery import DeliveryWanted, OpenDelivery
from relance.usecases.collection.resolve_action import Answer, Resolution, ResolveAction

AnyRequest = Request[Any, Any, Any]


class DeliveriesAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One page, what needs a person first; `cursor` asks for the next; `counts` by state."""

    rows: list[DeliveryLine]
    cursor: str | None
    counts: dict[str, int]


class AttemptAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One try: `accepted`, `retry-later`, `refused` or `unknown`, and what was answered."""

    number: int
    generation: int
    at: datetime
    outcome: str
    detail: str


class DocumentSent(msgspec.Struct, frozen=True, kw_only=True):
    """A document that travels along; `sha256` only of copies, which the archive keeps."""

    name: str
    media_type: str
    size: int
    sha256: str


class SendingAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One generation of the message; `raw` is what was handed over, where it was.

    `tracking` is the post's number of a registered letter; `cost` what the other side takes, as `0.0750 USD`.
    """

    generation: int
    channel: str
    message_id: str
    frozen_at: datetime
    content_hash: str
    sender: str
    to: list[str]
    subject: str
    text: str
    attachments: list[DocumentSent]
    left_out: list[LeftOut]
    raw: str | None
    reply: str | None
    registered: bool
    tracking: str
    cost: str


class DeliveryAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One message with every attempt."""

    delivery: DeliveryLine
    sendings: list[SendingAnswer]
    attempts: list[AttemptAnswer]


class ResolutionWanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What became of an unknown or failed message; `reason` is kept."""

    answer: Answer
    reason: str


class Resolved(msgspec.Struct, frozen=True, kw_only=True):
    """The action as it is now."""

    action: int
    state: State
    generation: int


@reading("/deliveries", summary="Messages, those that need a person first")
def deliveries(
    request: AnyRequest,
    browse_deliveries: NamedDependency[BrowseDeliveries],
    in_state: Annotated[DeliveryState | None, QueryParameter(name="state")] = None,
    channel: FromQuery[str] = "",
    since: Annotated[date | None, QueryParameter(description="First day of sending.")] = None,
    until: Annotated[date | None, QueryParameter(description="Last day of sending.")] = None,
    customer: Annotated[str, QueryParameter(description="Part of a code or name.")] = "",
    cursor: FromQuery[str] = "",
    limit: Annotated[int, QueryParameter(ge=1, le=500, description="Rows of a page.")] = 100,
) -> DeliveriesAnswer:
    """One page."""
    wanted = DeliveriesWanted(
        actor=caller_of(request).actor,
        state=in_state,
        channel=channel,
        since=since,
        until=until,
        search=customer,
        after=parts_of(cursor, tuple[int, int, int]) if cursor else None,
        limit=limit,
    )
    found = browse_deliveries(wanted)
    after = cursor_of(*found.after) if found.after else None
    return DeliveriesAnswer(rows=found.lines, cursor=after, counts=found.counts)


@reading("/deliveries/{action:int}", summary="One message with every attempt, as it was sent")
def delivery(
    request: AnyRequest, action: FromPath[int], open_delivery: NamedDependency[OpenDelivery]
) -> DeliveryAnswer:
    """Everything."""
    file = open_delivery(DeliveryWanted(actor=caller_of(request).actor, action=ActionId(action), whole=True))
    sendings = [
        SendingAnswer(
            generation=kept.frozen.generation,
            channel=kept.frozen.channel,
            message_id=kept.frozen.message.message_id,
            frozen_at=kept.frozen_at,
            content_hash=kept.frozen.content_hash,
            sender=kept.frozen.message.sender.email,
            to=[one.at for one in kept.frozen.message.to],
            subject=kept.frozen.message.subject,
            text=kept.frozen.message.text,
            attachments=[_document(one) for one in kept.frozen.message.attachments],
            left_out=list(kept.frozen.left_out),
            raw=kept.raw,
            reply=kept.reply,
            registered=kept.frozen.message.registered,
            tracking=kept.tracking,
            cost=kept.cost,
        )
        for kept in file.messages
    ]
    tries = [
        AttemptAnswer(number=one.number, generation=one.generation, at=one.at, outcome=one.outcome, detail=one.detail)
        for one in file.attempts
    ]
    return DeliveryAnswer(delivery=file.line, sendings=sendings, attempts=tries)


@doing("/deliveries/{action:int}/resolve", "collect", summary="Say what became of a message, or send it again")
def resolve_delivery(
    request: AnyRequest,
    action: FromPath[int],
    data: JSONBody[ResolutionWanted],
    resolve_action: NamedDependency[ResolveAction],
    once: NamedDependency[Once],
) -> Response[bytes]:
    """Only what is unknown or failed can be resolved."""
    wanted = Resolution(actor=caller_of(request).actor, action=ActionId(action), answer=data.answer, reason=data.reason)

    def deed() -> Resolved:
        after = resolve_action(wanted)
        return Resolved(action=int(after.action), state=after.state, generation=after.generation)

    return once(request, msgspec.json.encode(data), deed)


def _document(one: Attachment) -> DocumentSent:
    return DocumentSent(name=one.name, media_type=one.media_type, size=one.size, sha256=one.ref)


HANDLERS = [deliveries, delivery, resolve_delivery]
