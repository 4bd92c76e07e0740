"""Promises and disputes, said from the agenda: two clicks, and the reminders of these items stop."""

from datetime import date, timedelta
from typing import Any

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import ItemId
from relance.core.ledger.items import HoldKind
from relance.http.access import deed, page
from relance.http.i18n.speech import gettext, marked, ngettext
from relance.http.pages.agenda_place import whole
from relance.http.pages.agenda_table import AT_THE_TABLE, Table
from relance.http.pages.choices import day_chosen
from relance.usecases.collection.show_action import OneAction
from relance.usecases.qualification.hold_items import HoldItems, NewHolds
from relance.usecases.qualification.release_items import Release, ReleaseItems

_CAUSES = (
    marked("Price"),
    marked("Quantity"),
    marked("Quality"),
    marked("Delivery"),
    marked("Not received"),
    marked("Other"),
)


@page("/agenda/{action:int}/promise", needs="qualify", dependencies=AT_THE_TABLE)
def ask_promise(action: FromPath[int], table: NamedDependency[Table]) -> Response[str]:
    """When will they pay?"""
    return _promise_form(table, table.one(action), "")


@deed("/agenda/{action:int}/promise", needs="qualify", dependencies=AT_THE_TABLE)
def promise(
    action: FromPath[int], table: NamedDependency[Table], hold_items: NamedDependency[HoldItems]
) -> Response[str]:
    """Remember when they will pay."""
    one = table.one(action)
    try:
        until = _chosen_day(table, one.question.today)
        return _hold(table, one, hold_items, "promise", until, table.fields.text("comment"))
    except BadInput as refused:  # the form is shown again
        return _promise_form(table, one, refused.detail)


@page("/agenda/{action:int}/dispute", needs="qualify", dependencies=AT_THE_TABLE)
def ask_dispute(action: FromPath[int], table: NamedDependency[Table]) -> Response[str]:
    """What is wrong?"""
    return _dispute_form(table, table.one(action), "")


@deed("/agenda/{action:int}/dispute", needs="qualify", dependencies=AT_THE_TABLE)
def dispute(
    action: FromPath[int], table: NamedDependency[Table], hold_items: NamedDependency[HoldItems]
) -> Response[str]:
    """Remember what the customer contests."""
    one = table.one(action)
    said = [table.fields.text("cause"), table.fields.text("comment")]
    try:
        return _hold(table, one, hold_items, "dispute", None, ": ".join(filter(None, said)))
    except BadInput as refused:  # the form is shown again
        return _dispute_form(table, one, refused.detail)


@deed("/agenda/{action:int}/release", needs="qualify", dependencies=AT_THE_TABLE)
def release(
    request: Request[Any, Any, Any],
    action: FromPath[int],
    table: NamedDependency[Table],
    release_items: NamedDependency[ReleaseItems],
) -> Response[str]:
    """Undo: the items that the address names may be asked for again."""
    items = tuple(ItemId(n) for n in map(whole, request.query_params.getall("item", [])) if n)
    release_items(Release(actor=table.who.actor, items=items))
    return table.show.go(table.place.address(action=action, done="released"))


def promise_days(today: date) -> list[tuple[date, str]]:
    """Days that customers name most, each once and none on a weekend."""
    friday = today + timedelta(days=(4 - today.weekday()) % 7 or 7)
    month_end = (today.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    offered = {
        _working(today + timedelta(days=2)): gettext("in 2 days"),
        friday: gettext("this week") if friday - today < timedelta(days=5) else gettext("next week"),
        _working(month_end): gettext("month end"),
        friday + timedelta(days=7): gettext("the week after"),
        _working(today + timedelta(days=15)): gettext("in two weeks"),
    }
    return sorted((on, label) for on, label in offered.items() if on > today)


def _working(on: date) -> date:
    return on + timedelta(days=max(0, 7 - on.weekday()) if on.weekday() > 4 else 0)


def _chosen_day(table: Table, today: date) -> date:
    chosen = day_chosen(table.fields, "until", today)
    if chosen is None:
        raise BadInput(gettext("Say on which day they will pay."))
    return chosen


def _hold(
    table: Table, one: OneAction, hold_items: HoldItems, kind: HoldKind, until: date | None, comment: str
) -> Response[str]:
    items = tuple(ItemId(number) for number in table.fields.numbers("item"))
    held = hold_items(NewHolds(actor=table.who.actor, items=items, kind=kind, until=until, comment=comment))
    text = ngettext("Reminders for %(num)s item stop.", "Reminders for %(num)s items stop.", held.changed)
    named = "&".join(f"item={item}" for item in held.items)
    path = table.place.act(one.line.action, "release")
    undo = f"{path}{'&' if '?' in path else '?'}{named}"
    toast = {"text": text % {"num": held.changed}, "undo": undo, "label": gettext("Undo (U)")}
    return table.settled(one, "held", toast)


def _promise_form(table: Table, one: OneAction, problem: str) -> Response[str]:
    return table.asked(
        one,
        deed="promise",
        title=gettext("When will they pay?"),
        days=promise_days(one.question.today),
        items=one.facts.items,
        comment_label=gettext("Who said it, and how?"),
        comment_required=False,
        note=gettext("Reminders for these items stop; the first import after the day says whether they kept it."),
        button=gettext("Record promise"),
        problem=problem,
    )


def _dispute_form(table: Table, one: OneAction, problem: str) -> Response[str]:
    return table.asked(
        one,
        deed="dispute",
        title=gettext("What is wrong?"),
        reasons=[gettext(cause) for cause in _CAUSES],
        items=one.facts.items,
        comment_label=gettext("What do they say?"),
        comment_required=False,
        note=gettext("Reminders for these items stop until the dispute is closed in the customer's file."),
        button=gettext("Record dispute"),
        problem=problem,
    )


HANDLERS = [ask_promise, promise, ask_dispute, dispute, release]
