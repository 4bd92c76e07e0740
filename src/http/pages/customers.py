"""The list of customers."""

from typing import Any

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import SkipValidation

from relance.core.kernel.identifiers import UserId
from relance.http.access import page
from relance.http.addresses import query, segment
from relance.http.cursors import cursor, parts_of
from relance.http.i18n.speech import gettext, marked
from relance.http.pages.choices import chosen, number_or_none
from relance.http.pages.downloads import LONGEST_EXPORT, download
from relance.http.templating import Show
from relance.ports.export import Amount, Column, Exports, Sheet
from relance.ports.store.customer_file import CustomerLine, CustomerSort, CustomerView
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
SORTS: tuple[CustomerSort, ...] = ("overdue", "balance", "code", "name")


@page("/customers", needs="see")
def customers(
    request: AnyRequest,
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    browse_customers: NamedDependency[BrowseCustomers],
) -> Response[str]:
    """One page of the list; htmx asks for the rows behind the last one."""
    wanted = _wanted(request, who)
    found = browse_customers(wanted)
    filters = {"q": wanted.search, "view": wanted.view, "sort": wanted.sort, "collector": wanted.collector or ""}
    values: dict[str, Any] = {
        "found": found,
        "wanted": wanted,
        "views": VIEWS,
        "filters": filters,
        "query": query,
        "segment": segment,
        "more": query(**filters, after=_after(found, wanted)) if found.more else "",
    }
    part = "customers/rows.html" if show.partial and wanted.after else "customers/list.html"
    return show(part, **values)


@page("/customers/export", needs="export")
def export(
    request: AnyRequest,
    who: NamedDependency[SignedIn],
    browse_customers: NamedDependency[BrowseCustomers],
    exports: NamedDependency[SkipValidation[Exports]],
    note_export: NamedDependency[NoteExport],
) -> Response[bytes]:
    """The whole answer as a file."""
    found = browse_customers(_wanted(request, who, limit=LONGEST_EXPORT))
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


def _wanted(request: AnyRequest, who: SignedIn, limit: int = 50) -> CustomersWanted:
    asked = request.query_params
    collector = number_or_none(asked.get("collector", ""))
    after = asked.get("after", "")
    return CustomersWanted(
        actor=who.actor,
        search=asked.get("q", "")[:200],
        view=chosen(asked.get("view") or "all", VIEWS),
        sort=chosen(asked.get("sort") or "overdue", SORTS),
        collector=None if collector is None else UserId(collector),
        after=parts_of(after, tuple[int | str, str, str]) if after else None,
        limit=limit,
    )


def _after(found: CustomersFound, wanted: CustomersWanted) -> str:
    last = found.lines[-1]
    return cursor(getattr(last, wanted.sort), last.code, last.currency)


def _cells(line: CustomerLine) -> tuple[Any, ...]:
    amounts = (
        (Amount(line.overdue, line.currency), Amount(line.balance, line.currency)) if line.currency else (None, None)
    )
    start = (line.code, line.name, line.country, line.collector, line.currency, line.open_items)
    return (*start, *amounts, line.oldest_due_on)


HANDLERS = [customers, export]
