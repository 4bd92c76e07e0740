"""Addresses to which nothing is sent."""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from relance.http.api.access import caller_of, doing, reading
from relance.http.api.once import Once
from relance.ports.store.suppressions import Suggestion, Suppression
from relance.usecases.collection.lift_suppression import AddressToLift, LiftSuppression
from relance.usecases.collection.list_suppressions import ListSuppressions, SuppressionsWanted
from relance.usecases.collection.suppress_address import AddressToSuppress, SuppressAddress

AnyRequest = Request[Any, Any, Any]


class SuppressionAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """An address, why nothing is sent to it, since when, and who said so."""

    address: str
    reason: str
    note: str
    author: str
    since: datetime

    @classmethod
    def of(cls, one: Suppression) -> "SuppressionAnswer":
        """The answer of a suppression."""
        return cls(**msgspec.structs.asdict(one))


class SuppressionsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One page by address; `suggested`: mail came back from these for good, and nobody has decided."""

    rows: list[SuppressionAnswer]
    cursor: str | None
    suggested: list[Suggestion]


class SuppressionWanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which address, and why."""

    address: str
    note: str


class LiftWanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why something may be sent again."""

    note: str


@reading("/suppressions", summary="Addresses to which nothing is sent, by address")
def suppressions(
    request: AnyRequest,
    list_suppressions: NamedDependency[ListSuppressions],
    cursor: FromQuery[str] = "",
    limit: Annotated[int, QueryParameter(ge=1, le=500, description="Rows of a page.")] = 100,
) -> SuppressionsAnswer:
    """One page."""
    found = list_suppressions(SuppressionsWanted(actor=caller_of(request).actor, after=cursor[:320], limit=limit))
    rows = [SuppressionAnswer.of(one) for one in found.rows]
    return SuppressionsAnswer(rows=rows, cursor=rows[-1].address if found.more else None, suggested=found.suggested)


@doing("/suppressions", "collect", summary="Send nothing more to an address")
def suppress_address(
    request: AnyRequest,
    data: JSONBody[SuppressionWanted],
    suppress_address: NamedDependency[SuppressAddress],
    once: NamedDependency[Once],
) -> Response[bytes]:
    """From the next look at a message on."""
    wanted = AddressToSuppress(actor=caller_of(request).actor, address=data.address, note=data.note)
    return once(request, msgspec.json.encode(data), lambda: SuppressionAnswer.of(suppress_address(wanted)))


@doing("/suppressions/{address:str}/lift", "collect", summary="Send to an address again")
def lift_suppression(
    request: AnyRequest,
    address: FromPath[str],
    data: JSONBody[LiftWanted],
    lift_suppression: NamedDependency[LiftSuppression],
    once: NamedDependency[Once],
) -> Response[bytes]:
    """What is held for it leaves with the next dispatch."""
    wanted = AddressToLift(actor=caller_of(request).actor, address=address, note=data.note)
    return once(request, msgspec.json.encode(data), lambda: SuppressionAnswer.of(lift_suppression(wanted)))


HANDLERS = [suppressions, suppress_address, lift_suppression]
