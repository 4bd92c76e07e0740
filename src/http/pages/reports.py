"""Reports: the aged balance, each row of which opens to its items."""

from datetime import date
from typing import Any

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from msgspec import structs

from relance.core.customers.conjunctions import joined
from relance.core.customers.search import EVERYTHING, Clause
from relance.core.customers.search_language import written
from relance.core.insight.aged_balance import BUCKETS, AgedRow, late_share
from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import UserId
from relance.http.access import page
from relance.http.addresses import query, segment
from relance.http.aged_bars import aged_bar, micro_age
from relance.http.i18n.formats import day
from relance.http.i18n.reading import read_day
from relance.http.i18n.searches import search_words
from relance.http.i18n.speech import gettext, marked
from relance.http.pages.choices import chosen, number_or_none
from relance.http.pages.downloads import download
from relance.http.pages.list_filters import Searched, searched
from relance.http.pages.search_fields import known_values
from relance.http.templating import Show
from relance.ports.export import Amount, Column, Exports, Sheet
from relance.usecases.customers.open_search import OpenSearch
from relance.usecases.customers.suggest_values import SuggestValues
from relance.usecases.insight.note_export import NoteExport
from relance.usecases.insight.show_aged_balance import AgedBalance, AgedBalanceWanted, ShowAgedBalance
from relance.usecases.tenancy.resume_session import SignedIn

AnyRequest = Request[Any, Any, Any]
DIMENSIONS = {
    "customer": marked("Customer"),
    "collector": marked("Collector"),
    "country": marked("Country"),
    "entity": marked("Entity"),
    "group": marked("Group"),
    "currency": marked("Currency"),
}
LABELS = (marked("Not due"), marked("1 to 30 d"), marked("31 to 60 d"), marked("61 to 90 d"), marked("Over 90 d"))
FILTERS = ("as_of", "by", "currency", "collector", "colleague", "q", "where", "s")
_LONGEST_PAGE = 300


@page("/reports", needs="see")
def reports(who: NamedDependency[SignedIn], show: NamedDependency[Show]) -> Response[str]:
    """The one report there is."""
    return show.go(f"/t/{who.tenant.code}/reports/aged-balance")


@page("/reports/aged-balance", needs="see")
def aged_balance(
    request: AnyRequest,
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    show_aged_balance: NamedDependency[ShowAgedBalance],
    suggest_values: NamedDependency[SuggestValues],
    open_search: NamedDependency[OpenSearch],
) -> Response[str]:
    """The table, its totals, and the bar above; of all customers, or of those that a search finds."""
    found = searched(request.query_params, who.actor, open_search)
    wanted = _wanted(request, who, found)
    balance = show_aged_balance(structs.replace(wanted, most=_LONGEST_PAGE))
    known = suggest_values(who.actor)
    rows = sorted(balance.rows, key=lambda row: (row.currency, -row.total, row.of))
    asked = request.query_params
    return show(
        "reports/aged_balance.html",
        balance=balance,
        rows=rows,
        hidden=balance.hidden,
        wanted=wanted,
        filters={name: asked.get(name, "") for name in FILTERS},
        people=known.users,
        problem=found.problem,
        criteria=search_words(found.search, known_values(known)) if found.search != EVERYTHING else "",
        currencies=[row.currency for row in balance.totals],
        dimensions={name: label for name, label in DIMENSIONS.items() if name != "entity" or who.entities},
        labels=LABELS,
        buckets=BUCKETS,
        largest={
            row.currency: max((r.total for r in rows if r.currency == row.currency), default=0)
            for row in balance.totals
        },
        query=query,
        members=_members,
        customers_of=_of_entity,
        segment=segment,
        aged_bar=aged_bar,
        micro_age=micro_age,
        late_share=late_share,
        definition=definition(balance),
    )


