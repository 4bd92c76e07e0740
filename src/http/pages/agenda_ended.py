"""The agenda's tab of invoices past the last step of their scenario, which a person is to qualify (S3.18)."""

from typing import Any

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from relance.core.kernel.identifiers import CustomerId
from relance.http.access import page
from relance.http.addresses import query
from relance.http.pages.agenda_place import Place, place_of
from relance.http.templating import Show
from relance.usecases.collection.list_ended import EndedAsked, EndedShown, ListEnded
from relance.usecases.collection.show_agenda import AgendaShown
from relance.usecases.tenancy.resume_session import SignedIn


def ended_list(show: Show, place: Place, shown: AgendaShown, list_ended: ListEnded) -> Response[str]:
    """The tab with its first customer open; htmx asks for further rows only."""
    asked = place.asked
    found = list_ended(
        EndedAsked(
            actor=asked.actor,
            mine=asked.mine,
            group=asked.group,
            alert=asked.alert,
            overdue_from=asked.overdue_from,
            sort=asked.sort,
            after=asked.after,
            limit=asked.limit,
        )
    )
    values = place.terms() | {"shown": shown, "ended": found, "today": shown.question.today, "one": None}
    values["of_customer"] = lambda customer: place.address(page=f"qualify/{customer}")
    if show.partial and asked.after:
        return show("agenda/qualify_rows.html", **values)
    first = found.lines[0].customer if found.lines else None
    one = list_ended(EndedAsked(actor=asked.actor, customer=first)) if first else None
    return show("agenda/qualify.html", **values | _pane(place, one))


@page("/agenda/qualify/{customer:int}", needs="see")
def ended_one(
    request: Request[Any, Any, Any],
    customer: FromPath[int],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    list_ended: NamedDependency[ListEnded],
) -> Response[str]:
    """One customer's invoices: the pane for htmx, a page of its own otherwise."""
    place = place_of(request, who)
    one = list_ended(EndedAsked(actor=who.actor, customer=CustomerId(customer)))
    template = "agenda/qualify_pane.html" if show.partial else "agenda/qualify_one.html"
    return show(template, **place.terms() | _pane(place, one))


def _pane(place: Place, one: EndedShown | None) -> dict[str, Any]:
    """What the pane needs; a deed leads back to the list."""
    back = place.address(view="qualify")
    chosen = query(item=[item.item for item in one.items], back=back).lstrip("?") if one else ""
    return {"one": one, "back": back, "chosen_items": chosen}


HANDLERS = [ended_one]
