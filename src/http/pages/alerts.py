"""Alerts: what is missing on accounts, and the searches that mark accounts with a square (S2.7, S3.21, B7)."""

from typing import Any

from litestar import Request, Response
from litestar.di import NamedDependency

from relance.core.customers.saved_searches import COLOURS, Colour
from relance.core.customers.search_language import parse, written
from relance.core.kernel.errors import BadInput, Conflict
from relance.http.access import deed, page
from relance.http.addresses import query
from relance.http.dependencies import Fields
from relance.http.i18n.searches import search_words
from relance.http.i18n.speech import marked
from relance.http.pages.choices import chosen, number_or_none
from relance.http.pages.search_fields import known_values
from relance.http.templating import Show
from relance.usecases.customers.list_alerts import ListAlerts
from relance.usecases.customers.remove_search import RemoveSearch, SearchToRemove
from relance.usecases.customers.save_alert import AlertToSave, SaveAlert
from relance.usecases.customers.show_alerts import ShowAlerts
from relance.usecases.customers.suggest_values import SuggestValues
from relance.usecases.tenancy.resume_session import SignedIn

COLOUR_NAMES: dict[Colour, str] = {
    "red": marked("Red"),
    "amber": marked("Amber"),
    "green": marked("Green"),
    "teal": marked("Teal"),
    "plum": marked("Plum"),
}
_EMPTY = {"name": "", "colour": "amber", "sign": "", "where": "", "number": ""}


@page("/alerts", needs="see")
def alerts(
    request: Request[Any, Any, Any],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    show_alerts: NamedDependency[ShowAlerts],
    list_alerts: NamedDependency[ListAlerts],
    suggest_values: NamedDependency[SuggestValues],
) -> Response[str]:
    """What is missing first, then the company's own alerts; one of them in the form where it is to be changed."""
    number = number_or_none(request.query_params.get("change", ""))
    listed = list_alerts(who.actor)
    typed = _EMPTY | {"where": request.query_params.get("where", "")}
    for one in listed:
        if one.alert.number == number:
            typed = {"name": one.alert.name, "colour": one.alert.alert, "sign": one.alert.sign, "number": str(number)}
            typed["where"] = written(one.alert.search)
    terms = _terms(who, show_alerts, list_alerts, suggest_values)
    return show("alerts/list.html", problem="", typed=typed, **terms)


@deed("/alerts", needs="settings")
def save(
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    save_alert: NamedDependency[SaveAlert],
    show_alerts: NamedDependency[ShowAlerts],
    list_alerts: NamedDependency[ListAlerts],
    suggest_values: NamedDependency[SuggestValues],
) -> Response[str]:
    """A new alert, or another one in the place of a known one; what cannot be one is shown again with the reason."""
    typed = {name: fields.text(name) for name in _EMPTY}
    try:
        wanted = AlertToSave(
            actor=who.actor,
            name=typed["name"],
            colour=chosen(typed["colour"], COLOURS),
            search=parse(typed["where"]),
            sign=typed["sign"],
            number=number_or_none(typed["number"]),
        )
        save_alert(wanted)
    except (BadInput, Conflict) as refused:  # the form keeps what was typed
        terms = _terms(who, show_alerts, list_alerts, suggest_values)
        return show("alerts/list.html", status=422, problem=refused.detail, typed=typed, **terms)
    return show.go(f"/t/{who.tenant.code}/alerts?done=saved")


@deed("/alerts/remove", needs="settings")
def remove(
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    remove_search: NamedDependency[RemoveSearch],
) -> Response[str]:
    """Its squares go from the accounts."""
    remove_search(SearchToRemove(actor=who.actor, number=number_or_none(fields.text("number")) or 0))
    return show.go(f"/t/{who.tenant.code}/alerts?done=saved")


def _terms(
    who: SignedIn, show_alerts: ShowAlerts, list_alerts: ListAlerts, suggest_values: SuggestValues
) -> dict[str, Any]:
    known = known_values(suggest_values(who.actor))
    listed = list_alerts(who.actor)
    return {
        "missing": show_alerts(who.actor),
        "listed": [(one, search_words(one.alert.search, known)) for one in listed],
        "colours": COLOUR_NAMES,
        "query": query,
    }


HANDLERS = [alerts, save, remove]
