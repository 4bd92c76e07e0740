"""Narrowing a list: one more filter, the search as text, a pasted list of codes."""

from collections.abc import Mapping
from typing import Any

from litestar import Request, Response
from litestar.di import NamedDependency

from relance.core.customers.mass_changes import codes_in
from relance.core.customers.search import MOST_VALUES, Clause
from relance.core.customers.search_language import parse, written
from relance.core.kernel.errors import BadInput, Conflict
from relance.http.access import deed, page
from relance.http.addresses import query
from relance.http.dependencies import Fields
from relance.http.i18n.criteria import GROUPS
from relance.http.i18n.speech import ngettext
from relance.http.pages.list_filters import LONGEST_WHERE, added, address_of, passed_on, searched, target_of
from relance.http.pages.search_fields import field_of, filled_in
from relance.http.templating import Show
from relance.usecases.customers.find_codes import CodesFound, CodesToFind, FindCodes
from relance.usecases.customers.keep_list import KeepList, ListToKeep
from relance.usecases.customers.open_search import OpenSearch
from relance.usecases.customers.save_search import SaveSearch, SearchToSave
from relance.usecases.customers.suggest_values import SuggestValues
from relance.usecases.tenancy.resume_session import SignedIn

AnyRequest = Request[Any, Any, Any]


@page("/searches/filter", needs="see")
def filter_form(
    request: AnyRequest,
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    suggest_values: NamedDependency[SuggestValues],
    open_search: NamedDependency[OpenSearch],
) -> Response[str]:
    """Choose a criterion, then say which values; `add` puts it into the list's address."""
    asked = request.query_params
    target, name, problem = target_of(asked), asked.get("criterion", ""), ""
    values = [value.strip() for value in asked.getall("value", []) if value.strip()]
    if name and asked.get("add"):
        try:
            found = searched(asked, who.actor, open_search)
            changes = added(found, filled_in(name, asked, values))
            parse(changes["where"])
            return show.go(_at(who, address_of(target, asked, **changes)))
        except BadInput as refused:  # the form keeps what was typed
            problem = refused.detail
    offered = suggest_values(who.actor)
    return show(
        "searches/filter.html",
        status=422 if problem else 200,
        problem=problem,
        groups=GROUPS,
        name=name,
        field=field_of(name, offered) if name else None,
        currencies=offered.currencies,
        typed=asked,
        values=values,
        **_place(asked),
    )


@page("/searches/text", needs="see")
def text_form(
    request: AnyRequest,
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    open_search: NamedDependency[OpenSearch],
) -> Response[str]:
    """The search in the search language; `set` puts it into the list's address."""
    asked = request.query_params
    found = searched(asked, who.actor, open_search)
    if asked.get("set") and not found.problem:
        return show.go(_at(who, address_of(target_of(asked), asked, where=found.where.strip())))
    text = found.where if asked.get("set") or found.problem else written(found.search)
    return show(
        "searches/text.html",
        status=422 if found.problem else 200,
        text=text,
        problem=found.problem,
        **_place(asked, ("where", "s") if not asked.get("set") else ("where",)),
    )


@page("/searches/codes", needs="see")
def codes_form(show: NamedDependency[Show]) -> Response[str]:
    """A place to paste codes into."""
    return _codes(show, "")


@deed("/searches/codes", needs="see")
def find(
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    find_codes: NamedDependency[FindCodes],
    keep_list: NamedDependency[KeepList],
    save_search: NamedDependency[SaveSearch],
) -> Response[str]:
    """What of the list is there; then show it, or keep it under a name."""
    text, name, wanted = fields.raw("codes") or "", fields.text("name"), fields.text("do")
    found: CodesFound | None = None
    try:
        found = find_codes(CodesToFind(actor=who.actor, codes=codes_in(text)))
        search = Clause("code", "in", found.found)
        if found.found and wanted == "save":
            saved = save_search(SearchToSave(actor=who.actor, name=name, search=search))
            return show.go(_at(who, address_of("customers", {"s": str(saved.number)})))
        if found.found and wanted == "show":
            return show.go(_at(who, address_of("customers", _shown(search, who, keep_list))))
    except (BadInput, Conflict) as refused:  # the form keeps what was typed
        return _codes(show, text, found=found, problem=refused.detail, name=name)
    return _codes(show, text, found=found)


def _codes(show: Show, text: str, found: CodesFound | None = None, problem: str = "", name: str = "") -> Response[str]:
    values: dict[str, Any] = {"text": text, "found": found, "problem": problem, "name": name, "most": MOST_VALUES}
    return show("searches/codes.html", status=422 if problem else 200, **values)


def _shown(search: Clause, who: SignedIn, keep_list: KeepList) -> dict[str, str]:
    """How the list is asked for a pasted search: in the address, or by number where it is too long for one."""
    where = written(search)
    if len(where) <= LONGEST_WHERE:
        return {"where": where}
    called = ngettext("%(num)s pasted code", "%(num)s pasted codes", len(search.values)) % {"num": len(search.values)}
    return {"s": str(keep_list(ListToKeep(actor=who.actor, codes=search.values, called=called)))}


def _at(who: SignedIn, address: str) -> str:
    return f"/t/{who.tenant.code}{address}"


def _place(asked: Mapping[str, str], without: tuple[str, ...] = ()) -> dict[str, Any]:
    target = target_of(asked)
    carried = {name: value for name, value in passed_on(asked, target).items() if name not in without}
    return {"target": target, "carried": carried, "back": address_of(target, asked), "query": query}


HANDLERS = [filter_form, text_form, codes_form, find]
