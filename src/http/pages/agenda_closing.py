"""Calls and tasks that are done, and steps that a person leaves out."""

from litestar import Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from relance.core.kernel.errors import BadInput
from relance.http.access import deed, page
from relance.http.i18n.speech import gettext
from relance.http.pages.agenda_table import AT_THE_TABLE, Table
from relance.usecases.collection.finish_action import FinishAction, Finished
from relance.usecases.collection.show_action import OneAction
from relance.usecases.collection.skip_action import SkipAction, Skipping


@page("/agenda/{action:int}/done", needs="qualify", dependencies=AT_THE_TABLE)
def ask_done(action: FromPath[int], table: NamedDependency[Table]) -> Response[str]:
    """What came of it?"""
    return _done_form(table, table.one(action), "")


@deed("/agenda/{action:int}/done", needs="qualify", dependencies=AT_THE_TABLE)
def done(
    action: FromPath[int], table: NamedDependency[Table], finish_action: NamedDependency[FinishAction]
) -> Response[str]:
    """The call was made, the task is done."""
    one = table.one(action)
    comment = table.fields.text("comment")
    try:
        finish_action(Finished(actor=table.who.actor, actions=(one.line.action,), comment=comment))
    except BadInput as refused:  # the form is shown again
        return _done_form(table, one, refused.detail)
    return table.settled(one, "done", {"text": gettext("Noted as done.")})


@page("/agenda/{action:int}/skip", needs="confirm", dependencies=AT_THE_TABLE)
def ask_skip(action: FromPath[int], table: NamedDependency[Table]) -> Response[str]:
    """Why not this time?"""
    return _skip_form(table, table.one(action), "")


@deed("/agenda/{action:int}/skip", needs="confirm", dependencies=AT_THE_TABLE)
def skip(
    action: FromPath[int], table: NamedDependency[Table], skip_action: NamedDependency[SkipAction]
) -> Response[str]:
    """The step counts as done; the reason is kept."""
    one = table.seen(action)
    reason = table.fields.text("comment")
    try:
        skip_action(Skipping(actor=table.who.actor, actions=(one.line.action,), reason=reason))
    except BadInput as refused:  # the form is shown again
        return _skip_form(table, one, refused.detail)
    return table.settled(one, "skipped", {"text": gettext("Skipped. The next step comes in its time.")})


def _done_form(table: Table, one: OneAction, problem: str) -> Response[str]:
    return table.asked(
        one,
        deed="done",
        title=gettext("What came of it?"),
        comment_label=gettext("Note for the customer's file"),
        comment_required=False,
        note=gettext("A promise or a dispute is recorded with P or D instead."),
        button=gettext("Note as done"),
        problem=problem,
    )


def _skip_form(table: Table, one: OneAction, problem: str) -> Response[str]:
    return table.asked(
        one,
        deed="skip",
        title=gettext("Skip this step?"),
        comment_label=gettext("Why?"),
        comment_required=True,
        note=gettext("It counts as done; the next step comes in its time."),
        button=gettext("Skip"),
        problem=problem,
    )


HANDLERS = [ask_done, done, ask_skip, skip]
