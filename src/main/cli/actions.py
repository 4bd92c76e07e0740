"""`relance actions`: list, confirm, edit, skip, cancel, finish or resolve."""

from datetime import datetime
from typing import Literal, get_args

import click

from relance.core.collection.actions import State
from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import ActionId
from relance.core.tenancy.users import Actor
from relance.main.cli.action_edit import edit_action
from relance.main.cli.common import (
    answer,
    answer_rows,
    assembled,
    json_option,
    jsonl_option,
    of_tenant,
    tenant_and_system,
    tenant_option,
)
from relance.main.container import House

_COLUMNS = ("action", "customer", "kind", "step", "state", "due_on", "amount", "currency", "recipient", "reason")
_ids = click.argument("ids", nargs=-1, type=click.IntRange(min=1), metavar="ID...")
_reason = click.option("--reason", required=True, help="Why; it is kept with the action.")


@click.group("actions")
def actions_command() -> None:
    """List, confirm, write anew, skip, cancel, finish or resolve actions."""


actions_command.add_command(edit_action)


@actions_command.command("list")
@of_tenant
@click.option("--state", type=click.Choice(get_args(State)), help="Only in this state.")
@click.option("--date", "on", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Only with this due date.")
@json_option
@jsonl_option
def list_actions(
    house: House, actor: Actor, state: State | None, on: datetime | None, as_json: bool, as_jsonl: bool
) -> None:
    """List actions by due date.

    Example: relance actions list --tenant acme --state to-confirm --json
    """
    from relance.usecases.collection.list_actions import ActionsQuestion

    question = ActionsQuestion(actor=actor, state=state, due_on=on.date() if on else None)
    answer_rows(house.list_actions()(question), as_json, as_jsonl, _COLUMNS)


@actions_command.command("to-qualify")
@of_tenant
@json_option
@jsonl_option
def list_ended(house: House, actor: Actor, as_json: bool, as_jsonl: bool) -> None:
    """List overdue invoices past the last step of their scenario: a person says what becomes of them.

    Example: relance actions to-qualify --tenant acme --json
    """
    from relance.usecases.collection.list_ended import EndedAsked, EndedInvoice

    found = house.list_ended()(EndedAsked(actor=actor, each=True))
    answer_rows([EndedInvoice.of(one) for one in found.items], as_json, as_jsonl, EndedInvoice.__struct_fields__)


@actions_command.command("confirm")
@tenant_option
@_ids
@click.option("--all", "every", is_flag=True, help="All that waits to be confirmed, save what is put off.")
@click.option("--hold", "hold_minutes", default=0, type=click.IntRange(0, 1440), help="Minutes for recalling it.")
@json_option
def confirm_actions(tenant_code: str, ids: tuple[int, ...], every: bool, hold_minutes: int, as_json: bool) -> None:
    """Confirm messages as they are now.

    Example: relance actions confirm --tenant acme 12 13
    """
    from relance.usecases.collection.confirm_actions import Confirmation

    if every == bool(ids):
        raise BadInput("name actions by their number, or --all")
    house = assembled()
    _, actor = tenant_and_system(house, tenant_code)
    wanted = None if every else tuple(map(ActionId, ids))
    done = house.confirm_actions()(Confirmation(actor=actor, actions=wanted, hold_minutes=hold_minutes))
    refused = [f"{one.action}: {one.reason}" for one in done.refused]
    answer(done, as_json, lambda: [f"{done.changed} confirmed", *refused])


@actions_command.command("snooze")
@of_tenant
@_ids
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Without it they are due again.")
@click.option("--reason", default="", help="Why; it is kept on the timeline.")
@json_option
def snooze_actions(
    house: House, actor: Actor, ids: tuple[int, ...], until: datetime | None, reason: str, as_json: bool
) -> None:
    """Put actions off: the agenda shows them again on that day.

    Example: relance actions snooze --tenant acme 12 --until 2026-12-01
    """
    from relance.usecases.collection.snooze_actions import Snoozing

    day = until.date() if until else None
    done = house.snooze_actions()(Snoozing(actor=actor, actions=tuple(map(ActionId, ids)), until=day, reason=reason))
    answer(done, as_json, lambda: [f"{done.changed} put off"])


@actions_command.command("skip")
@of_tenant
@_ids
@_reason
@json_option
def skip_actions(house: House, actor: Actor, ids: tuple[int, ...], reason: str, as_json: bool) -> None:
    """Leave a step out; it counts as done.

    Example: relance actions skip --tenant acme 12 --reason "called yesterday"
    """
    from relance.usecases.collection.skip_action import Skipping

    done = house.skip_action()(Skipping(actor=actor, actions=_named(ids), reason=reason))
    answer(done, as_json, lambda: [f"{done.changed} skipped"])


@actions_command.command("cancel")
@of_tenant
@_ids
@_reason
@json_option
def cancel_actions(house: House, actor: Actor, ids: tuple[int, ...], reason: str, as_json: bool) -> None:
    """Stop an action; the next day decides the account again.

    Example: relance actions cancel --tenant acme 12 --reason "wrong address"
    """
    from relance.usecases.collection.cancel_action import Cancellation

    done = house.cancel_action()(Cancellation(actor=actor, actions=_named(ids), reason=reason))
    answer(done, as_json, lambda: [f"{done.changed} cancelled"])


@actions_command.command("done")
@of_tenant
@_ids
@click.option("--comment", default="", help="What came of it.")
@json_option
def finish_actions(house: House, actor: Actor, ids: tuple[int, ...], comment: str, as_json: bool) -> None:
    """A call was made, or a task was done.

    Example: relance actions done --tenant acme 14 --comment "will pay on Friday"
    """
    from relance.usecases.collection.finish_action import Finished

    done = house.finish_action()(Finished(actor=actor, actions=_named(ids), comment=comment))
    answer(done, as_json, lambda: [f"{done.changed} done"])


@actions_command.command("resolve")
@of_tenant
@click.argument("number", type=click.IntRange(min=1), metavar="ID")
@click.option("--as", "said", required=True, type=click.Choice(["sent", "resend", "cancel"]))
@_reason
@json_option
def resolve_action(
    house: House, actor: Actor, number: int, said: Literal["sent", "resend", "cancel"], reason: str, as_json: bool
) -> None:
    """Say what became of a message that is unknown, or what to do about one that failed.

    Example: relance actions resolve --tenant acme 12 --as sent --reason "found in the relay's log"
    """
    from relance.usecases.collection.resolve_action import Resolution

    after = house.resolve_action()(Resolution(actor=actor, action=ActionId(number), answer=said, reason=reason))
    changed = {"changed": 1, "action": after.action, "state": after.state}
    answer(changed, as_json, lambda: [f"{after.action} is {after.state}"])


def _named(ids: tuple[int, ...]) -> tuple[ActionId, ...]:
    if not ids:
        raise BadInput("name actions by their number")
    return tuple(dict.fromkeys(map(ActionId, ids)))
