"""The list of customers."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import SkipValidation

from relance.core.customers.columns import CUSTOMER_COLUMNS, CustomerColumn, checked_columns, checked_sort
from relance.core.customers.conjunctions import listed_codes
from relance.core.customers.search import clauses_of
from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import UserId
from relance.core.tenancy.users import may
from relance.http.access import page
from relance.http.addresses import query, segment
from relance.http.cursors import cursor, parts_of
from relance.http.i18n.searches import Known
from relance.http.i18n.speech import gettext
from relance.http.pages.change_words import kept_words
from relance.http.pages.choices import chosen, number_or_none
from relance.http.pages.customer_columns import HEADINGS, cell, shown_cell
from relance.http.pages.customer_export import VIEWS, export_columns, export_row, notes
from relance.http.pages.downloads import LONGEST_EXPORT, download
from relance.http.pages.list_filters import Searched, address_of, chip_values, known_people, passed_on, searched
from relance.http.pages.search_fields import known_values
from relance.http.templating import Show
from relance.ports.export import Cell, Exports, Sheet
from relance.ports.store.customer_file import CustomerLine
from relance.usecases.customers.list_changes import ChangesWanted, ListChanges
from relance.usecases.customers.open_search import OpenSearch
from relance.usecases.customers.suggest_values import SuggestValues
from relance.usecases.insight.browse_customers import BrowseCustomers, CustomersFound, CustomersWanted
from relance.usecases.insight.note_export import NoteExport
from relance.usecases.tenancy.resume_session import SignedIn

AnyRequest = Request[Any, Any, Any]
_ON_PHONES: tuple[CustomerColumn, ...] = ("overdue", "balance", *CUSTOMER_COLUMNS)
"""Beside the name a phone shows one column: the first of these that is among the chosen."""
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
    is_named = (
        asked.get("changed")
        or "scenario" in found.columns
        or any(part.criterion == "scenario" for part in clauses_of(search.search))
    )
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
        "headings": HEADINGS,
        "cell": partial(_cell, found, known),
        "shown_cell": shown_cell,
        "phone": next((name for name in _ON_PHONES if name in found.columns), ""),
        "view_now": {"cols": ",".join(found.columns), "sort": asked.get("sort", "")},
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
    suggest_values: NamedDependency[SuggestValues],
    exports: NamedDependency[SkipValidation[Exports]],
    note_export: NamedDependency[NoteExport],
) -> Response[bytes]:
    """The whole answer as a file: the columns that the list shows, and what narrows it."""
    search = searched(request.query_params, who.actor, open_search)
    if search.problem:
        raise BadInput(search.problem)
    found = browse_customers(customers_wanted(request.query_params, who, search, limit=LONGEST_EXPORT))
    known = known_values(suggest_values(who.actor)) if "scenario" in found.columns else {}
    form = request.query_params.get("format", "xlsx")
    said = tuple(notes(found, search, request.query_params, known))
    sheet = Sheet(
        name=gettext("Customers"),
        columns=export_columns(found),
        rows=[export_row(line, found, known) for line in found.lines],
        notes=said,
        foot=said if form == "csv" else (),
    )
    return download(sheet, form, "customers", dict(request.query_params), who, exports, note_export)


def customers_wanted(asked: Mapping[str, str], who: SignedIn, search: Searched, limit: int = 50) -> CustomersWanted:
    """What the address asks for; a pasted list is shown in its own order unless another one is asked for."""
    collector = number_or_none(asked.get("collector", ""))
    after, listed = asked.get("after", ""), bool(listed_codes(search.search))
    view = search.saved.sort if search.saved else ""
    sort, turned = checked_sort(asked.get("sort") or view or ("listed" if listed else "overdue"))
    columns = tuple(filter(None, asked.get("cols", "").split(","))) or (search.saved.columns if search.saved else ())
    return CustomersWanted(
        actor=who.actor,
        criteria=search.search,
        search=asked.get("q", "")[:200],
        view=chosen(asked.get("view") or "all", VIEWS),
        sort="overdue" if sort == "listed" and not listed else sort,
        turned=turned,
        columns=checked_columns(columns) or None,
        collector=None if collector is None else UserId(collector),
        after=parts_of(after, tuple[int | str, str, str, int]) if after else None,
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


def _cell(found: CustomersFound, known: Known, line: CustomerLine, column: CustomerColumn) -> Cell:
    return cell(line, column, found, known)


def _after(found: CustomersFound, wanted: CustomersWanted) -> str:
    last = found.lines[-1]
    if wanted.sort == "listed":
        return cursor(listed_codes(wanted.criteria).index(last.code), last.code, last.currency, last.customer)
    return cursor(last.place, last.code, last.currency, last.customer)


HANDLERS = [customers, export]
