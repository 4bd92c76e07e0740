"""Changing many customers: say what, review what it does, carry it out, take it back."""

from litestar import Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from relance.core.customers.conjunctions import joined
from relance.core.customers.mass_changes import Selection
from relance.core.customers.search import AnyOf, Clause, Search
from relance.core.kernel.errors import BadInput, NotFound
from relance.http.access import deed, page
from relance.http.dependencies import Fields
from relance.http.i18n.speech import gettext
from relance.http.pages.change_words import TAKE_AWAY, counted, effects, kept_words, typed_of, wanted_of
from relance.http.pages.customers import customers_wanted
from relance.http.pages.list_filters import address_of, passed_on, searched
from relance.http.pages.search_fields import known_values
from relance.http.templating import Show
from relance.ports.store.suggestions import Suggestions
from relance.usecases.customers.change_many import ChangeMany, ManyChanges
from relance.usecases.customers.list_changes import ChangesWanted, ListChanges
from relance.usecases.customers.open_search import OpenSearch
from relance.usecases.customers.suggest_values import SuggestValues
from relance.usecases.customers.undo_changes import ChangeToUndo, UndoChanges
from relance.usecases.insight.browse_customers import BrowseCustomers, CustomersWanted
from relance.usecases.tenancy.resume_session import SignedIn

_VIEWS: dict[str, Search] = {
    "overdue": Clause("overdue", ">", ("0",)),
    "no-contact": Clause("collection-contact", "is empty"),
    "no-collector": joined(Clause("collector", "is empty"), Clause("balance", "!=", ("0",))),
}


@deed("/changes/new", needs="assign")
def change(
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    open_search: NamedDependency[OpenSearch],
    browse_customers: NamedDependency[BrowseCustomers],
    suggest_values: NamedDependency[SuggestValues],
    change_many: NamedDependency[ChangeMany],
) -> Response[str]:
    """The form, its review, or the deed, as the button that was pressed says."""
    asked = {name: fields.text(name) for name in fields.names()}
    offered, wanted, done = suggest_values(who.actor), wanted_of(fields), None
    problem, selection = "", Selection()
    try:
        selection = _selection(fields, asked, who, open_search, browse_customers, offered)
        if asked.get("do") in {"review", "change"}:
            dry_run = asked["do"] == "review"
            done = change_many(ManyChanges(actor=who.actor, selection=selection, wanted=wanted, dry_run=dry_run))
    except (BadInput, NotFound) as refused:  # the form keeps what was typed
        problem = refused.detail
    if done and done.change:
        return show.go(_with_number(f"/t/{who.tenant.code}{address_of('customers', asked)}", done.change))
    chosen = CustomersWanted(actor=who.actor, criteria=_search(selection), limit=1)
    return show(
        "changes/review.html" if done else "changes/form.html",
        status=422 if problem else 200,
        problem=problem,
        count=done.customers if done else 0 if problem and not selection.codes else browse_customers(chosen).count,
        done=done,
        effects=counted(done.each, effects(wanted, known_values(offered))) if done else [],
        typed=typed_of(fields),
        codes=fields.texts("code"),
        scope="ticked" if selection.codes else "whole",
        offered=offered,
        known=known_values(offered),
        take_away=TAKE_AWAY,
        carried=passed_on(asked, "customers"),
        back=address_of("customers", asked),
    )


@page("/changes", needs="assign")
def changes(
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    list_changes: NamedDependency[ListChanges],
    suggest_values: NamedDependency[SuggestValues],
) -> Response[str]:
    """What was changed for many, the newest first."""
    known = known_values(suggest_values(who.actor))
    shown = [(change, kept_words(change, known)) for change in list_changes(ChangesWanted(actor=who.actor))]
    return show("changes/list.html", shown=shown)


@deed("/changes/{number:int}/undo", needs="assign")
def undo(
    number: FromPath[int],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    undo_changes: NamedDependency[UndoChanges],
) -> Response[str]:
    """What was before comes back."""
    undo_changes(ChangeToUndo(actor=who.actor, change=number))
    return show.go(f"/t/{who.tenant.code}/changes?done=back")


def _selection(
    fields: Fields,
    asked: dict[str, str],
    who: SignedIn,
    open_search: OpenSearch,
    browse: BrowseCustomers,
    offered: Suggestions,
) -> Selection:
    """The ticked customers, or all that the list's address finds; raises BadInput."""
    scope = asked.get("scope") or asked.get("do")
    if scope == "ticked":
        codes = tuple(dict.fromkeys(fields.texts("code")))
        if not codes:
            raise BadInput(gettext("Tick at least one customer, or choose all of them."))
        return Selection(codes=codes)
    found = searched(asked, who.actor, open_search)
    if found.problem:
        raise BadInput(found.problem)
    return Selection(search=whole(customers_wanted(asked, who, found), offered))


def whole(wanted: CustomersWanted, offered: Suggestions) -> Search:
    """The list's view, quick find and collector as one search, so that what is counted is what is changed."""
    parts: list[Search] = [wanted.criteria]
    if wanted.view in _VIEWS:
        parts.append(_VIEWS[wanted.view])
    if wanted.search.strip():
        typed = (wanted.search.strip(),)
        parts.append(AnyOf((Clause("code", "contains", typed), Clause("name", "contains", typed))))
    if wanted.collector is not None:
        email = next((user.email for user in offered.users if user.user == wanted.collector), "")
        parts.append(Clause("collector", "=", (email,)))
    return joined(*parts)


def _search(selection: Selection) -> Search:
    return Clause("code", "in", selection.codes) if selection.codes else selection.search


def _with_number(address: str, change: int) -> str:
    return f"{address}{'&' if '?' in address else '?'}changed={change}"


HANDLERS = [change, changes, undo]
