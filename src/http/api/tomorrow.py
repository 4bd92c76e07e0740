"""A day foreseen."""

from datetime import date
from typing import Any

from litestar import Request
from litestar.di import NamedDependency
from litestar.params import FromQuery

from relance.http.api.access import caller_of, reading
from relance.usecases.collection.foresee_day import DayForeseen, DayToForesee, ForeseeDay

AnyRequest = Request[Any, Any, Any]


@reading("/tomorrow", "collect", summary="What a day would bring, account by account; nothing is written")
def tomorrow(
    request: AnyRequest,
    foresee_day: NamedDependency[ForeseeDay],
    on: FromQuery[date | None] = None,
    group: FromQuery[str] = "",
    page: FromQuery[int] = 1,
) -> DayForeseen:
    """How many accounts are in each group, and one page of one of them."""
    return foresee_day(DayToForesee(actor=caller_of(request).actor, on=on, group=group, page=page))


HANDLERS = [tomorrow]
