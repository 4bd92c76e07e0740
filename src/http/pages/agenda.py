"""The agenda: what waits for a person today, one action beside its reason and its real message, and the review."""

from typing import Any

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from relance.core.kernel.errors import NotFound
from relance.core.kernel.identifiers import ActionId
from relance.core.tenancy.users import may
from relance.http.access import page
from relance.http.addresses import query
from relance.http.pages import agenda_words
from relance.http.pages.agenda_ended import ended_list
from relance.http.pages.agenda_place import Place, place_of, whole
from relance.http.pages.enclosed import as_document
from relance.http.pages.source_words import trouble_words
from relance.http.security import MESSAGE_POLICY
from relance.http.templating import Show
from relance.usecases.collection.list_ended import ListEnded
from relance.usecases.collection.preview_action import PreviewAction, PreviewRequest
from relance.usecases.collection.review_actions import ReviewActions
from relance.usecases.collection.show_action import OneAction, ShowAction
from relance.usecases.collection.show_agenda import AgendaShown, ShowAgenda
from relance.usecases.customers.show_alerts import ShowAlerts
from relance.usecases.intake.show_source_troubles import ShowSourceTroubles
from relance.usecases.tenancy.resume_session import SignedIn

AnyRequest = Request[Any, Any, Any]
_MOST = 200


@page("/agenda", needs="see")
def agenda(
    request: AnyRequest,
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    show_agenda: NamedDependency[ShowAgenda],
    show_action: NamedDependency[ShowAction],
    preview_action: NamedDependency[PreviewAction],
    show_alerts: NamedDependency[ShowAlerts],
    show_source_troubles: NamedDependency[ShowSourceTroubles],
    list_ended: NamedDependency[ListEnded],
) -> Response[str]:
    """The list with its first action open; htmx asks for further rows only."""
    place = place_of(request, who)
    shown = show_agenda(place.asked)
    if place.asked.view == "qualify":
        return ended_list(show, place, shown, list_ended)
    values = place.terms() | list_terms(shown, who)
    if show.partial and place.asked.after:
        return show("agenda/rows.html", one=None, **values)
    chosen = whole(request.query_params.get("action", "")) or next((n.action for n in shown.page.lines), None)
    one = _found(show_action, place, chosen)
    values |= {"alerts": show_alerts(who.actor), "troubles": show_source_troubles(who.actor), "query": query}
    values |= {"trouble_words": trouble_words}
    return show("agenda/page.html", **values | pane_terms(one, preview_action, who))


@page("/agenda/{action:int}", needs="see")
def action(
    request: AnyRequest,
    action: FromPath[int],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    show_action: NamedDependency[ShowAction],
    preview_action: NamedDependency[PreviewAction],
) -> Response[str]:
    """One action: the pane for htmx, a page of its own otherwise."""
    place = place_of(request, who)
    one = show_action(place.asked, ActionId(action))
    values = place.terms() | pane_terms(one, preview_action, who) | {"alone": not show.partial}
    return show("agenda/pane.html" if show.partial else "agenda/one.html", **values)


@page("/agenda/{action:int}/message", needs="see")
def message(
    action: FromPath[int], who: NamedDependency[SignedIn], preview_action: NamedDependency[PreviewAction]
) -> Response[str]:
    """The text of the message, for its frame; the policy of this answer lets styles live and nothing else."""
    preview = preview_action(PreviewRequest(actor=who.actor, action=ActionId(action)))
    if not preview.html:
        raise NotFound("there is no message to read")
    return Response(preview.html, headers={"content-security-policy": MESSAGE_POLICY})


@page("/agenda/{action:int}/attached/{place:int}", needs="see")
def attached(
    action: FromPath[int],
    place: FromPath[int],
    who: NamedDependency[SignedIn],
    preview_action: NamedDependency[PreviewAction],
) -> Response[bytes]:
    """A document that travels with the message, as it is or will be frozen."""
    found = preview_action(PreviewRequest(actor=who.actor, action=ActionId(action), whole=True)).attached
    return as_document(found, place)


@page("/agenda/review", needs="confirm")
def review(
    request: AnyRequest,
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    review_actions: NamedDependency[ReviewActions],
    show_action: NamedDependency[ShowAction],
    preview_action: NamedDependency[PreviewAction],
) -> Response[str]:
    """Many messages, one beside the other, before they are sent together."""
    place = place_of(request, who)
    chosen = [ActionId(n) for n in map(whole, request.query_params.getall("id", [])) if n][:_MOST]
    lines = review_actions(place.asked, chosen).lines
    current = whole(request.query_params.get("show", "")) or next((line.action for line in lines), None)
    values = pane_terms(_found(show_action, place, current), preview_action, who)
    ids = "&".join(f"id={line.action}" for line in lines)

    def review_of(number: int) -> str:
        return f"{place.address(page='review', show=number)}&{ids}"

    template = "agenda/review_pane.html" if show.partial else "agenda/review.html"
    return show(template, lines=lines, review_of=review_of, **place.terms(), **values)


def list_terms(shown: AgendaShown, who: SignedIn) -> dict[str, Any]:
    """What the list's templates need."""
    after = shown.asked.after
    return {
        "shown": shown,
        "today": shown.question.today,
        "groups": {group.group: group for group in shown.groups},
        "continued": (after[0], after[1]) if after else None,
        "selectable": may(who.actor, "confirm") and shown.asked.view in {"todo", "confirm", "upcoming"},
    }


def pane_terms(one: OneAction | None, preview_action: PreviewAction, who: SignedIn) -> dict[str, Any]:
    """What the pane's templates need."""
    if one is None:
        return {"one": None, "preview": None}
    preview = preview_action(PreviewRequest(actor=who.actor, action=one.line.action))
    shown = agenda_words.message_shown(preview, one, who.tenant.timezone)
    return {"one": one, "preview": shown, "today": one.question.today} | agenda_words.terms()


def _found(show_action: ShowAction, place: Place, number: int | None) -> OneAction | None:
    """The action to open beside the list; an old link to one that is gone opens the list alone."""
    if number is None:
        return None
    try:
        return show_action(place.asked, ActionId(number))
    except NotFound:
        return None


HANDLERS = [agenda, action, message, attached, review]
