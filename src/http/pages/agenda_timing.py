"""Calls with their outcomes, putting off, and one action of the agenda in other words, to others, on another day."""

from datetime import timedelta
from typing import Any

from litestar import Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from relance.core.collection.kinds import is_message
from relance.core.kernel.errors import BadInput
from relance.http.access import deed, page
from relance.http.i18n.formats import day
from relance.http.i18n.reading import read_day
from relance.http.i18n.speech import gettext
from relance.http.pages.agenda_table import AT_THE_TABLE, Table
from relance.http.pages.call_words import call_fields, call_terms
from relance.http.pages.choices import day_chosen
from relance.http.pages.recipients import offered, said_cc, said_to
from relance.usecases.collection.edit_action import ActionEdit, EditAction
from relance.usecases.collection.log_call import LogCall, NewCall
from relance.usecases.collection.preview_action import PreviewAction, PreviewRequest
from relance.usecases.collection.show_action import OneAction
from relance.usecases.collection.show_recipients import ShowRecipients
from relance.usecases.collection.snooze_actions import SnoozeActions, Snoozing
from relance.usecases.collection.wording import Words


@page("/agenda/{action:int}/call", needs="see", dependencies=AT_THE_TABLE)
def ask_call(action: FromPath[int], table: NamedDependency[Table]) -> Response[str]:
    """How did it go?"""
    one = table.one(action)
    return table.asked(one, "agenda/ask_call.html", **call_terms(one.question.today))


@deed("/agenda/{action:int}/call", needs="see", dependencies=AT_THE_TABLE)
def call(action: FromPath[int], table: NamedDependency[Table], log_call: NamedDependency[LogCall]) -> Response[str]:
    """The call was made; a promise or a dispute is about what it listed."""
    one = table.one(action)
    today = one.question.today
    try:
        log_call(NewCall(actor=table.who.actor, action=one.line.action, **call_fields(table.fields, today)))
    except BadInput as refused:  # the form is shown again
        return table.asked(one, "agenda/ask_call.html", problem=refused.detail, **call_terms(today))
    return table.settled(one, "done", {"text": gettext("The call is noted.")})


@page("/agenda/{action:int}/snooze", needs="qualify", dependencies=AT_THE_TABLE)
def ask_snooze(action: FromPath[int], table: NamedDependency[Table]) -> Response[str]:
    """Until when?"""
    return _snooze_form(table, table.one(action), "")


@deed("/agenda/{action:int}/snooze", needs="qualify", dependencies=AT_THE_TABLE)
def snooze(
    action: FromPath[int], table: NamedDependency[Table], snooze_actions: NamedDependency[SnoozeActions]
) -> Response[str]:
    """It comes back on that day."""
    one = table.seen(action)
    try:
        until = day_chosen(table.fields, "until", one.question.today)
        if until is None:
            raise BadInput(gettext("Choose a day."))
        reason = table.fields.text("comment")
        snooze_actions(Snoozing(actor=table.who.actor, actions=(one.line.action,), until=until, reason=reason))
    except BadInput as refused:  # the form is shown again
        return _snooze_form(table, one, refused.detail)
    toast = {"text": gettext("Put off until %(day)s.") % {"day": day(until)}}
    undo = {"undo": table.place.act(one.line.action, "unsnooze"), "label": gettext("Undo (U)")}
    return table.settled(one, "snoozed", toast | undo)


@deed("/agenda/{action:int}/unsnooze", needs="qualify", dependencies=AT_THE_TABLE)
def unsnooze(
    action: FromPath[int], table: NamedDependency[Table], snooze_actions: NamedDependency[SnoozeActions]
) -> Response[str]:
    """It is due again."""
    one = table.one(action)
    snooze_actions(Snoozing(actor=table.who.actor, actions=(one.line.action,), until=None))
    return table.show.go(table.place.address(action=action, view="todo"))


@page("/agenda/{action:int}/edit", needs="confirm", dependencies=AT_THE_TABLE)
def ask_edit(
    action: FromPath[int],
    table: NamedDependency[Table],
    preview_action: NamedDependency[PreviewAction],
    show_recipients: NamedDependency[ShowRecipients],
) -> Response[str]:
    """Other words for this once, and another day for what a person began."""
    return _edit_form(table, table.one(action), preview_action, show_recipients, "")


@deed("/agenda/{action:int}/edit", needs="confirm", dependencies=AT_THE_TABLE)
def edit(
    action: FromPath[int],
    table: NamedDependency[Table],
    edit_action: NamedDependency[EditAction],
    preview_action: NamedDependency[PreviewAction],
    show_recipients: NamedDependency[ShowRecipients],
) -> Response[str]:
    """Keep them; the message is read again before it is confirmed."""
    one = table.seen(action)
    fields = table.fields
    words = Words(fields.text("language"), fields.text("subject"), fields.raw("body") or "")
    try:
        on = read_day(fields.text("on"), one.question.today)
        wanted = words if is_message(one.line.kind) else None
        to, cc = said_to(fields), said_cc(fields)
        edit_action(ActionEdit(actor=table.who.actor, action=one.line.action, words=wanted, on=on, to=to, cc=cc))
    except BadInput as refused:  # the form keeps what was typed
        return _edit_form(table, one, preview_action, show_recipients, refused.detail, words)
    return table.show.go(table.place.address(action=action, done="saved"))


def _snooze_form(table: Table, one: OneAction, problem: str) -> Response[str]:
    today = one.question.today
    offered = [(today + timedelta(days=ahead), words) for ahead, words in _offers()]
    return table.asked(
        one,
        deed="snooze",
        title=gettext("Put it off until when?"),
        days=offered,
        comment_label=gettext("Why?"),
        comment_required=False,
        note=gettext("It is shown again on that day. A step of a scenario keeps its own day."),
        button=gettext("Put off"),
        problem=problem,
    )


def _offers() -> list[tuple[int, str]]:
    return [(1, gettext("tomorrow")), (3, gettext("in 3 days")), (7, gettext("in a week")), (14, gettext("in 2 weeks"))]


def _edit_form(
    table: Table,
    one: OneAction,
    preview_action: PreviewAction,
    show_recipients: ShowRecipients,
    problem: str,
    typed: Words | None = None,
) -> Response[str]:
    draft = preview_action(PreviewRequest(actor=table.who.actor, action=one.line.action)).draft
    words = typed or draft or Words("", "", "")
    return table.asked(
        one, "agenda/ask_edit.html", problem=problem, words=words, **_recipients(table, one, show_recipients)
    )


def _recipients(table: Table, one: OneAction, show_recipients: ShowRecipients) -> dict[str, Any]:
    """The ticks of who gets it, with what was ticked in a form that came back."""
    known = show_recipients(table.who.actor, one.line.action)
    if known is None:
        return {"offered": None}
    fields, again = table.fields, bool(table.fields.text("addressed"))
    to = fields.numbers("to") if again else list(known.to) or None
    cc = fields.texts("cc") if again else list(known.cc)
    return {"offered": offered(one.line.kind, known.contacts, known.users, to, cc)}


HANDLERS = [ask_call, call, ask_snooze, snooze, unsnooze, ask_edit, edit]
