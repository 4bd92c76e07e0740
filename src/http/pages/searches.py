"""Searches kept under a name: the menu with what each finds now, keeping, changing and removing one."""

from typing import Any

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from relance.core.customers.saved_searches import Target
from relance.core.customers.search_language import parse, written
from relance.core.kernel.errors import BadInput, Conflict
from relance.http.access import deed, page
from relance.http.addresses import query
from relance.http.dependencies import Fields
from relance.http.i18n.speech import gettext
from relance.http.pages.list_filters import address_of, searched, target_of
from relance.http.templating import Show
from relance.usecases.customers.list_searches import ListSearches
from relance.usecases.customers.open_search import OpenSearch
from relance.usecases.customers.remove_search import RemoveSearch, SearchToRemove
from relance.usecases.customers.save_search import SaveSearch, SearchToSave
from relance.usecases.tenancy.resume_session import SignedIn

AnyRequest = Request[Any, Any, Any]


@page("/searches", needs="see")
def searches(
    who: NamedDependency[SignedIn], show: NamedDependency[Show], list_searches: NamedDependency[ListSearches]
) -> Response[str]:
    """Own and shared searches with live counts."""
    return show("searches/list.html", shown=list_searches(who.actor), written=written, query=query)


@page("/searches/save", needs="see")
def save_form(
    request: AnyRequest,
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    open_search: NamedDependency[OpenSearch],
) -> Response[str]:
    """A name for the list's search, or another one for a saved search of one's own."""
    asked = request.query_params
    found = searched(asked, who.actor, open_search)
    mine = found.saved is not None and found.saved.owner == who.actor.user and bool(asked.get("change"))
    typed = {
        "name": found.saved.name if found.saved and mine else "",
        "where": written(found.search),
        "shared": bool(found.saved and mine and found.saved.shared),
        "number": found.saved.number if found.saved and mine else "",
        "cols": asked.get("cols", ""),
        "sort": asked.get("sort", "") or (found.saved.sort if found.saved else ""),
        "keep": bool(not mine or (found.saved and found.saved.columns)),
    }
    return show("searches/save.html", problem="", typed=typed, target=target_of(asked))


@deed("/searches/save", needs="see")
def save(
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    save_search: NamedDependency[SaveSearch],
) -> Response[str]:
    """Keep it; a name that is taken or a text that cannot be read is shown again."""
    target = target_of({"target": fields.text("target")})
    typed = {name: fields.text(name) for name in ("name", "where", "number", "cols", "sort", "shared", "keep")}
    try:
        saved = save_search(_wanted(typed, target, who))
    except (BadInput, Conflict) as refused:  # the form keeps what was typed
        return show("searches/save.html", status=422, problem=refused.detail, typed=typed, target=target)
    return show.go(f"/t/{who.tenant.code}{address_of(target, {'s': str(saved.number)})}&done=saved")


@deed("/searches/{number:int}/remove", needs="see")
def remove(
    number: FromPath[int],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    remove_search: NamedDependency[RemoveSearch],
) -> Response[str]:
    """Forget a search; its owner may, and an administrator."""
    remove_search(SearchToRemove(actor=who.actor, number=number))
    return show.go(f"/t/{who.tenant.code}/searches?done=saved")


def _wanted(typed: dict[str, str], target: Target, who: SignedIn) -> SearchToSave:
    search = parse(typed["where"])
    columns = tuple(filter(None, typed["cols"].split(","))) if typed["keep"] else ()
    if not typed["where"] and not columns:
        raise BadInput(gettext("Without a filter there is nothing to save."))
    number = int(typed["number"]) if typed["number"].isdecimal() else None
    return SearchToSave(
        actor=who.actor,
        name=typed["name"],
        search=search,
        target=target,
        shared=bool(typed["shared"]),
        columns=columns,
        sort=typed["sort"] if columns else "",
        number=number,
    )


HANDLERS = [searches, save_form, save, remove]
