"""Specific actions: what programs begin, go on with and end on chosen items of a customer."""

from datetime import date
from typing import Annotated, Any

import msgspec
from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from relance.core.collection.specifics import SpecificKind, Topic
from relance.core.kernel.identifiers import SpecificId, UserId
from relance.http.addresses import code_of
from relance.http.api.access import caller_of, doing, reading
from relance.http.api.once import Once
from relance.usecases.collection.begin_specific import BeginSpecific, NewSpecific
from relance.usecases.collection.end_specific import EndSpecific, SpecificEnd
from relance.usecases.collection.list_specifics import ListSpecifics, SpecificRow, SpecificsAsked
from relance.usecases.collection.occurrences import Automation
from relance.usecases.collection.repeat_specific import RepeatSpecific, Repetition

AnyRequest = Request[Any, Any, Any]


class SpecificWanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Items as CUSTOMER/NUMBER; without `body` the words supplied for the topic; `assignee` is a user's id.

    `to`: contacts by number, address or name, without any those ticked for collection. `cc`: copies to `collector`,
    `colleagues`, a role, or users by address or name.
    """

    items: tuple[str, ...] = ()
    topic: Topic = "reminder"
    kind: SpecificKind = "email"
    on: date | None = None
    automation: Automation = "to-confirm"
    title: str = ""
    comment: str = ""
    language: str = ""
    subject: str = ""
    body: str = ""
    assignee: int | None = None
    away: bool = True
    interest: bool = False
    copies: bool = False
    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()


class RepetitionWanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When, and in other words or to others than the last time where they are given."""

    on: date | None = None
    automation: Automation = "to-confirm"
    language: str = ""
    subject: str = ""
    body: str = ""
    to: tuple[str, ...] | None = None
    cc: tuple[str, ...] | None = None


class EndWanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What came of it."""

    outcome: str = ""


class SpecificsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The specific actions of a customer, the live ones first."""

    rows: list[SpecificRow]


@reading("/customers/{code:str}/specifics", summary="A customer's specific actions")
def specifics(
    request: AnyRequest,
    code: FromPath[str],
    list_specifics: NamedDependency[ListSpecifics],
    ended: Annotated[bool, QueryParameter(description="Also those that are over.")] = False,
) -> SpecificsAnswer:
    """Those that go on, or all."""
    asked = SpecificsAsked(actor=caller_of(request).actor, code=code_of(code), ended=ended)
    return SpecificsAnswer(rows=list_specifics(asked))


@doing("/customers/{code:str}/specifics", "collect", summary="Begin a specific action on chosen items")
def begin_specific(
    request: AnyRequest,
    code: FromPath[str],
    data: JSONBody[SpecificWanted],
    begin_specific: NamedDependency[BeginSpecific],
    once: NamedDependency[Once],
) -> Response[bytes]:
    """The specific action and its first message, call or task."""
    said = msgspec.structs.asdict(data)
    said["references"] = said.pop("items")
    said["assignee"] = UserId(data.assignee) if data.assignee is not None else None
    wanted = NewSpecific(actor=caller_of(request).actor, code=code_of(code), **said)
    return once(request, msgspec.json.encode(data), lambda: begin_specific(wanted))


@doing("/specifics/{specific:int}/repeat", "collect", summary="Go on with a specific action")
def repeat_specific(
    request: AnyRequest,
    specific: FromPath[int],
    data: JSONBody[RepetitionWanted],
    repeat_specific: NamedDependency[RepeatSpecific],
    once: NamedDependency[Once],
) -> Response[bytes]:
    """The next message, call or task about the same items."""
    said = msgspec.structs.asdict(data)
    wanted = Repetition(actor=caller_of(request).actor, specific=SpecificId(specific), **said)
    return once(request, msgspec.json.encode(data), lambda: repeat_specific(wanted))


@doing("/specifics/{specific:int}/end", "collect", summary="End a specific action")
def end_specific(
    request: AnyRequest,
    specific: FromPath[int],
    data: JSONBody[EndWanted],
    end_specific: NamedDependency[EndSpecific],
    once: NamedDependency[Once],
) -> Response[bytes]:
    """How many items went back to their scenario."""
    wanted = SpecificEnd(actor=caller_of(request).actor, specific=SpecificId(specific), outcome=data.outcome)
    return once(request, msgspec.json.encode(data), lambda: end_specific(wanted))


HANDLERS = [specifics, begin_specific, repeat_specific, end_specific]
