"""Every message: what needs a person, what is on its way, what was sent."""

from datetime import date
from typing import Any, get_args

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import SkipValidation

from relance.core.kernel.errors import BadInput
from relance.http.access import page
from relance.http.addresses import query
from relance.http.cursors import cursor, parts_of
from relance.http.i18n.speech import gettext, marked
from relance.http.i18n.words import words_of
from relance.http.pages.choices import chosen
from relance.http.pages.delivery_words import reply_words, words
from relance.http.pages.downloads import LONGEST_EXPORT, download
from relance.http.templating import Show
from relance.ports.export import Column, ColumnKind, Exports, Sheet
from relance.ports.store.deliveries import DeliveryLine, DeliveryState
from relance.usecases.collection.browse_deliveries import BrowseDeliveries, DeliveriesWanted
from relance.usecases.insight.note_export import NoteExport
from relance.usecases.tenancy.resume_session import SignedIn

AnyRequest = Request[Any, Any, Any]
STATES: tuple[DeliveryState, ...] = get_args(DeliveryState)
CHANNELS = ("email", "sms", "letter")
_COLUMNS: tuple[tuple[str, ColumnKind], ...] = (
    (marked("Number"), "number"),
    (marked("Customer code"), "text"),
    (marked("Customer"), "text"),
    (marked("Channel"), "text"),
    (marked("To"), "text"),
    (marked("Subject"), "text"),
    (marked("State"), "text"),
    (marked("Reason"), "text"),
    (marked("Sent"), "text"),
    (marked("Due"), "day"),
    (marked("Attempts"), "number"),
    (marked("Reference"), "text"),
    (marked("Answer of the other side"), "text"),
    (marked("Evidence"), "text"),
)
_FILTERS = ("state", "channel", "since", "until", "q")


@page("/deliveries", needs="see")
def deliveries(
    request: AnyRequest,
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    browse_deliveries: NamedDependency[BrowseDeliveries],
) -> Response[str]:
    """One page of the list; htmx asks for the rows behind the last one."""
    wanted = _wanted(request, who)
    found = browse_deliveries(wanted)
    filters = {name: request.query_params[name] for name in _FILTERS if request.query_params.get(name)}
    part = "deliveries/rows.html" if show.partial and wanted.after else "deliveries/list.html"
    return show(
        part,
        found=found,
        wanted=wanted,
        states=STATES,
        channels=CHANNELS,
        filters=filters,
        more=query(**filters, after=cursor(*found.after)) if found.after else "",
        here=lambda **changes: f"/t/{who.tenant.code}/deliveries{query(**{**filters, **changes})}",
        **words(),
    )


@page("/deliveries/export", needs="export")
def export(
    request: AnyRequest,
    who: NamedDependency[SignedIn],
    browse_deliveries: NamedDependency[BrowseDeliveries],
    exports: NamedDependency[SkipValidation[Exports]],
    note_export: NamedDependency[NoteExport],
) -> Response[bytes]:
    """The whole answer as a file."""
    found = browse_deliveries(_wanted(request, who, limit=LONGEST_EXPORT))
    columns = tuple(Column(gettext(head), kind) for head, kind in _COLUMNS)
    sheet = Sheet(name=gettext("Deliveries"), columns=columns, rows=[_cells(line) for line in found.lines])
    form = request.query_params.get("format", "csv")
    return download(sheet, form, "deliveries", dict(request.query_params), who, exports, note_export)


def _wanted(request: AnyRequest, who: SignedIn, limit: int = 50) -> DeliveriesWanted:
    asked = request.query_params
    state, after = asked.get("state", ""), asked.get("after", "")
    return DeliveriesWanted(
        actor=who.actor,
        state=chosen(state, STATES) if state else None,
        channel=asked.get("channel", "")[:40],
        since=_day(asked.get("since", "")),
        until=_day(asked.get("until", "")),
        search=asked.get("q", "")[:200],
        after=parts_of(after, tuple[int, int, int]) if after else None,
        limit=limit,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as wrong:
        raise BadInput(f"no such day: {text[:20]!r}") from wrong


def _cells(line: DeliveryLine) -> tuple[Any, ...]:
    return (
        int(line.action),
        line.customer_code,
        line.customer_name,
        line.channel,
        ", ".join(line.to),
        line.subject,
        words_of(line.state),
        words_of(line.reason) if line.reason else "",
        line.sent_at.isoformat() if line.sent_at else "",
        line.due_on,
        line.attempts,
        line.message_id,
        reply_words(line.said),
        line.evidence,
    )


HANDLERS = [deliveries, export]
