"""The list of customers."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import SkipValidation

from relance.core.customers.conjunctions import listed_codes
from relance.core.customers.search import clauses_of
from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import UserId
from relance.core.tenancy.users import may
from relance.http.access import page
from relance.http.addresses import query, segment
from relance.http.cursors import cursor, parts_of
from relance.http.i18n.searches import Known
from relance.http.i18n.speech import gettext, marked
from relance.http.pages.change_words import kept_words
from relance.http.pages.choices import chosen, number_or_none
from relance.http.pages.downloads import LONGEST_EXPORT, download
from relance.http.pages.list_filters import Searched, address_of, chip_values, known_people, passed_on, searched
from relance.http.pages.search_fields import known_values
from relance.http.templating import Show
from relance.ports.export import Amount, Column, Exports, Sheet
from relance.ports.store.customer_file import CustomerLine, CustomerSort, CustomerView
from relance.usecases.customers.list_changes import ChangesWanted, ListChanges
from relance.usecases.customers.open_search import OpenSearch
from relance.usecases.customers.suggest_values import SuggestValues
from relance.usecases.insight.browse_customers import BrowseCustomers, CustomersFound, CustomersWanted
from relance.usecases.insight.note_export import NoteExport
from relance.usecases.tenancy.resume_session import SignedIn

AnyRequest = Request[Any, Any, Any]
VIEWS: dict[CustomerView, str] = {
    "all": marked("All"),
    "overdue": marked("Overdue"),
    "no-contact": marked("No collection contact"),
    "no-collector": marked("No collector"),
}
SORTS: tuple[CustomerSort, ...] = ("overdue", "balance", "code", "name", "listed")
NOTHING = CustomersFound(lines=[], more=False, count=0, collectors=[])


@page("/customers", needs="see")
def customers(
    request: AnyRequest,
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    browse_customers: NamedDependency[BrowseCustomers],
    open_search: NamedDependency[OpenSearch],
    list_changes: NamedDependency[ListChanges],
    suggest_values: NamedDependency[SuggestValues],
) -> Response[str]:
    """One page of the list; htmx asks for the rows behind the last one."""
    asked = request.query_params
    search = searched(asked, who.actor, open_search)
    wanted = customers_wanted(asked, who, search)
    found = browse_customers(wanted) if not search.problem else NOTHING
    is_named = asked.get("changed") or any(part.criterion == "scenario" for part in clauses_of(search.search))
    known = known_values(suggest_values(who.actor)) if is_named else known_people(found.collectors)
    more = query(**passed_on(asked, "customers"), after=_after(found, wanted)) if found.more else ""
    values: dict[str, Any] = {
        "found": found,
        "wanted": wanted,
        "views": VIEWS,
        "query": query,
        "segment": segment,
        "more": more,
        "here": partial(_here, who, asked),
        **_just_changed(asked, who, list_changes, known),
        **chip_values(search, known, asked, "customers"),
    }
    part = "customers/rows.html" if show.partial and wanted.after else "customers/list.html"
    return show(part, status=422 if search.problem else 200, **values)


@page("/customers/export", needs="export")
def export(
    request: AnyRequest,
    who: NamedDependency[SignedIn],
    browse_customers: NamedDependency[BrowseCustomers],
    open_search: NamedDependency[OpenSearch],
    exports: NamedDependency[SkipValidation[Exports]],
    note_export: NamedDependency[NoteExport],
) -> Response[bytes]:
    """The whole answer as a file."""
    search = searched(request.query_params, who.actor, open_search)
    if search.problem:
        raise BadInput(search.problem)
    found = browse_customers(customers_wanted(request.query_params, who, search, limit=LONGEST_EXPORT))
    columns = (
        Column(gettext("Code")),
        Column(gettext("Customer")),
        Column(gettext("Country")),
        Column(gettext("Collector")),
        Column(gettext("Currency")),
        Column(gettext("Open items"), "number"),
        Column(gettext("Overdue"), "amount"),
        Column(gettext("Balance"), "amount"),
        Column(gettext("Oldest due"), "day"),
    )
    sheet = Sheet(name=gettext("Customers"), columns=columns, rows=[_cells(line) for line in found.lines])
    form = request.query_params.get("format", "xlsx")
    return download(sheet, form, "customers", dict(request.query_params), who, exports, note_export)


def customers_wanted(asked: Mapping[str, str], who: SignedIn, search: Searched, limit: int = 50) -> CustomersWanted:
    """What the address asks for; a pasted list is shown in its own order unless another one is asked for."""
    collector = number_or_none(asked.get("collector", ""))
    after, listed = asked.get("after", ""), bool(listed_codes(search.search))
    sort = chosen(asked.get("sort") or ("listed" if listed else "overdue"), SORTS)
    return CustomersWanted(
        actor=who.actor,
        criteria=search.search,
        search=asked.get("q", "")[:200],
        view=chosen(asked.get("view") or "all", VIEWS),
        sort="overdue" if sort == "listed" and not listed else sort,
        collector=None if collector is None else UserId(collector),
        after=parts_of(after, tuple[int | str, str, str]) if after else None,
        limit=limit,
    )


def _just_changed(asked: Mapping[str, str], who: SignedIn, list_changes: ListChanges, known: Known) -> dict[str, Any]:
    """The change of many that was just made, so that it can be taken back here."""
    number = number_or_none(asked.get("changed", ""))
    if number is None or not may(who.actor, "assign"):
        return {"changed": None, "changed_words": ""}
    live = (change for change in list_changes(ChangesWanted(actor=who.actor)) if not change.undone_at)
    change = next((change for change in live if change.change == number), None)
    return {"changed": change, "changed_words": kept_words(change, known) if change else ""}


def _here(who: SignedIn, asked: Mapping[str, str], **changes: str) -> str:
    return f"/t/{who.tenant.code}{address_of('customers', asked, **changes)}"


def _after(found: CustomersFound, wanted: CustomersWanted) -> str:
    last = found.lines[-1]
    if wanted.sort == "listed":
        return cursor(listed_codes(wanted.criteria).index(last.code), last.code, last.currency)
    return cursor(getattr(last, wanted.sort), last.code, last.currency)


def _cells(line: CustomerLine) -> tuple[Any, ...]:
    amounts = (
        (Amount(line.overdue, line.currency), Amount(line.balance, line.currency)) if line.currency else (None, None)
    )
    start = (line.code, line.name, line.country, line.collector, line.currency, line.open_items)
    return (*start, *amounts, line.oldest_due_on)


HANDLERS = [customers, export]
