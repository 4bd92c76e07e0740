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
from relance.http.i18n.speech import ngettext
from relance.http.pages.list_filters import (
    LONGEST_WHERE,
    Searched,
    added,
    address_of,
    passed_on,
    searched,
    target_of,
)
from relance.http.pages.search_edits import Filled, exchanged, filled_of, part_in
from relance.http.pages.search_fields import Field, criteria_groups, field_of, filled_in
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
    form, offered = _form_of(asked), suggest_values(who.actor, fields=True)
    field = field_of(form.criterion, offered, form.values) if form and form.criterion else None
    if form is None or (field and not _can_say(field, form, asked)):  # no form can say it: as text
        return show.go(
            _at(who, f"/searches/text{query(target=target_of(asked), **passed_on(asked, target_of(asked)))}")
        )
    problem = ""
    if form.criterion and asked.get("add"):
        try:
            changes = _changes(asked, form, searched(asked, who.actor, open_search))
            return show.go(_at(who, address_of(target_of(asked), asked, **changes)))
        except BadInput as refused:  # the form keeps what was typed
            problem = refused.detail
    return show(
        "searches/filter.html",
        status=422 if problem else 200,
        problem=problem,
        groups=criteria_groups(offered),
        name=form.criterion,
        field=field,
        currencies=offered.currencies,
        typed=form.typed,
        values=form.values,
        part=asked.get("part", ""),
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


def _form_of(asked: Any) -> Filled | None:
    """What the form holds: what was typed, else the filter that was clicked."""
    values = [value.strip() for value in asked.getall("value", []) if value.strip()]
    old = part_in(asked.get("part", ""))
    if old is None or asked.get("criterion"):
        return Filled(criterion=asked.get("criterion", ""), typed=dict(asked), values=values)
    return filled_of(old)


def _can_say(field: Field, form: Filled, asked: Mapping[str, str]) -> bool:
    """Whether the clicked filter is one that the form could have made."""
    return bool(asked.get("criterion")) or form.typed["ask"] in {ask for ask, _ in field.asks}


def _changes(asked: Mapping[str, str], form: Filled, found: Searched) -> dict[str, str]:
    """The address with the filter added, or in the place of the one that was clicked."""
    new, old = filled_in(form.criterion, asked, form.values), part_in(asked.get("part", ""))
    changes = added(found, new) if old is None else exchanged(found, old, new)
    parse(changes["where"])
    return changes


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
