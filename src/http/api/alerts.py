"""What is missing on accounts, and the alerts that mark them."""

from typing import Any

import msgspec
from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from relance.core.customers.saved_searches import Colour
from relance.core.customers.search_language import parse, written
from relance.http.api.access import caller_of, doing, reading, removing
from relance.http.api.once import Once
from relance.usecases.customers.list_alerts import ListAlerts
from relance.usecases.customers.remove_search import RemoveSearch, SearchToRemove
from relance.usecases.customers.save_alert import AlertToSave, SaveAlert
from relance.usecases.customers.show_alerts import AlertRaised, ShowAlerts

AnyRequest = Request[Any, Any, Any]


class AlertAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """An alert of the company: it marks the accounts that `search` finds with a square of this colour and sign."""

    number: int
    name: str
    colour: str
    sign: str
    search: str
    customers: int


class AlertsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """`rows`: what is missing on at least one account, `where` asks for these at `/customers`; `own`: the company's."""

    rows: list[AlertRaised]
    own: list[AlertAnswer]


class AlertWanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An alert to keep; `number` changes a known one."""

    name: str
    colour: Colour
    search: str
    sign: str = ""
    number: int | None = None


class AlertKept(msgspec.Struct, frozen=True, kw_only=True):
    """The number that it was saved under."""

    number: int


@reading("/alerts", summary="What is missing on accounts, and the company's own alerts with live counts")
def alerts(
    request: AnyRequest, show_alerts: NamedDependency[ShowAlerts], list_alerts: NamedDependency[ListAlerts]
) -> AlertsAnswer:
    """The alerts by urgency."""
    actor = caller_of(request).actor
    own = [
        AlertAnswer(
            number=one.alert.number,
            name=one.alert.name,
            colour=one.alert.alert,
            sign=one.alert.sign,
            search=written(one.alert.search),
            customers=one.customers,
        )
        for one in list_alerts(actor)
    ]
    return AlertsAnswer(rows=show_alerts(actor), own=own)


@doing("/alerts", "settings", summary="Keep an alert")
def save_alert(
    request: AnyRequest,
    data: JSONBody[AlertWanted],
    save_alert: NamedDependency[SaveAlert],
    once: NamedDependency[Once],
) -> Response[bytes]:
    """The number of the alert."""
    wanted = AlertToSave(
        actor=caller_of(request).actor,
        name=data.name,
        colour=data.colour,
        search=parse(data.search),
        sign=data.sign,
        number=data.number,
    )
    return once(request, msgspec.json.encode(data), lambda: AlertKept(number=save_alert(wanted).number))


@removing("/alerts/{number:int}", "settings", summary="Forget an alert")
def remove_alert(request: AnyRequest, number: FromPath[int], remove_search: NamedDependency[RemoveSearch]) -> None:
    """Gone, with its squares."""
    remove_search(SearchToRemove(actor=caller_of(request).actor, number=number))


HANDLERS = [alerts, save_alert, remove_alert]
