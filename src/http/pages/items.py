"""The list of items, and one item with its history."""

from datetime import date
from typing import Any

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import ItemId
from relance.http.access import page
from relance.http.addresses import query, segment
from relance.http.cursors import cursor, parts_of
from relance.http.i18n.speech import gettext, marked
from relance.http.pages.choices import chosen
from relance.http.pages.copy_words import copy_words
from relance.http.pages.downloads import LONGEST_EXPORT, download
from relance.http.pages.item_words import CHANGES, HOLDS, late_words, status_of, type_words
from relance.http.pages.list_filters import Searched, address_of, chip_values, passed_on, searched
from relance.http.templating import Show
from relance.ports.export import Amount, Column, Exports, Sheet
from relance.ports.store.item_list import ItemLine, ItemView
from relance.usecases.customers.open_search import OpenSearch
from relance.usecases.insight.browse_items import BrowseItems, ItemsFound, ItemsWanted
from relance.usecases.insight.note_export import NoteExport
from relance.usecases.insight.open_item import ItemWanted, OpenItem
from relance.usecases.tenancy.resume_session import SignedIn

AnyRequest = Request[Any, Any, Any]
VIEWS: dict[ItemView, str] = {
    "open": marked("Open items"),
    "overdue": marked("Overdue"),
    "held": marked("On hold"),
    "settled": marked("Settled"),
    "all": marked("All"),
}
NOTHING = ItemsFound(lines=[], more=False, sums={}, today=date.min)


@page("/items", needs="see")
def items(
    request: AnyRequest,
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    browse_items: NamedDependency[BrowseItems],
    open_search: NamedDependency[OpenSearch],
) -> Response[str]:
    """One page of the list; htmx asks for the rows behind the last one."""
    asked = request.query_params
    search = searched(asked, who.actor, open_search)
    wanted = _wanted(request, who, search)
    found = browse_items(wanted) if not search.problem else NOTHING
    filters = passed_on(asked, "items")
    part = "items/rows.html" if show.partial and wanted.after else "items/list.html"
    return show(
        part,
        status=422 if search.problem else 200,
        found=found,
        wanted=wanted,
        views=VIEWS,
        filters=filters,
        more=query(**filters, after=_after(found)) if found.more else "",
        here=lambda **changes: f"/t/{who.tenant.code}{address_of('items', asked, **changes)}",
        **chip_values(search, {}, asked, "items"),
        **_words(),
    )


@page("/items/export", needs="export")
def export(
    request: AnyRequest,
    who: NamedDependency[SignedIn],
    browse_items: NamedDependency[BrowseItems],
    open_search: NamedDependency[OpenSearch],
    exports: NamedDependency[SkipValidation[Exports]],
    note_export: NamedDependency[NoteExport],
) -> Response[bytes]:
    """The whole answer as a file."""
    search = searched(request.query_params, who.actor, open_search)
    if search.problem:
        raise BadInput(search.problem)
    found = browse_items(_wanted(request, who, search, limit=LONGEST_EXPORT))
    heads = ("Customer code", "Customer", "Item", "Type", "Issued", "Due", "Currency", "Original", "Balance", "Status")
    kinds = {"Issued": "day", "Due": "day", "Original": "amount", "Balance": "amount"}
    columns = tuple(Column(gettext(head), kinds.get(head, "text")) for head in heads)  # type: ignore[arg-type]  # ours
    rows = [_cells(line, found.today) for line in found.lines]
    if who.entities:
        columns = (Column(gettext("Entity")), *columns)
        rows = [(who.entities[line.entity].code, *cells) for line, cells in zip(found.lines, rows, strict=True)]
    sheet = Sheet(name=gettext("Items"), columns=columns, rows=rows)
    form = request.query_params.get("format", "xlsx")
    return download(sheet, form, "items", dict(request.query_params), who, exports, note_export)


@page("/items/{item:int}", needs="see")
def item_page(
    item: FromPath[int],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    open_item: NamedDependency[OpenItem],
) -> Response[str]:
    """One item: where it came from and everything that happened to it."""
    opened = open_item(ItemWanted(actor=who.actor, item=ItemId(item)))
    now = status_of(opened.line.item, opened.today, next((h.comment for h in opened.holds if not h.released_at), ""))
    return show("items/item.html", opened=opened, now=now, holds=HOLDS, **_words())


def _words() -> dict[str, Any]:
    return {
        "query": query,
        "changes": CHANGES,
        "segment": segment,
        "type_words": type_words,
        "late_words": late_words,
        "copy_words": copy_words,
        "status_of": status_of,
    }


def _wanted(request: AnyRequest, who: SignedIn, search: Searched, limit: int = 50) -> ItemsWanted:
    asked = request.query_params
    after = asked.get("after", "")
    return ItemsWanted(
        actor=who.actor,
        criteria=search.search,
        search=asked.get("q", "")[:200],
        view=chosen(asked.get("view") or "open", VIEWS),
        currency=asked.get("currency", "")[:3],
        after=parts_of(after, tuple[date, ItemId]) if after else None,
        limit=limit,
    )


def _after(found: ItemsFound) -> str:
    last = found.lines[-1].item
    return cursor(last.due_on, last.item)


def _cells(line: ItemLine, today: date) -> tuple[Any, ...]:
    item = line.item
    return (
        line.customer_code,
        line.customer_name,
        item.number,
        type_words(item.type),
        item.issued_on,
        item.due_on,
        item.currency,
        Amount(item.amount, item.currency),
        Amount(item.open_amount, item.currency),
        status_of(item, today).text,
    )


HANDLERS = [items, export, item_page]
