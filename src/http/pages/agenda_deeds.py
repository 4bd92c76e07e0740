"""What a person does with messages on the agenda: confirm one or many, take back, resolve."""

from datetime import datetime
from typing import Literal

from litestar import Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from relance.core.collection.actions import ActionMoved
from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import ActionId
from relance.http.access import deed, page
from relance.http.addresses import segment
from relance.http.i18n.formats import moment
from relance.http.i18n.speech import gettext
from relance.http.i18n.words import words_of
from relance.http.pages.agenda_table import AT_THE_TABLE, Table
from relance.ports.store.agenda import AgendaLine
from relance.usecases.collection.confirm_actions import ConfirmActions, Confirmation, Confirmed
from relance.usecases.collection.preview_action import PreviewAction, PreviewRequest
from relance.usecases.collection.recall_action import Recall, RecallAction
from relance.usecases.collection.resolve_action import Resolution, ResolveAction
from relance.usecases.collection.review_actions import ReviewActions
from relance.usecases.collection.show_action import OneAction

_ANSWERS: tuple[Literal["sent", "resend", "cancel"], ...] = ("sent", "resend", "cancel")


@deed("/agenda/{action:int}/confirm", needs="confirm", dependencies=AT_THE_TABLE)
def confirm(
    action: FromPath[int],
    table: NamedDependency[Table],
    confirm_actions: NamedDependency[ConfirmActions],
    preview_action: NamedDependency[PreviewAction],
) -> Response[str]:
    """Confirm one message, here or in the customer's file (S1.6); until it leaves it can be taken back."""
    one = table.seen(action)
    asked = Confirmation(actor=table.who.actor, actions=(one.line.action,), hold_minutes=one.hold_minutes)
    done = confirm_actions(asked)
    if any(refusal.reason == "action-moved" for refusal in done.refused):
        raise ActionMoved("this action changed meanwhile")
    if table.fields.text("from") == "file":
        said = "?done=confirmed" if done.changed else ""
        file = segment(table.show.named(one.line.code, one.line.entity))
        return table.show.go(f"/t/{table.who.tenant.code}/customers/{file}{said}")
    kept = preview_action(PreviewRequest(actor=table.who.actor, action=one.line.action))
    return table.settled(one, "confirmed", _confirmed_toast(table, one, done, kept.leaves_at or one.recall_until))


@deed("/agenda/{action:int}/recall", needs="confirm", dependencies=AT_THE_TABLE)
def recall(
    action: FromPath[int], table: NamedDependency[Table], recall_action: NamedDependency[RecallAction]
) -> Response[str]:
    """Take a confirmation back; the list is loaded again with the action open."""
    one = table.one(action)
    recall_action(Recall(actor=table.who.actor, action=one.line.action))
    return table.show.go(table.place.address(action=action, view="todo", done="recalled"))


@page("/agenda/{action:int}/resolve", needs="confirm", dependencies=AT_THE_TABLE)
def ask_resolve(action: FromPath[int], table: NamedDependency[Table]) -> Response[str]:
    """What became of it?"""
    return _resolve_form(table, table.one(action), "")


@deed("/agenda/{action:int}/resolve", needs="confirm", dependencies=AT_THE_TABLE)
def resolve(
    action: FromPath[int], table: NamedDependency[Table], resolve_action: NamedDependency[ResolveAction]
) -> Response[str]:
    """A person says what is true; the reason is kept."""
    one = table.one(action)
    answer = next((known for known in _ANSWERS if known == table.fields.text("as")), None)
    if answer is None:
        return _resolve_form(table, one, gettext("Say what is true."))
    reason = table.fields.text("comment")
    try:
        resolve_action(Resolution(actor=table.who.actor, action=one.line.action, answer=answer, reason=reason))
    except BadInput as refused:  # the form is shown again
        return _resolve_form(table, one, refused.detail)
    return table.settled(one, "resolved", {"text": gettext("Resolved.")})


@deed("/agenda/review", needs="confirm", dependencies=AT_THE_TABLE)
def send(
    table: NamedDependency[Table],
    review_actions: NamedDependency[ReviewActions],
    confirm_actions: NamedDependency[ConfirmActions],
) -> Response[str]:
    """Confirm what was left ticked in the review, and say of each other one why it stays."""
    chosen = [ActionId(number) for number in table.fields.numbers("id")]
    reviewed = review_actions(table.place.asked, chosen)
    lines = {line.action: line for line in reviewed.lines}
    moved = _moved(reviewed.lines, set(table.fields.texts("seen")))
    wanted = tuple(number for number in lines if number not in moved)
    asked = Confirmation(actor=table.who.actor, actions=wanted, hold_minutes=reviewed.hold_minutes)
    refused = moved | {refusal.action: refusal.reason for refusal in confirm_actions(asked).refused}
    return table.show(
        "agenda/sent.html",
        confirmed=[line for number, line in lines.items() if number not in refused],
        refused=[(lines[number], reason) for number, reason in refused.items() if number in lines],
        leaves=gettext("They can be taken back for %(minutes)s minutes.") % {"minutes": reviewed.hold_minutes},
        **table.place.terms(),
    )


def _moved(lines: list[AgendaLine], seen: set[str]) -> dict[ActionId, str]:
    """Those that changed since they were reviewed: nobody has read what they say now."""
    return {line.action: "action-moved" for line in lines if seen and f"{line.action}:{line.fence}" not in seen}


def _confirmed_toast(table: Table, one: OneAction, done: Confirmed, leaves_at: datetime) -> dict[str, object]:
    if done.refused:
        reason = words_of(done.refused[0].reason)
        return {"text": gettext("Not confirmed: %(reason)s.") % {"reason": reason}, "bad": True}
    leaves = moment(leaves_at, table.who.tenant.timezone)
    return {
        "text": gettext("Confirmed. Leaves from %(at)s.") % {"at": leaves},
        "undo": table.place.act(one.line.action, "recall"),
        "label": gettext("Undo (U)"),
    }


def _resolve_form(table: Table, one: OneAction, problem: str) -> Response[str]:
    return table.asked(
        one,
        deed="resolve",
        title=gettext("What became of it?"),
        comment_label=gettext("How do you know?"),
        comment_required=True,
        button=gettext("Resolve"),
        problem=problem,
    )


HANDLERS = [confirm, recall, ask_resolve, resolve, send]
