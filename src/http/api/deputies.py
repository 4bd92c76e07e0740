"""Deputies during absence."""

from datetime import date
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from relance.core.kernel.identifiers import UserId
from relance.core.tenancy.deputies import Deputy
from relance.http.api.access import caller_of, doing, reading, removing
from relance.http.api.once import Once
from relance.usecases.tenancy.end_deputy import DeputyToEnd, EndDeputy
from relance.usecases.tenancy.list_deputies import ListDeputies
from relance.usecases.tenancy.name_deputy import Absence, NameDeputy

AnyRequest = Request[Any, Any, Any]


class DeputiesAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Deputies whose days are not over, by the last of them."""

    rows: list[Deputy]


class DeputyWanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who is away and who stands in, by the numbers of `GET /users`; both days are included."""

    user: int
    deputy: int
    first_on: date
    last_on: date


@reading("/deputies", "settings", summary="Who stands in for whom, and until when")
def deputies(request: AnyRequest, list_deputies: NamedDependency[ListDeputies]) -> DeputiesAnswer:
    """Those that run, and those to come."""
    return DeputiesAnswer(rows=list_deputies(caller_of(request).actor).deputies)


@doing("/deputies", "settings", summary="Name a deputy for some days")
def name_deputy(
    request: AnyRequest,
    data: JSONBody[DeputyWanted],
    name_deputy: NamedDependency[NameDeputy],
    once: NamedDependency[Once],
) -> Response[bytes]:
    """The deputy as it is kept; 409 where another one covers one of the days."""
    wanted = Absence(
        actor=caller_of(request).actor,
        user=UserId(data.user),
        deputy=UserId(data.deputy),
        first_on=data.first_on,
        last_on=data.last_on,
    )
    return once(request, msgspec.json.encode(data), lambda: name_deputy(wanted))


@removing("/deputies/{number:int}", "settings", summary="End a deputy's days")
def end_deputy(request: AnyRequest, number: FromPath[int], end_deputy: NamedDependency[EndDeputy]) -> None:
    """From now on; what has been done stays."""
    end_deputy(DeputyToEnd(actor=caller_of(request).actor, number=number))


HANDLERS = [deputies, name_deputy, end_deputy]
