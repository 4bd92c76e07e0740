"""What programs do with calls and single actions: log, put off, write anew."""

from datetime import date
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from relance.core.kernel.identifiers import ActionId, ItemId
from relance.http.addresses import code_of
from relance.http.api.access import caller_of, doing
from relance.http.api.once import Once
from relance.usecases.collection.edit_action import ActionEdit, EditAction
from relance.usecases.collection.log_call import LogCall, NewCall, Outcome
from relance.usecases.collection.snooze_actions import SnoozeActions, Snoozing
from relance.usecases.collection.wording import Words

AnyRequest = Request[Any, Any, Any]


class CallMade(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a call went; `items` are ids, for a promise or a dispute; `action`: the call of the agenda that it was."""

    outcome: Outcome
    comment: str = ""
    until: date | None = None
    items: tuple[int, ...] = ()
    action: int | None = None


class SnoozeWanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Until when; null: it is due again."""

    until: date | None
    reason: str = ""


class EditWanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The message's words for this once; for what a person began another day, and who gets it, with copies to whom."""

    words: Words | None = None
    on: date | None = None
    to: tuple[str, ...] | None = None
    cc: tuple[str, ...] | None = None


class Edited(msgspec.Struct, frozen=True):
    """The action as it is now."""

    action: ActionId
    due_on: date
    own_words: bool


@doing("/customers/{code:str}/calls", "collect", summary="Log a call with what came of it")
def log_call(
    request: AnyRequest,
    code: FromPath[str],
    data: JSONBody[CallMade],
    log_call: NamedDependency[LogCall],
    once: NamedDependency[Once],
) -> Response[bytes]:
    """How many items it holds, and the call that it leads to."""
    wanted = NewCall(
        actor=caller_of(request).actor,
        outcome=data.outcome,
        code=code_of(code),
        action=ActionId(data.action) if data.action is not None else None,
        items=tuple(map(ItemId, data.items)),
        comment=data.comment,
        until=data.until,
    )
    return once(request, msgspec.json.encode(data), lambda: log_call(wanted))


@doing("/actions/{action:int}/snooze", "collect", summary="Put an action off")
def snooze_action(
    request: AnyRequest,
    action: FromPath[int],
    data: JSONBody[SnoozeWanted],
    snooze_actions: NamedDependency[SnoozeActions],
    once: NamedDependency[Once],
) -> Response[bytes]:
    """How many changed."""
    actor = caller_of(request).actor
    wanted = Snoozing(actor=actor, actions=(ActionId(action),), until=data.until, reason=data.reason)
    return once(request, msgspec.json.encode(data), lambda: snooze_actions(wanted))


@doing("/actions/{action:int}/edit", "collect", summary="Write a message anew for this once")
def edit_action(
    request: AnyRequest,
    action: FromPath[int],
    data: JSONBody[EditWanted],
    edit_action: NamedDependency[EditAction],
    once: NamedDependency[Once],
) -> Response[bytes]:
    """The action as it is now; it is read and confirmed after that."""
    wanted = ActionEdit(
        actor=caller_of(request).actor,
        action=ActionId(action),
        words=data.words,
        on=data.on,
        to=data.to,
        cc=data.cc,
    )

    def edited() -> Edited:
        after = edit_action(wanted)
        return Edited(after.action, after.due_on, bool(after.brief and after.brief.body))

    return once(request, msgspec.json.encode(data), edited)


HANDLERS = [log_call, snooze_action, edit_action]