@page("/reports/aged-balance/export", needs="export")
def export(
    request: AnyRequest,
    who: NamedDependency[SignedIn],
    show_aged_balance: NamedDependency[ShowAgedBalance],
    open_search: NamedDependency[OpenSearch],
    exports: NamedDependency[SkipValidation[Exports]],
    note_export: NamedDependency[NoteExport],
) -> Response[bytes]:
    """What one sees, as a file; its second sheet says which figures these are."""
    found = searched(request.query_params, who.actor, open_search)
    if found.problem:
        raise BadInput(found.problem)
    balance = show_aged_balance(_wanted(request, who, found))
    form, filters = request.query_params.get("format", "xlsx"), dict(request.query_params)
    return download(_sheet(balance, filters, who), form, "aged-balance", filters, who, exports, note_export)


def definition(balance: AgedBalance) -> tuple[str, ...]:
    """What the figures are, in the reader's words."""
    words = [
        gettext("Open amounts by days past due at the end of %(day)s.") % {"day": day(balance.as_of, "medium")},
        gettext("An item is overdue from the day after its due date. Credits stand apart and are part of the total."),
        gettext("Drafts count, down-payment requests do not. Nothing is added across currencies."),
    ]
    if balance.overlaps:
        words.append(gettext("A customer of several groups counts in each of them, and in the total once."))
    if balance.from_history:
        words.append(gettext("The day is past: what changed since is taken back."))
    if balance.history_since:
        since = day(balance.history_since, "medium")
        words.append(
            gettext("The history starts on %(day)s; before it, items count as first imported.") % {"day": since}
        )
    return tuple(words)


def _members(group: str, bucket: str = "") -> str:
    """The query of the customers' list that finds a group's customers, or those who belong to none."""
    of = Clause("group", "=", (group,)) if group else Clause("group", "is empty")
    owing = Clause(bucket.replace("_", "-") or "balance", "!=", ("0",))
    return query(where=written(joined(of, owing)))


def _of_entity(code: str) -> str:
    """The query of the customers' list that finds an entity's customers who owe something."""
    return query(where=written(joined(Clause("entity", "=", (code,)), Clause("balance", "!=", ("0",)))))


def _wanted(request: AnyRequest, who: SignedIn, found: Searched) -> AgedBalanceWanted:
    asked = request.query_params
    collector = number_or_none(asked.get("collector", ""))
    colleague = asked.get("colleague", "")[:320]
    theirs = (Clause("colleague", "=", (colleague,)),) if colleague else ()
    return AgedBalanceWanted(
        actor=who.actor,
        as_of=read_day(asked.get("as_of", ""), date.max),
        by=chosen(asked.get("by") or "customer", DIMENSIONS),
        currency=asked.get("currency", "")[:3],
        collector=None if collector is None else UserId(collector),
        search=asked.get("q", "")[:200],
        criteria=joined(found.search, *theirs),
    )


def _sheet(balance: AgedBalance, filters: dict[str, str], who: SignedIn) -> Sheet:
    heads: tuple[str, ...] = (gettext(DIMENSIONS[balance.by]), gettext("Name"), gettext("Currency"))
    amounts = (*(gettext(label) for label in LABELS), gettext("Credits"), gettext("Total"))
    said = tuple(f"{name}: {value}" for name, value in filters.items() if value and name != "format")
    rows = sorted(balance.rows, key=lambda row: (row.currency, -row.total, row.of))
    each: list[tuple[str, ...]] = [()] * len(rows)
    if who.entities and balance.by == "customer":
        heads = (gettext("Entity"), *heads)
        each = [(who.entities[row.entity].code,) if row.entity else ("",) for row in rows]
    return Sheet(
        name=gettext("Aged balance"),
        columns=(*(Column(head) for head in heads), *(Column(head, "amount") for head in amounts)),
        rows=[(*first, row.of, row.label, *_cells(row)) for first, row in zip(each, rows, strict=True)],
        totals=[(gettext("Total"), *[""] * (len(heads) - 2), *_cells(row)) for row in balance.totals],
        notes=(*definition(balance), *said),
    )


def _cells(row: AgedRow) -> tuple[str | Amount, ...]:
    return (row.currency, *(Amount(part, row.currency) for part in (*row.buckets, row.credits, row.total)))


HANDLERS = [reports, aged_balance, export]
